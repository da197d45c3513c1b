"""The way back: an older version of an article becomes the text of today, as a new version."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from articles.bidi import isolate
from articles.models import Article, Author, Byline, Category, Picture, Tag
from articles.models.article import LANGUAGE_CODES
from articles.versioning import RESTORED, keep_versions, one_version

# Where it stands, when it appears, its address and whose it is are no matter of the text.
TEXTS = [f"{text}_{code}" for text in ("kicker", "title", "summary", "body") for code in LANGUAGE_CODES]


def restore(article: Article, version: Any, by: Any) -> list[str]:
    """Give `article` the texts, kind, video, picture and filing of `version`.

    Sentences come back on what is gone and stays as it is.

    Its status, times, hot flag, address and owner stay. `version` must be one of this article.
    """
    if version.id != article.pk:
        raise ValueError("a version of another article")
    gone: list[str] = []
    with transaction.atomic(), one_version(Article, by=by, reason=f"{RESTORED}{version.history_id}"):
        stands = Article.objects.select_for_update(of=("self",)).get(pk=article.pk)
        for name in (*TEXTS, "kind", "video_address"):
            setattr(stands, name, getattr(version, name))
        if Category.objects.filter(pk=version.category_id).exists():
            stands.category_id = version.category_id
        else:
            gone.append(_("The main category of that version was deleted since. The present one stays."))
        if version.picture_id is None or Picture.objects.filter(pk=version.picture_id).exists():
            stands.picture_id = version.picture_id
        else:
            gone.append(_("The picture of that version was deleted since. The present one stays."))
        stands.save()
        gone += _refile(stands, version.filing)
        keep_versions(Article, [stands.pk])
    return gone


def _refile(article: Article, filing: dict[str, list[Any]]) -> list[str]:
    """Give it the categories, tags and authors of `filing` that still exist; sentences on the others."""
    gone: list[str] = []
    categories, tags, authors = (filing.get(name) or [] for name in ("categories", "tags", "authors"))
    there = list(Category.objects.filter(pk__in=categories))
    if len(there) < len(categories):
        gone.append(_("Some categories of that version were deleted since and are left out."))
    article.categories.set(there)
    known = Tag.objects.named(tags)
    missing = [name for name in tags if Tag.fold_name(name) not in known]
    if missing:
        told = {"tags": "، ".join(isolate(name) for name in missing)}
        gone.append(_("These tags were deleted since and are left out: %(tags)s") % told)
    article.tags.set(list(dict.fromkeys(known.values())))
    writers = Author.objects.in_bulk(authors)
    if len(writers) < len(authors):
        gone.append(_("Some authors of that version were deleted since and are left out."))
    _set_byline(article, [key for key in authors if key in writers])
    return gone


def _set_byline(article: Article, authors: list[int]) -> None:
    standing = list(article.bylines.order_by("position", "pk").values_list("author_id", flat=True))
    if standing == authors:
        return
    article.bylines.all().delete()
    rows = [Byline(article=article, author_id=key, position=place) for place, key in enumerate(authors)]
    Byline.objects.bulk_create(rows)
