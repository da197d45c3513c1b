"""The journalists' and editors' side of the admin."""

from articles.admin import article, filing

__all__ = ["article", "filing"]
