"""The sitemaps: their index, each file of it, and the news of the last two days."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from xml.sax.saxutils import escape

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from articles.http import public_page
from articles.models import Article
from articles.sitemaps import SECTIONS, Entry, Section, entries_of, write_index, write_pages
from articles.validators import drop_forbidden
from articles.wording import machine_time
from newsroom.choices import PageKind
from newsroom.models import Page, SiteSettings

XML = "application/xml; charset=utf-8"
NEWS_AGE, MOST_NEWS = timedelta(hours=48), 1000  # what search engines take
NEWS_SPACES = (
    'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'
)
FIXED = ("front_page", "latest_list", "hot_list", "corrections", "imprint")


class PageSection(Section):
    """The pages of `/page/` and those that stand for themselves: one file."""

    def numbers(self) -> range:
        return range(1, 2)

    def entries(self, number: int) -> list[Entry]:
        fixed = [Entry(dict(_in_languages(name))) for name in FIXED]
        return fixed + entries_of(list(self.rows()), self.changed) if number == 1 else []


ALL_SECTIONS: dict[str, Section] = {
    "pages": PageSection(Page, lambda: _pages(), lambda page: page.modified_at),
    **SECTIONS,
}


@public_page
def index(request: HttpRequest) -> HttpResponse:
    numbered = [(name, number) for name, section in ALL_SECTIONS.items() for number in section.numbers()]
    origin = _origin(request)
    return HttpResponse(write_index(f"{origin}/sitemap-{name}-{number}.xml" for name, number in numbered), XML)


@public_page
def section(request: HttpRequest, name: str, number: int) -> HttpResponse:
    found = ALL_SECTIONS.get(name)
    entries = found.entries(number) if found else []
    if not found or not (entries or number in found.numbers()):
        raise Http404("no such sitemap")
    return HttpResponse(write_pages(entries, _origin(request)), XML)


@public_page
def news(request: HttpRequest) -> HttpResponse:
    """Each article of the last two days in each of its languages, the newest first."""
    origin, name = _origin(request), escape(drop_forbidden(SiteSettings.load().name))
    titles = [f"title_{code}" for code, _name in settings.LANGUAGES]
    recent = Article.objects.published().filter(published_at__gte=timezone.now() - NEWS_AGE)
    rows = list(recent.only("pk", "slug", "published_at", *titles)[:MOST_NEWS])
    paths = [entry.paths for entry in entries_of(rows, lambda row: None)]
    pages = [(row, code, path) for row, here in zip(rows, paths, strict=True) for code, path in here.items()]
    urls = "".join(_news_url(row, code, origin + path, name) for row, code, path in pages[:MOST_NEWS])
    return HttpResponse(f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset {NEWS_SPACES}>\n{urls}</urlset>\n', XML)


def _news_url(article: Any, code: str, address: str, name: str) -> str:
    title = escape(drop_forbidden(getattr(article, f"title_{code}")))
    publication = f"<news:name>{name}</news:name><news:language>{code}</news:language>"
    return (
        f"<url><loc>{escape(address)}</loc><news:news><news:publication>{publication}</news:publication>"
        f"<news:publication_date>{machine_time(article.published_at)}</news:publication_date>"
        f"<news:title>{title}</news:title></news:news></url>\n"
    )


def _in_languages(name: str) -> Iterator[tuple[str, str]]:
    for code, _name in settings.LANGUAGES:
        with override(code):
            yield code, reverse(name)


def _pages() -> Any:
    """What `published()` shows in any language; the imprint has an address of its own."""
    titles = [f"title_{code}" for code, _name in settings.LANGUAGES]
    shown = Page.objects.filter(is_published=True).exclude(kind=PageKind.IMPRINT)
    return shown.only("pk", "slug", "kind", "modified_at", *titles).order_by("pk")


def _origin(request: HttpRequest) -> str:
    return request.build_absolute_uri("/").removesuffix("/")
