"""Readers of formats that can hurt: each runs in a process of its own, with limits.

No Django, no database and no setting is here: what runs in such a process knows nothing.
Only `loading` enters, through `apart.run`.
"""
