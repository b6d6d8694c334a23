"""Every test here has a home of its own."""

from tests.own_home import home

__all__ = ["home"]
