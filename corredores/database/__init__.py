"""PostgreSQL: the embedded server, the roles, row security and `viewing(viewer)`.

No business word lives here, no table and no query of a room.
Every room above may enter; this room imports none of them.
"""

from .viewing import Scope, viewing

__all__ = ["Scope", "viewing"]
