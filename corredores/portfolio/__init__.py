"""What the lines of business share: currencies, issuers, policyholders, product terms.

No cuota and no document lives here; nothing here knows how it is shown.
The business rooms to the right, loading and the doors may enter.
"""
