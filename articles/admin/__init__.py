"""The journalists' and editors' side of the admin."""

from articles.admin import article, filing, search, tags

__all__ = ["article", "filing", "search", "tags"]
