"""Uploads: files handed in through a door, kept until the worker has loaded them.

What a file means and how it is loaded is `loading`'s; no page and no address lives here.
The doors may enter; the queue's tasks stand here, and only the worker runs them.
"""
