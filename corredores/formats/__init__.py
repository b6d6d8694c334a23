"""Peruvian number and date formats, which Django does not ship."""
