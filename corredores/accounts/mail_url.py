"""The mail server as one address: smtp://user:password@host:587?tls=starttls, file: or console:."""

from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

_BACKENDS = "django.core.mail.backends."
_SECONDS = 10  # for each step of talking to the server


def mail_settings(url: str, home: Path) -> dict[str, Any]:
    """Django's EMAIL_* settings. An empty address: letters become files below `home`.

    `tls` is `starttls` (the default), `tls` from the first byte, or `none` (a server on the
    same machine). Raises ValueError for anything else.
    """
    parts = urlsplit(url or f"file://{home}/mail")
    if parts.scheme == "console":
        return {"EMAIL_BACKEND": f"{_BACKENDS}console.EmailBackend"}
    if parts.scheme == "file":
        return {
            "EMAIL_BACKEND": f"{_BACKENDS}filebased.EmailBackend",
            "EMAIL_FILE_PATH": unquote(parts.path),
        }
    tls = parse_qs(parts.query).get("tls", ["starttls"])[0]
    if parts.scheme != "smtp" or not parts.hostname or tls not in ("starttls", "tls", "none"):
        raise ValueError("EMAIL_URL: smtp://user:password@host:587?tls=starttls, file: or console:")
    return {
        "EMAIL_BACKEND": f"{_BACKENDS}smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or (465 if tls == "tls" else 587),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_TLS": tls == "starttls",
        "EMAIL_USE_SSL": tls == "tls",
        "EMAIL_TIMEOUT": _SECONDS,
    }
