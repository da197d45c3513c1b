"""The administrators' side of the admin, and what editors keep around the articles."""

from newsroom.admin import adverts, letters, newsletter, pages, people, redirects, site

__all__ = ["adverts", "letters", "newsletter", "pages", "people", "redirects", "site"]
