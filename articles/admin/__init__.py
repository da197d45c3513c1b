"""The journalists' and editors' side of the admin."""

from articles.admin import article, filing, search

__all__ = ["article", "filing", "search"]
