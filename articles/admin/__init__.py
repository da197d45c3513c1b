"""The journalists' and editors' side of the admin."""

from articles.admin import article, filing, pictures, search, tags

__all__ = ["article", "filing", "pictures", "search", "tags"]
