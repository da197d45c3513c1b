"""The public pages of articles."""

from collections.abc import Iterable
from itertools import chain
from typing import Any

from django.db.models import Prefetch
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.encoding import escape_uri_path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from articles import paging, renditions
from articles.addresses import find_filed, lead_to
from articles.archive import days, find_month, month_after, month_before, of_month, years
from articles.forms import RELEVANCE, SearchForm
from articles.frontpage import compose, newest_of
from articles.http import FOR_EVER, MEDIA_POLICY, public_page
from articles.models import Article, ArticleCategory, ArticleTag, Author, Byline, Category, Correction, Picture, Tag
from articles.models.article import LANGUAGE_CODES
from articles.paging import Page
from articles.querysets import ArticleQuerySet, PlacementQuerySet
from articles.search.cursor import read_hit, write_hit
from articles.search.find import Search, find
from articles.showing import stored_page, whole, withdrawn_on
from articles.slugs import decode_short
from articles.trails import Crumb, trail_of

PAGE_SIZE = 20


@public_page
def front_page(request: HttpRequest) -> HttpResponse:
    return TemplateResponse(request, "articles/front_page.html", {"page": compose()})


@public_page
def article_detail(request: HttpRequest, pk: int, slug: str = "") -> HttpResponse:
    article = whole(Article.objects.published().in_language()).filter(pk=pk).first()
    if article is None:
        return _tombstone(request, pk)
    if slug != article.address_slug:
        return redirect(article, permanent=True)
    return TemplateResponse(request, "articles/article_detail.html", stored_page(article))


@public_page
def article_short(request: HttpRequest, code: str) -> HttpResponse:
    try:
        pk = decode_short(code.lower())  # as a phone writes the first letter
    except ValueError as error:
        raise Http404("no such code") from error
    article = Article.objects.published().in_language().filter(pk=pk).first()
    return redirect(article, permanent=True) if article else _tombstone(request, pk)


def _tombstone(request: HttpRequest, pk: int) -> HttpResponse:
    """What stands in place of a withdrawn article: the day, and not a word of it. Http404 if it was never there."""
    at = withdrawn_on(pk)
    if at is None:
        raise Http404("no such article")
    return TemplateResponse(request, "articles/tombstone.html", {"withdrawn_at": at}, status=410)


@public_page
def category_detail(request: HttpRequest, slug: str) -> HttpResponse:
    category = find_filed(Category.objects.select_related("parent"), slug)
    if category.slug != slug:
        return lead_to(request, category)
    children = list(category.children.order_by("position", "pk"))
    # Past the first page their names are enough.
    shown = [] if paging.cursor_query(request) else children
    newest = newest_of({child.pk: 1 for child in shown}, timezone.now())
    rows = ArticleCategory.objects.filter(category=category)
    page, cards = _placed(request, rows, also=chain.from_iterable(newest.values()))
    context = {
        "category": category,
        "section": category,
        "heading": category,
        "description": category.description,
        "children": [(child, [cards[key] for key in newest.get(child.pk, ()) if key in cards]) for child in children],
        "trail": trail_of(category.parent),
    }
    return _listing(request, page, context)


@public_page
def tag_detail(request: HttpRequest, slug: str) -> HttpResponse:
    tag = find_filed(Tag.objects.select_related("merged_into"), slug)
    if tag.slug != slug:
        return lead_to(request, tag)
    page, _cards = _placed(request, ArticleTag.objects.filter(tag=tag))
    return _listing(request, page, {"heading": tag, "tag": tag})


@public_page
def author_detail(request: HttpRequest, slug: str) -> HttpResponse:
    author = find_filed(Author.objects.select_related("portrait"), slug)
    if author.slug != slug:
        return lead_to(request, author)
    page, _cards = _placed(request, Byline.objects.filter(author=author))
    context = {"author": author, "heading": author, "description": author.bio}
    return _listing(request, page, context, "articles/author_detail.html")


@public_page
def hot_list(request: HttpRequest) -> HttpResponse:
    context = {"heading": _("Hot events"), "description": _("What the newsroom is following at this hour.")}
    return _listing(request, _cards_of(request, Article.objects.published().hot()), context)


