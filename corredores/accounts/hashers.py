"""How passwords are kept: Argon2id with OWASP's parameters, a few computed at once."""

import threading
from typing import Any

from django.contrib.auth.hashers import Argon2PasswordHasher

AT_ONCE = 2  # per process: one hash keeps a core busy and 46 MiB filled for some 50 ms
_turns = threading.BoundedSemaphore(AT_ONCE)


class BoundedArgon2(Argon2PasswordHasher):
    """OWASP Password Storage Cheat Sheet: m = 46 MiB, t = 1, p = 1.

    A crowd that signs in at once waits here and not for the processor, which the searches of
    those who are in need as well.
    """

    time_cost = 1
    memory_cost = 47_104  # KiB
    parallelism = 1

    def encode(self, password: str, salt: str) -> str:
        with _turns:
            return str(super().encode(password, salt))

    def verify(self, password: str, encoded: str) -> bool:
        with _turns:
            return bool(super().verify(password, encoded))

    def harden_runtime(self, password: str, encoded: str) -> Any:
        """Nothing: one hash is one hash, whatever parameters an older one had."""
