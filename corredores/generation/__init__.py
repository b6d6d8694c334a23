"""Writes a reproducible fictitious portfolio in the insurer's four files (formats.md §1).

Here live invented brokerages, clients, policies, cuotas, settlements and vouchers, streamed as CSV.
No reading, no database, no Django. Whoever needs data to load may enter: console, bench, tests.
"""

from corredores.generation.generate import Summary, generate

__all__ = ["Summary", "generate"]
