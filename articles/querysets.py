"""Querysets: the one door to what the public may see, and the copies that lists stand on."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import get_language
from taggit.managers import _TaggableManager
from taggit.models import NaturalKeyManager

from articles.choices import Status
from articles.schedule import nearest_instant, wall_time, wall_time_of
from articles.signals import article_changed
from articles.slugs import make_slug
from articles.versioning import keep_found, keep_versions, one_version

BATCH = 500
Cursor = tuple[datetime, int]


class ArticleQuerySet(models.QuerySet):
    """Articles. Public pages start at `published()`."""

    model: Any

    def published(self, at: datetime | None = None) -> "ArticleQuerySet":
        """What readers may see at `at` (now, unless told), newest first."""
        visible = self.filter(status=Status.PUBLISHED, published_at__lte=at or timezone.now())
        return visible.order_by("-published_at", "-pk")

    def in_language(self, language: str | None = None) -> "ArticleQuerySet":
        """Those that exist in `language` (the active one, unless told): their title there is filled."""
        return self.filter(**{f"title_{language or get_language()}__isnull": False})

    def hot(self, at: datetime | None = None) -> "ArticleQuerySet":
        """Those whose hot flag is up and has not ended."""
        return self.filter(Q(hot_until=None) | Q(hot_until__gt=at or timezone.now()), is_hot=True)

    def before(self, cursor: Cursor | None) -> "ArticleQuerySet":
        """The page that follows the article at `cursor` (its `published_at` and key)."""
        return self.filter(_keyset(cursor, "pk")) if cursor else self

    def cards(self) -> "ArticleQuerySet":
        """With what a card of a list shows, and without the bodies."""
        return self.select_related("category", "picture").defer("body_ar", "body_fr", "body_en")

    def update(self, **changes: Any) -> int:
        """As Django's, and the copies of `published_at` follow, and the pages hear of it."""
        with transaction.atomic(using=self.db):
            keys = frozenset(self.values_list("pk", flat=True))
            if changes.get("is_hot") is False:
                changes.setdefault("hot_until", None)
            if "published_at" in changes:
                changes["wall_time"] = wall_time_of(changes["published_at"])
            keep_found(self.model, keys)
            count = super().update(**changes)
            self._follow(keys, changes.keys())
            keep_versions(self.model, keys)
            article_changed.send(sender=self.model, articles=keys, everywhere=False)
        return count

    update.alters_data = True  # type: ignore[attr-defined]

    def bulk_create(self, objs: Iterable[Any], *args: Any, **kwargs: Any) -> list[Any]:
        """As Django's, each article as complete as after its own save."""
        articles = list(objs)
        for article in articles:
            article.fill_in()
        with transaction.atomic(using=self.db):
            created = super().bulk_create(articles, *args, **kwargs)
            keys = frozenset(article.pk for article in created)
            self.model.place_in_main_category(keys)
            article_changed.send(sender=self.model, articles=keys, everywhere=False)
        return created

    def mark_updated(self) -> int:
        """Tell readers of those that they may see that something in them changed now."""
        now = timezone.now()
        return self.filter(status=Status.PUBLISHED, published_at__lte=now).update(updated_at=now)

    mark_updated.alters_data = True  # type: ignore[attr-defined]

    def _follow(self, keys: frozenset[int], changed: Collection[str]) -> None:
        """Bring the placements of the articles `keys` in step with the columns that changed."""
        if {"category", "category_id"} & set(changed):
            self.model.place_in_main_category(keys)
        if "published_at" in changed:
            self._fill_wall_times(keys)
        if {"status", "published_at"} & set(changed):
            for placement in self.model.placement_models():
                placement.objects.using(self.db).restamp(keys)

    def _fill_wall_times(self, keys: frozenset[int]) -> None:
        """Give the articles `keys` their wall times where only the database could say the instant."""
        rows = self.model._base_manager.using(self.db).filter(pk__in=keys, wall_time=None)
        for key, published_at in rows.exclude(published_at=None).values_list("pk", "published_at"):
            self.model._base_manager.using(self.db).filter(pk=key).update(wall_time=wall_time(published_at))

    def keep_wall_times(self, at: datetime | None = None) -> int:
        """Move what is to appear after `at` (now, unless told) where the clock says otherwise than planned.

        New zone data do that: an article planned for 14:30 appears at 14:30. The number of those moved.
        """
        waiting = self.filter(published_at__gt=at or timezone.now()).exclude(wall_time=None).order_by("pk")
        moved = 0
        for key, instant, wall in list(waiting.values_list("pk", "published_at", "wall_time")):
            if wall_time(instant) != wall:
                planned = nearest_instant(datetime.fromisoformat(wall))
                moved += self.filter(pk=key, published_at=instant).update(published_at=planned)
        return moved

    keep_wall_times.alters_data = True  # type: ignore[attr-defined]

    def delete(self) -> tuple[int, dict[str, int]]:
        """As Django's, and the pages hear of it."""
        with transaction.atomic(using=self.db):
            keys = frozenset(self.values_list("pk", flat=True))
            deleted = super().delete()
            article_changed.send(sender=self.model, articles=keys, everywhere=False)
        return deleted

    delete.alters_data = True  # type: ignore[attr-defined]
    delete.queryset_only = True  # type: ignore[attr-defined]


