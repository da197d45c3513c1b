"""Things with a name: how every spelling of it is found, and the page that it gives."""

import itertools
from collections.abc import Collection, Iterable
from typing import Any, ClassVar

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from articles.folding import SortKeyField, fold_all, sort_key
from articles.querysets import FoldedQuerySet, SluggedQuerySet
from articles.signals import article_changed
from articles.slugs import make_slug


class Shown(models.Model):
    """Something whose name stands on many pages: a change of it concerns all of them."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        with transaction.atomic():
            super().save(*args, **kwargs)
            article_changed.send(sender=type(self), articles=frozenset(), everywhere=True)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        with transaction.atomic():
            deleted = super().delete(*args, **kwargs)
            article_changed.send(sender=type(self), articles=frozenset(), everywhere=True)
        return deleted


class Folded(models.Model):
    """Something that a search finds by any spelling of the fields named in `folded_from`."""

    folded_from: ClassVar[tuple[str, ...]] = ()

    # Searched by LIKE '%word%', which no index serves: lists of the admin, some ten thousand rows at most.
    folded_text = models.TextField(default="", editable=False)

    objects = FoldedQuerySet.as_manager()

    class Meta:
        abstract = True

    @classmethod
    def columns_of(cls, field: str) -> list[str]:
        """The columns of `field`: one for each language where it is translated."""
        translated = (each.name for each in cls._meta.concrete_fields if each.name.rpartition("_")[0] == field)
        return list(translated) or [field]

    @classmethod
    def folds(cls, names: Iterable[str]) -> bool:
        """Whether a change of the columns `names` changes what follows from the words."""
        return any(name in (field, *cls.columns_of(field)) for field in cls.folded_from for name in names)

    def written(self, field: str) -> list[str]:
        """What stands in `field`, in each language that it is written in."""
        return [value for value in (getattr(self, column) for column in self.columns_of(field)) if value]

    def refold(self) -> set[str]:
        """Set what follows from the words; the names of the fields that were set."""
        self.folded_text = fold_all(text for field in self.folded_from for text in self.written(field))
        return {"folded_text"}

    def save(self, *args: Any, **kwargs: Any) -> None:
        filled = self.refold()
        if kwargs.get("update_fields"):
            kwargs["update_fields"] = {*kwargs["update_fields"], *filled}
        super().save(*args, **kwargs)


class Slugged(Folded, Shown):
    """Something with a page of its own, whose slug is made from its name where none is typed."""

    name: Any
    slug: Any = models.CharField(_("slug"), max_length=100, unique=True, blank=True)

    objects = SluggedQuerySet.as_manager()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name or self.slug

    def clean(self) -> None:
        super().clean()
        self.slug = self.slug or self.free_slug()

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.slug = self.free_slug()
        super().save(*args, **kwargs)

    def free_slug(self, beside: Collection[str] = ()) -> str:
        """The slug typed or made of the name, or the first of slug-2, slug-3 … that nobody has.

        `beside` are slugs given away already.
        """
        slug = make_slug(self.slug or self.name or "")[:90]
        others: Any = type(self)._base_manager.exclude(pk=self.pk)
        # The plain question first: an index answers it, and mostly nobody has it.
        if slug not in beside and not others.filter(slug=slug).exists():
            return slug
        taken = {*beside, *others.filter(slug__startswith=slug).values_list("slug", flat=True)}
        endings = itertools.chain([""], (f"-{number}" for number in itertools.count(2)))
        return next(slug + ending for ending in endings if slug + ending not in taken)


class Alphabetical(Folded):
    """Something that lists put in the order of its folded name, without ال."""

    sort_key = SortKeyField()

    class Meta:
        abstract = True

    def refold(self) -> set[str]:
        self.sort_key = sort_key(next(iter(self.written("name")), ""))
        return super().refold() | {"sort_key"}
