"""How big a legal file may be, for both sides of the process. Bytes."""

MOST = {"xml": 5 << 20, "cdr": 5 << 20, "pdf": 10 << 20}
