"""Tokens: what a program of the insurer shows instead of a name and a password.

No page and no address lives here, and no person's session.
The doors and `uploads` may enter; every change is a line of the trail.
"""
