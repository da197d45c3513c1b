"""The generations of what pages show."""

import secrets

from django.db import models


class PageGenerationManager(models.Manager["PageGeneration"]):
    """Moves generations on."""

    def bump(self, keys: list[str]) -> None:
        """Give each key a value it never had, in the transaction that is under way, by one statement."""
        rows = [PageGeneration(key=key, value=secrets.randbits(62)) for key in sorted(set(keys))]
        self.bulk_create(rows, update_conflicts=True, unique_fields=["key"], update_fields=["value"])


class PageGeneration(models.Model):
    """The generation of something that pages show. A page rendered under another value is old.

    Keys: `article:<pk>`, `comments:<pk>`, `lists`, `comments`, `most-read`, `site`.
    """

    key = models.CharField(max_length=60, primary_key=True)
    value = models.BigIntegerField()

    objects = PageGenerationManager()

    def __str__(self) -> str:
        return self.key
