"""Files of the insurer's core system → staging → checks → merge, with a receipt per file.

No page and no list lives here. It writes the business tables, and nobody else does.
The doors may enter; the rooms below do not know it.
"""
