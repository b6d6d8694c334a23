"""The door for people: addresses, views, templates, styles.

No SQL and no business rule lives here: views ask the rooms below and render.
Nothing imports from here but the switchboard.
"""
