"""The administrators' side of the admin, and what editors keep around the articles."""

from newsroom.admin import letters, newsletter, pages, people, redirects, site

__all__ = ["letters", "newsletter", "pages", "people", "redirects", "site"]
