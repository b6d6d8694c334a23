"""Collections reports: what is owed, collected, rejected, undone and settled, line by line.

Each is a Listing declared on the facts of the rooms to the left; no fact and no page lives here.
The catalogue, and through it the doors, may enter.
"""
