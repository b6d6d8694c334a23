"""The benchmark: every goal of docs/performance.md, measured beside a reference run in turn.

No rule and no page of the portal lives here; it reads through the rooms' own doors.
Only `console` enters.
"""
