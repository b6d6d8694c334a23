"""The door for programs: `/api/v1/`, JSON in Spanish, a token instead of a session.

No SQL and no business rule lives here; what an address does, the rooms below do.
Nothing imports from here but the switchboard.
"""
