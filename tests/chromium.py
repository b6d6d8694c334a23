"""Where the browser is that the tests open pages in, and how it is started."""

import shutil

_NAMES = ("chromium-headless-shell", "chromium", "chromium-browser")  # the quickest first
ARGUMENTS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking")


def executable() -> str | None:
    """Its path; None where `make browser` was not run."""
    return next(filter(None, map(shutil.which, _NAMES)), None)
