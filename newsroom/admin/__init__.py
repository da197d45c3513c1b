"""The administrators' side of the admin."""

from newsroom.admin import people, site

__all__ = ["people", "site"]
