"""Who: brokerages, users, memberships, and the viewer that every read names.

No cuota, no voucher and no page lives here; which lines exist does, as rights are by line.
Every room above may enter; models are written by loading and the back office only.
"""
