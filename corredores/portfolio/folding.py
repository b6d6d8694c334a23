"""Folded names: what the name search compares."""

import unicodedata


def folded(name: str) -> str:
    """Lower case, without accents, single spaces: ñ = n, é = e, Ü = u.

    Done here and not in SQL, so that stored names and searched text fold alike on every
    server, whatever its locale.
    """
    decomposed = unicodedata.normalize("NFKD", name.casefold())
    bare = "".join(char for char in decomposed if not unicodedata.combining(char))
    return " ".join(bare.split())
