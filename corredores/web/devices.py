"""A browser's own description in a few words that its owner recognises."""

_BROWSERS = (("Edg/", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"),
             ("Safari/", "Safari"))  # fmt: skip
_SYSTEMS = (("Windows", "Windows"), ("Android", "Android"), ("iPhone", "iPhone"),
            ("iPad", "iPad"), ("Mac OS", "Mac"), ("Linux", "Linux"))  # fmt: skip


def device(agent: str) -> str:
    """`Firefox en Windows`, from a User-Agent header; anything unknown is «otro navegador»."""
    browser = next((name for mark, name in _BROWSERS if mark in agent), "Otro navegador")
    system = next((name for mark, name in _SYSTEMS if mark in agent), "")
    return f"{browser} en {system}" if system else browser
