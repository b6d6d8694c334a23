"""The trail: who signed in, searched, downloaded, loaded or changed what. Append-only.

No log of the program lives here, and nothing here decides what a person may do.
Every room above may record; only auditors, through the web, read.
"""
