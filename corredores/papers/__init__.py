"""Documents of a page or two: typesetting, letterhead, fonts, QR, amounts in words.
Not here: what a voucher or a settlement says (their rooms), nor lists of rows (`listings`).
Business rooms may enter; this room imports no other.
"""
