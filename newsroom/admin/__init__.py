"""The administrators' side of the admin, and what editors keep around the articles."""

from newsroom.admin import adverts, letters, pages, people, redirects, site

__all__ = ["adverts", "letters", "pages", "people", "redirects", "site"]
