"""Files that hold a table: a streamed workbook, a PDF with repeated heads, text that is safe.

No list, no query and no business word lives here: titles, columns and finished rows come in.
`listings` enters, and nobody else needs to.
"""