class PlacementQuerySet(models.QuerySet):
    """Rows that place articles in a list and carry a copy of their `published_at`.

    The related managers of Django and taggit write through `bulk_create` and `delete` here, so
    `article.categories.set(…)` keeps the copy as surely as a single save does.
    """

    model: Any

    def live(self, at: datetime | None = None) -> "PlacementQuerySet":
        """The rows of articles that readers may see at `at` (now, unless told), newest first."""
        owner = self.model.owner_field
        visible = self.filter(published_at__lte=at or timezone.now())
        return visible.order_by("-published_at", f"-{owner}")

    def before(self, cursor: Cursor | None) -> "PlacementQuerySet":
        """The page that follows the article at `cursor`."""
        return self.filter(_keyset(cursor, f"{self.model.owner_field}_id")) if cursor else self

    def in_language(self, language: str | None = None) -> "PlacementQuerySet":
        """Rows of articles that exist in `language` (the active one, unless told)."""
        return self.filter(**{f"{self.model.owner_field}__title_{language or get_language()}__isnull": False})

    def drifted(self) -> "PlacementQuerySet":
        """Rows whose copy is not what their article says: none, unless someone wrote by hand."""
        owner = self.model.owner_field
        live = Q(**{f"{owner}__status": Status.PUBLISHED})
        same = Q(published_at=F(f"{owner}__published_at"))
        return self.filter(live & (~same | Q(published_at=None)) | ~live & Q(published_at__isnull=False))

    def owners(self) -> frozenset[int]:
        """The keys of the articles that these rows place."""
        return frozenset(self.values_list(self.model.owner_field, flat=True))

    def restamp(self, articles: Iterable[int]) -> None:
        """Take the copies of these articles' rows from the articles again."""
        keys_by_copy: defaultdict[datetime | None, list[int]] = defaultdict(list)
        for key, copy in self._copies(articles).items():
            keys_by_copy[copy].append(key)
        for copy, keys in keys_by_copy.items():
            rows = self.filter(**{f"{self.model.owner_field}__in": keys})
            super(PlacementQuerySet, rows).update(published_at=copy)

    def stamp(self, rows: list[Any]) -> frozenset[int]:
        """Set the copy on rows that are about to be written; the keys of their articles."""
        keys = frozenset(row.owner_id for row in rows)
        copies = self._copies(keys)
        for row in rows:
            row.published_at = copies.get(row.owner_id)
        return keys

    def update(self, **changes: Any) -> int:
        """As Django's; the copy follows where a row went to another article or was set by hand."""
        with transaction.atomic(using=self.db):
            rows, before = list(self.values_list("pk", flat=True)), self.owners()
            count = super().update(**changes)
            articles = self.model.objects.using(self.db).filter(pk__in=rows).owners()
            self.model.objects.using(self.db).restamp(articles)
            article_changed.send(sender=self.model, articles=articles | before, everywhere=False)
        return count

    update.alters_data = True  # type: ignore[attr-defined]

    def bulk_create(self, objs: Iterable[Any], *args: Any, **kwargs: Any) -> list[Any]:
        rows = list(objs)
        with transaction.atomic(using=self.db):
            articles = self.stamp(rows)
            created = super().bulk_create(rows, *args, **kwargs)
            article_changed.send(sender=self.model, articles=articles, everywhere=False)
        return created

    def delete(self) -> tuple[int, dict[str, int]]:
        removable = self.exclude(**self.model.undeletable())
        with transaction.atomic(using=self.db):
            articles = removable.owners()
            deleted = super(PlacementQuerySet, removable).delete()
            article_changed.send(sender=self.model, articles=articles, everywhere=False)
        return deleted

    delete.alters_data = True  # type: ignore[attr-defined]
    delete.queryset_only = True  # type: ignore[attr-defined]

    def _copies(self, articles: Iterable[int]) -> dict[int, datetime | None]:
        article_model: Any = self.model._meta.get_field(self.model.owner_field).related_model
        rows = article_model._base_manager.using(self.db).filter(pk__in=articles)
        return {
            key: published_at if status == Status.PUBLISHED else None
            for key, status, published_at in rows.values_list("pk", "status", "published_at")
        }


