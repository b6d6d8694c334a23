"""The door for operators: the `corredores` command, the demo, the web server.

No business rule lives here; commands call the rooms.
Nothing imports from here but `corredores.__main__`.
"""
