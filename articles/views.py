"""The public pages of articles."""

from typing import Any

from django.db.models import Prefetch
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from articles import paging, renditions
from articles.addresses import find_filed, lead_to
from articles.forms import RELEVANCE, SearchForm
from articles.frontpage import compose
from articles.http import FOR_EVER, MEDIA_POLICY, public_page
from articles.models import Article, ArticleCategory, ArticleTag, Author, Byline, Category, Correction, Picture, Tag
from articles.models.article import LANGUAGE_CODES
from articles.querysets import PlacementQuerySet
from articles.search.cursor import read_hit, write_hit
from articles.search.find import Search, find
from articles.showing import stored_page, whole, withdrawn_on
from articles.slugs import decode_short

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
    rows = ArticleCategory.objects.filter(category=category)
    context = {
        "category": category,
        "section": category,
        "heading": category,
        "description": category.description,
        "children": category.children.order_by("position", "pk"),
    }
    return _placed_list(request, rows, context)


@public_page
def tag_detail(request: HttpRequest, slug: str) -> HttpResponse:
    tag = find_filed(Tag.objects.select_related("merged_into"), slug)
    if tag.slug != slug:
        return lead_to(request, tag)
    return _placed_list(request, ArticleTag.objects.filter(tag=tag), {"heading": tag})


@public_page
def author_detail(request: HttpRequest, slug: str) -> HttpResponse:
    author = find_filed(Author.objects.select_related("portrait"), slug)
    if author.slug != slug:
        return lead_to(request, author)
    context = {"author": author, "heading": author, "description": author.bio}
    return _placed_list(request, Byline.objects.filter(author=author), context)


@public_page
def hot_list(request: HttpRequest) -> HttpResponse:
    return _article_list(request, Article.objects.published().hot(), _("Hot events"))


@public_page
def latest_list(request: HttpRequest) -> HttpResponse:
    return _article_list(request, Article.objects.published(), _("Latest news"))


@public_page
def corrections(request: HttpRequest) -> HttpResponse:
    articles = Article.objects.only("pk", "slug", *(f"title_{code}" for code in LANGUAGE_CODES))
    rows = Correction.objects.published().prefetch_related(Prefetch("article", articles))
    page = paging.paginate(rows.before(paging.read_cursor(request)), PAGE_SIZE, "at")
    context = {"corrections": page.items, "next_cursor": page.next_cursor}
    return TemplateResponse(request, "articles/corrections.html", context)


@public_page
def search(request: HttpRequest) -> HttpResponse:
    form = SearchForm(request.GET)
    context: dict[str, Any] = {"form": form}
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


def _article_list(request: HttpRequest, articles: Any, heading: str) -> HttpResponse:
    rows = articles.in_language().cards().before(paging.read_cursor(request))
    page = paging.paginate(rows, PAGE_SIZE, "published_at")
    context = {"heading": heading, "articles": page.items, "next_cursor": page.next_cursor}
    return TemplateResponse(request, "articles/article_list.html", context)


def _placed_list(request: HttpRequest, rows: PlacementQuerySet, context: dict[str, Any]) -> HttpResponse:
    """A list read from placements: keys from one index range, then those articles' cards."""
    owner_key = f"{rows.model.owner_field}_id"
    placed = rows.live().in_language().before(paging.read_cursor(request))
    page = paging.paginate(placed, PAGE_SIZE, "published_at", owner_key)
    keys = [getattr(row, owner_key) for row in page.items]
    visible = Article.objects.published().in_language().cards().in_bulk(keys)
    context["articles"] = [visible[key] for key in keys if key in visible]
    context["next_cursor"] = page.next_cursor
    return TemplateResponse(request, "articles/article_list.html", context)