@public_page
def latest_list(request: HttpRequest) -> HttpResponse:
    page = _cards_of(request, Article.objects.published())
    context = {
        "heading": _("Latest news"),
        "description": _("All that is published, day by day, the newest first."),
        "days": days(page.items),
    }
    return _listing(request, page, context, "articles/latest_list.html")


@public_page
def archive(request: HttpRequest) -> HttpResponse:
    return TemplateResponse(request, "articles/archive.html", {"years": years(), "trail": []})


@public_page
def archive_month(request: HttpRequest, year: int, number: int) -> HttpResponse:
    month = find_month(year, number)
    page = _cards_of(request, of_month(Article.objects.published(), month))
    context = {
        "heading": month,
        "days": days(page.items),
        "month_before": month_before(month),
        "month_after": month_after(month),
        "trail": [Crumb(_("Archive"), reverse("archive"))],
    }
    return _listing(request, page, context, "articles/archive_month.html")


@public_page
def corrections(request: HttpRequest) -> HttpResponse:
    articles = Article.objects.only("pk", "slug", *(f"title_{code}" for code in LANGUAGE_CODES))
    rows = Correction.objects.published().prefetch_related(Prefetch("article", articles))
    page = paging.paginate(rows.before(paging.read_cursor(request)), PAGE_SIZE, "at")
    context = {"heading": _("Corrections"), "corrections": page.items}
    return _listing(request, page, context, "articles/corrections.html")


@public_page
def search(request: HttpRequest) -> HttpResponse:
    form = SearchForm(request.GET)
    context: dict[str, Any] = {"form": form, "trail": []}
    if form.is_valid():
        since, until = form.moments()
        asked = Search(
            text=form.cleaned_data["q"],
            category=form.cleaned_data["category"],
            author=form.cleaned_data["author"],
            since=since,
            until=until,
            by_relevance=form.cleaned_data["sort"] == RELEVANCE,
            after=read_hit(request),
        )
        results = find(asked)
        context |= {"results": results, "next_cursor": write_hit(results.next_hit)}
        context["corrected_query"] = form.address_query(results.corrected)
    return TemplateResponse(request, "articles/search.html", context)


@require_safe
def rendition(request: HttpRequest, pk: int, key: str, entry: str) -> HttpResponse:
    """A picture at one size and crop of the closed list, made at the first request for it."""
    crop, width, extension = entry.replace(".", "-").split("-")
    wanted = renditions.Rendition(pk, key, crop, int(width), extension)
    content = renditions.stored(wanted)
    if content is None:
        content = renditions.make(get_object_or_404(Picture, pk=pk), wanted)
    if content is None:
        raise Http404("no such rendition")
    response = HttpResponse(content, content_type=renditions.CONTENT_TYPES[extension])
    response.headers["Cache-Control"] = FOR_EVER
    response.headers["Content-Security-Policy"] = MEDIA_POLICY
    return response


def _cards_of(request: HttpRequest, articles: ArticleQuerySet) -> Page:
    """The page of `articles` that is asked for, as cards."""
    rows = articles.in_language().cards().before(paging.read_cursor(request))
    return paging.paginate(rows, PAGE_SIZE, "published_at")


def _placed(request: HttpRequest, rows: PlacementQuerySet, also: Iterable[int] = ()) -> tuple[Page, dict[int, Article]]:
    """A page read from placements: keys from one index range, then the cards of those articles and of `also`."""
    owner_key = f"{rows.model.owner_field}_id"
    placed = rows.live().in_language().before(paging.read_cursor(request))
    page = paging.paginate(placed, PAGE_SIZE, "published_at", owner_key)
    keys = [getattr(row, owner_key) for row in page.items]
    cards = Article.objects.published().in_language().cards().in_bulk([*keys, *also])
    return Page([cards[key] for key in keys if key in cards], page.next_cursor), cards


def _listing(
    request: HttpRequest, page: Page, context: dict[str, Any], template: str = "articles/article_list.html"
) -> HttpResponse:
    """A page of a list; past the first, `page_query` leads to it again and `older_than` tells where it begins."""
    cursor = paging.read_cursor(request)
    context = {
        "articles": page.items,
        "list_path": escape_uri_path(request.path),
        "next_cursor": page.next_cursor,
        "page_query": paging.cursor_query(request),
        "older_than": cursor[0] if cursor else None,
        "trail": [],
        **context,
    }
    return TemplateResponse(request, template, context)
