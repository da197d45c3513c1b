"""Articles as the items of a feed, in a constant number of queries."""

from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache
from pathlib import PurePosixPath
from typing import Any

from django.conf import settings
from django.core.files.storage import FileSystemStorage
from django.db.models import Prefetch
from django.http import HttpRequest
from django.template import engines
from django.utils.timezone import localtime
from django.utils.translation import get_language

from articles.bidi import isolate
from articles.feeds.channel import LENGTH, UNTITLED, Channel, Item, Person, Photo, newest
from articles.models import Article, Byline, Picture
from articles.querysets import ArticleQuerySet, PlacementQuerySet
from articles.validators import drop_forbidden

NAME = "{% autoescape off %}{{ site.name }}{% endautoescape %}"  # each writer escapes for itself
MEDIA_TYPES = {".jpg": "image/jpeg", ".webp": "image/webp"}  # of what articles/pictures.py stores


def latest(articles: ArticleQuerySet) -> list[Article]:
    """The newest of `articles` in the active language, with what a feed tells of them."""
    bylines = Byline.objects.order_by("position", "pk").select_related("author")
    return list(articles.in_language().cards().prefetch_related(Prefetch("bylines", bylines))[:LENGTH])


def placed(rows: PlacementQuerySet) -> list[Article]:
    """The newest articles that `rows` place: keys from one range of an index, then those articles."""
    keys = rows.live().in_language().values_list(f"{rows.model.owner_field}_id", flat=True)[:LENGTH]
    return latest(Article.objects.published().filter(pk__in=list(keys)))


def article_channel(request: HttpRequest, articles: Iterable[Article], page: str, heading: str, words: str) -> Channel:
    """The feed of the list at the path `page`; `words` describe it. Without a heading it is the newspaper's own."""
    items = tuple(_article_item(request, article) for article in articles)
    name = newspaper(request)
    return Channel(
        title=f"{isolate(heading)} - {isolate(name)}" if heading else name,
        description=words,
        url=request.build_absolute_uri(page),
        address=own_address(request),
        language=get_language() or settings.LANGUAGE_CODE,
        updated=newest(items, this_day()),
        items=items,
        author=name,
        hub=hub(),
    )


def own_address(request: HttpRequest) -> str:
    """Where the feed at hand is to be had, without what else the request asked."""
    return request.build_absolute_uri(request.path)


def hub() -> str:
    """The WebSub hub that is told of news; empty where there is none."""
    return settings.WEBSUB_HUB


def this_day() -> datetime:
    """The beginning of today: what a feed without items was last changed at, for all readers the same."""
    return localtime().replace(hour=0, minute=0, second=0, microsecond=0)


def newspaper(request: HttpRequest) -> str:
    """The newspaper's name, as the portal above tells it to every template."""
    name = engines["django"].from_string(NAME).render(request=request)
    return drop_forbidden(name).strip() or UNTITLED


def _article_item(request: HttpRequest, article: Article) -> Item:
    absolute = request.build_absolute_uri
    return Item(
        key=absolute(article.get_short_url()),
        url=absolute(article.get_absolute_url()),
        title=article.title,
        published=localtime(article.published_at),
        updated=localtime(article.updated_at if article.was_updated else article.published_at),
        text=article.summary or "",
        authors=tuple(_people(request, article)),
        subjects=(article.category.name or "",),
        photo=_photo(request, article.picture),
    )


def _people(request: HttpRequest, article: Any) -> Iterable[Person]:
    authors = [byline.author for byline in article.bylines.all()]
    return [Person(each.name or "", request.build_absolute_uri(each.get_absolute_url())) for each in authors]


def _photo(request: HttpRequest, picture: Picture | None) -> Photo | None:
    media_type = MEDIA_TYPES.get(PurePosixPath(str(picture.file)).suffix) if picture else None
    if picture is None or media_type is None:
        return None
    size = _size_of(str(picture.file)) if isinstance(picture.file.storage, FileSystemStorage) else 0
    address = request.build_absolute_uri(picture.address)
    return Photo(address, media_type, size, picture.width, picture.height, picture.alt or "", picture.credit or "")


@lru_cache(maxsize=10_000)
def _size_of(name: str) -> int:
    """The bytes of a stored picture: a name stands for one content for ever, so the disk is asked once."""
    try:
        return Picture._meta.get_field("file").storage.size(name)  # type: ignore[union-attr]
    except (OSError, ValueError):
        return 0
