"""Things with a name: how every spelling of it is found, and the addresses they had before."""

import itertools
from collections.abc import Collection, Iterable
from functools import reduce
from operator import or_
from typing import Any, ClassVar

from django.db import models, transaction
from django.db.models import Q
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
        with transaction.atomic():
            itself = type(self)._base_manager.select_for_update().filter(pk=self.pk)
            before = dict(itself.values_list("pk", "slug")) if self.pk else {}
            super().save(*args, **kwargs)
            self.keep_former_slugs(before)

    @classmethod
    def keep_former_slugs(cls, before: dict[int, str]) -> None:
        """Let the slugs of `before`, by key, lead to their objects where those have others now."""
        now = cls._base_manager.filter(pk__in=before).values_list("pk", "slug")
        moved = {key: slug for key, slug in now if slug != before[key]}
        if moved:
            FormerSlug.objects.keep(cls.slug_kind(), {key: before[key] for key in moved}, moved)

    @classmethod
    def slug_kind(cls) -> str:
        """The column of `FormerSlug` that leads here."""
        return str(cls._meta.model_name)

    @classmethod
    def spelled(cls, slug: str) -> Q:
        """Those that `slug`, written some other way, may mean."""
        return Q(slug=make_slug(slug))

    def free_slug(self, beside: Collection[str] = ()) -> str:
        """The slug typed or made of the name, or the first of slug-2, slug-3 … that nobody has.

        `beside` are slugs given away already. One made of the name leaves former slugs to what they lead to.
        """
        slug = make_slug(self.slug or self.name or "")[:90]
        others = self._slugs_of_others()
        # The plain question first: an index answers it, and mostly nobody has it.
        if slug not in beside and not any(slugs.filter(slug=slug).exists() for slugs in others):
            return slug
        alike = (slugs.filter(slug__startswith=slug).values_list("slug", flat=True) for slugs in others)
        taken = {*beside, *itertools.chain.from_iterable(alike)}
        endings = itertools.chain([""], (f"-{number}" for number in itertools.count(2)))
        return next(slug + ending for ending in endings if slug + ending not in taken)

    def _slugs_of_others(self) -> list[models.QuerySet]:
        kind = self.slug_kind()
        current: Any = type(self)._base_manager.exclude(pk=self.pk)
        return [current] if self.slug else [current, FormerSlug.objects.of_kind(kind).exclude(**{kind: self.pk})]


class Alphabetical(Folded):
    """Something that lists put in the order of its folded name, without ال."""

    sort_key = SortKeyField()

    class Meta:
        abstract = True

    def refold(self) -> set[str]:
        self.sort_key = sort_key(next(iter(self.written("name")), ""))
        return super().refold() | {"sort_key"}


class FormerSlugManager(models.Manager["FormerSlug"]):
    """Keeps the addresses that things had."""

    def of_kind(self, kind: str) -> models.QuerySet["FormerSlug"]:
        """The former slugs of one kind of thing: `category`, `tag` or `author`."""
        return self.filter(**{f"{kind}__isnull": False})

    def keep(self, kind: str, before: dict[int, str], after: dict[int, str]) -> None:
        """Note what slugs changed, by key. Who had a slug last is whom it leads to; one given back is no former one."""
        stale = Q(slug__in=before.values())
        for key, slug in after.items():
            stale |= Q(**{kind: key}, slug=slug)
        self.of_kind(kind).filter(stale).delete()
        self.bulk_create(FormerSlug(**{f"{kind}_id": key}, slug=slug) for key, slug in before.items())


KINDS = ("category", "tag", "author")
ONE_TARGET = [Q(**{f"{other}__isnull": other != kind for other in KINDS}) for kind in KINDS]


class FormerSlug(models.Model):
    """An address that a category, a tag or an author had, and that leads there for good."""

    slug = models.CharField(max_length=100)
    category = models.ForeignKey("articles.Category", null=True, on_delete=models.CASCADE, related_name="former_slugs")
    tag = models.ForeignKey("articles.Tag", null=True, on_delete=models.CASCADE, related_name="former_slugs")
    author = models.ForeignKey("articles.Author", null=True, on_delete=models.CASCADE, related_name="former_slugs")

    objects = FormerSlugManager()

    class Meta:
        verbose_name = _("former slug")
        verbose_name_plural = _("former slugs")
        constraints = [
            models.CheckConstraint(condition=reduce(or_, ONE_TARGET), name="former_slug_has_one_target"),
            models.CheckConstraint(condition=~Q(slug=""), name="former_slug_is_not_empty"),
            # These find the target of /category/<slug>/, /tag/<slug>/ and /author/<slug>/ as well.
            *(
                models.UniqueConstraint(
                    fields=["slug"], condition=Q(**{f"{kind}__isnull": False}), name=f"former_slug_of_one_{kind}"
                )
                for kind in KINDS
            ),
        ]

    def __str__(self) -> str:
        return self.slug
