"""The feeds of articles: `feed/`, `feed/atom/` and `feed/json/` below the page that each one follows."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _

from articles.addresses import find_filed
from articles.feeds.composing import article_channel, latest, placed
from articles.feeds.writers import RSS, respond
from articles.http import View, public_page
from articles.models import Article, ArticleCategory, ArticleTag, Author, Byline, Category, Tag
from articles.querysets import PlacementQuerySet


def feed_paths(page: str, view: View, name: str) -> list[URLPattern]:
    """The addresses of the feeds below `page`, all under one name; the form is an argument of two of them."""
    return [path(f"{page}feed/", view, name=name), path(f"{page}feed/<feedform:form>/", view, name=name)]


@public_page
def latest_feed(request: HttpRequest, form: str = RSS) -> HttpResponse:
    articles = latest(Article.objects.published())
    words = _("The newest articles, as they are published")
    return respond(article_channel(request, articles, reverse("front_page"), "", words), form)


@public_page
def category_feed(request: HttpRequest, slug: str, form: str = RSS) -> HttpResponse:
    category = find_filed(Category.objects.all(), slug)
    return _filed_feed(request, category, slug, form, ArticleCategory.objects.filter(category=category))


@public_page
def tag_feed(request: HttpRequest, slug: str, form: str = RSS) -> HttpResponse:
    tag = find_filed(Tag.objects.select_related("merged_into"), slug)
    return _filed_feed(request, tag, slug, form, ArticleTag.objects.filter(tag=tag))


@public_page
def author_feed(request: HttpRequest, slug: str, form: str = RSS) -> HttpResponse:
    author = find_filed(Author.objects.all(), slug)
    return _filed_feed(request, author, slug, form, Byline.objects.filter(author=author))


def _filed_feed(request: HttpRequest, thing: Any, slug: str, form: str, rows: PlacementQuerySet) -> HttpResponse:
    """The feed of a category, a tag or an author; of one with another slug now, the way to it."""
    if thing.slug != slug:
        return redirect(f"{thing.get_absolute_url()}feed/{'' if form == RSS else f'{form}/'}", permanent=True)
    words = getattr(thing, "description", "") or getattr(thing, "bio", "") or ""
    return respond(article_channel(request, placed(rows), thing.get_absolute_url(), str(thing), words), form)
