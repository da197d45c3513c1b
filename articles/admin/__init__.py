"""The journalists' and editors' side of the admin."""

from articles.admin import article, filing, tags

__all__ = ["article", "filing", "tags"]
