"""The door for the insurer's staff: Django's stock admin of brokerages, people and issuers.

No list of cuotas lives here: business rows are read through the portal, as a brokerage.
Nothing imports from here but the switchboard.
"""