class TagRowQuerySet(PlacementQuerySet):
    """Tags on articles, none of which was merged into another."""

    def stamp(self, rows: list[Any]) -> frozenset[int]:
        """Also lead the rows to the tags that theirs were merged into."""
        tags = self.model.tag_model()._base_manager.using(self.db).filter(pk__in={row.tag_id for row in rows})
        # Locked, so that a merge that is under way comes first or finds these rows.
        meant = dict(tags.select_for_update(no_key=True).order_by("pk").values_list("pk", "merged_into"))
        for row in rows:
            row.tag_id = meant.get(row.tag_id) or row.tag_id
        return super().stamp(rows)


class ShownQuerySet(models.QuerySet):
    """Things whose names stand on many pages."""

    def update(self, **changes: Any) -> int:
        """As Django's, and every page hears of it."""
        with transaction.atomic(using=self.db):
            count = super().update(**changes)
            article_changed.send(sender=self.model, articles=frozenset(), everywhere=True)
        return count

    update.alters_data = True  # type: ignore[attr-defined]

    def bulk_create(self, objs: Iterable[Any], *args: Any, **kwargs: Any) -> list[Any]:
        """As Django's, and every page hears of it."""
        with transaction.atomic(using=self.db):
            created = super().bulk_create(objs, *args, **kwargs)
            article_changed.send(sender=self.model, articles=frozenset(), everywhere=True)
        return created

    def delete(self) -> tuple[int, dict[str, int]]:
        """As Django's, and every page hears of it."""
        with transaction.atomic(using=self.db):
            deleted = super().delete()
            article_changed.send(sender=self.model, articles=frozenset(), everywhere=True)
        return deleted

    delete.alters_data = True  # type: ignore[attr-defined]
    delete.queryset_only = True  # type: ignore[attr-defined]


class FoldedQuerySet(models.QuerySet):
    """Rows with columns that follow from their words, whoever writes them."""

    model: Any

    def update(self, **changes: Any) -> int:
        """As Django's, and what follows from the changed words follows."""
        if not self.model.folds(changes):
            return super().update(**changes)
        with transaction.atomic(using=self.db):
            keys = list(self.values_list("pk", flat=True))
            count = super().update(**changes)
            self.model.objects.using(self.db).refold(keys)
        return count

    update.alters_data = True  # type: ignore[attr-defined]

    def bulk_create(self, objs: Iterable[Any], *args: Any, **kwargs: Any) -> list[Any]:
        """As Django's, each row as complete as after its own save."""
        rows = list(objs)
        filled = {name for row in rows for name in row.refold()}
        if kwargs.get("update_fields"):
            kwargs["update_fields"] = {*kwargs["update_fields"], *filled}
        return super().bulk_create(rows, *args, **kwargs)

    def refold(self, keys: list[int]) -> None:
        """Make the columns of the rows `keys` that follow from their words anew."""
        plain = models.QuerySet(self.model, using=self.db)  # ours would come back here
        for start in range(0, len(keys), BATCH):
            rows = list(plain.filter(pk__in=keys[start : start + BATCH]))
            if rows:
                plain.bulk_update(rows, {name for row in rows for name in row.refold()})


