"""Django's backend for PostgreSQL; a connection that has been idle is judged without asking."""

import select

from django.db.backends.postgresql.base import DatabaseWrapper as Stock


class DatabaseWrapper(Stock):
    """A server that goes away says so on each connection, or the kernel does: then there is
    something to read where nobody has asked. Each request saves the way there and back."""

    def is_usable(self) -> bool:
        """Whether the connection still leads to a server; asks only where something was said."""
        link = self.connection
        if link is None or link.closed:
            return False
        watch = select.poll()
        watch.register(link.fileno(), select.POLLIN)
        return not watch.poll(0) or super().is_usable()
