"""Legal files of vouchers: UBL documents, their PDF and SUNAT's answers (CDR).

They become rows of comprobantes through the same staging, checks and merge as the core's own
files, and are kept in the store of `vouchers`. Only `loading.actions` enters, by `load_legal`.
"""