class SluggedQuerySet(FoldedQuerySet, ShownQuerySet):  # type: ignore[override]  # of managers that it cannot join
    """Things with a page of their own, whose former addresses lead there."""

    def update(self, **changes: Any) -> int:
        """As Django's, and the slugs that were lead to those that are."""
        if "slug" not in changes:
            return super().update(**changes)
        if isinstance(changes["slug"], str):
            changes["slug"] = make_slug(changes["slug"])
        with transaction.atomic(using=self.db):
            before = dict(self.values_list("pk", "slug"))
            count = super().update(**changes)
            self.model.keep_former_slugs(before)
        return count

    update.alters_data = True  # type: ignore[attr-defined]

    def bulk_create(self, objs: Iterable[Any], *args: Any, **kwargs: Any) -> list[Any]:
        """As Django's, each with a slug."""
        rows, taken = list(objs), set[str]()
        for row in rows:
            row.slug = row.free_slug(taken)
            taken.add(row.slug)
        with transaction.atomic(using=self.db):
            moves = "slug" in (kwargs.get("update_fields") or ())
            before = dict(self.model.objects.values_list("pk", "slug")) if moves else {}
            created = super().bulk_create(rows, *args, **kwargs)
            self.model.keep_former_slugs(before)
        return created


class TagQuerySet(SluggedQuerySet):  # type: ignore[override]  # for the same reason
    """Tags are found by their folded name, so `أخنوش` and `اخنوش` are one."""

    model: Any

    def standing(self) -> "TagQuerySet":
        """Those that were not merged into another: what lists and offers show."""
        return self.filter(merged_into=None)

    def named(self, names: Iterable[str]) -> dict[str, Any]:
        """The tags that `names` stand for, by the folded form of each that is known; none is a merged one."""
        found: Any = self.filter(folded__in=[self.model.fold_name(name) for name in names]).select_related(
            "merged_into"
        )
        return {tag.folded: tag.merged_into or tag for tag in found}

    def get_or_create(self, defaults: Any = None, **kwargs: Any) -> tuple[Any, bool]:
        if set(kwargs) != {"name"}:
            return super().get_or_create(defaults, **kwargs)
        name = kwargs["name"]
        tag: Any
        tag, created = super().get_or_create({"name": name, **(defaults or {})}, folded=self.model.fold_name(name))
        return tag.merged_into or tag, created


class FoldingTagManager(_TaggableManager):
    """`article.tags`: any spelling of a tag is that tag, and a merged one is the one it went into."""

    def add(self, *tags: Any, **kwargs: Any) -> None:
        """As taggit's, which writes tag by tag; the article has one more version all the same."""
        with transaction.atomic(), one_version(type(self.instance)):
            super().add(*tags, **kwargs)

    def set(self, *args: Any, **kwargs: Any) -> None:
        with transaction.atomic(), one_version(type(self.instance)):
            super().set(*args, **kwargs)

    def remove(self, *tags: Any) -> None:
        names = [str(getattr(tag, "name", tag)) for tag in tags]
        super().remove(*names, *(tag.name for tag in self.through.tag_model().objects.named(names).values()))

    def _to_tag_model_instances(self, tags: Iterable[Any], tag_kwargs: dict[str, Any]) -> list[Any]:
        found = super()._to_tag_model_instances(tags, tag_kwargs)
        return list(dict.fromkeys(tag.merged_into or tag for tag in found))


class TagManager(NaturalKeyManager.from_queryset(TagQuerySet, "FoundTagManager")):  # type: ignore[misc]
    """Files that name a tag may spell it any way."""

    def get_by_natural_key(self, name: str) -> Any:
        return self.get(folded=self.model.fold_name(name))


def _keyset(cursor: Cursor, key_field: str) -> Q:
    """Rows after the cursor in the order (-published_at, -key), as one range of the index."""
    published_at, key = cursor
    return Q(published_at__lte=published_at) & (Q(published_at__lt=published_at) | Q(**{f"{key_field}__lt": key}))
