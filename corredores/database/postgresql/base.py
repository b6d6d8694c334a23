"""Django's backend for PostgreSQL; a connection that has been idle is judged without asking."""

import select

from django.db.backends.postgresql.base import DatabaseWrapper as Stock
from psycopg.pq import TransactionStatus


class DatabaseWrapper(Stock):
    """A server that goes away says so on each connection, or the kernel does: then there is
    something to read where nobody has asked. Each request saves the way there and back."""

    def is_usable(self) -> bool:
        """Whether the connection still leads to a server; asks only where something was said."""
        link = self.connection
        if link is None or link.closed:
            return False
        if link.info.transaction_status != TransactionStatus.IDLE:
            return bool(super().is_usable())
        watch = select.poll()
        watch.register(link.fileno(), select.POLLIN)
        return not watch.poll(0) or super().is_usable()
