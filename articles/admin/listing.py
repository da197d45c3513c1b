"""The list of articles: tabs with counts, what stands in a row, and pages at a bounded cost."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ChangeList
from django.core.paginator import InvalidPage, Page, Paginator
from django.db import connections
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from articles.admin.bulk import BulkAdmin
from articles.admin.rights import is_editor
from articles.admin.times import time_cell
from articles.choices import Status
from articles.models import Article
from articles.models.article import LANGUAGE_CODES

TAB = "desk"
BODIES = [f"body_{code}" for code in LANGUAGE_CODES]
COUNTED = 99  # beyond this a tab says “99+”
LAST_PAGE = 2000  # nobody turns further by hand: each page costs the keys of those before it
PAGES_AHEAD = 20  # so many pages behind the one at hand are counted
SIGNS = {Status.DRAFT: "✎", Status.IN_REVIEW: "…", Status.PUBLISHED: "✓", Status.WITHDRAWN: "✕"}
Narrow = Callable[[Any, HttpRequest], Any]


@dataclass(frozen=True)
class Tab:
    """Articles that one looks for every day. `editors` says whom it is for; None means everybody."""

    name: str
    label: Any
    narrow: Narrow
    editors: bool | None = None


def _waiting(articles: QuerySet, request: HttpRequest) -> QuerySet:
    """What this person is to do next: decide, or mend what came back."""
    if is_editor(request):
        return articles.filter(status=Status.IN_REVIEW)
    return articles.filter(status=Status.DRAFT, owner=request.user).exclude(return_note="")


TABS = (
    Tab("mine", _("Mine"), lambda articles, request: articles.filter(owner=request.user), editors=True),
    Tab("waiting", _("Waiting for me"), _waiting),
    Tab(
        "scheduled",
        pgettext_lazy("articles", "Scheduled"),
        lambda articles, _request: articles.filter(status=Status.PUBLISHED, published_at__gt=timezone.now()),
    ),
    Tab("hot", _("Hot now"), lambda articles, _request: articles.published().hot()),
    Tab(
        "planned",
        pgettext_lazy("articles", "Planned"),
        lambda articles, _request: articles.filter(planned_for__isnull=False).exclude(
            status__in=(Status.PUBLISHED, Status.WITHDRAWN)
        ),
    ),
    Tab("bare", _("Without picture"), lambda articles, _request: articles.filter(picture=None)),
)


class TabFilter(admin.SimpleListFilter):
    """The tab that the address names. The list shows it as tabs, not among the filters."""

    title = _("Desk")
    parameter_name = TAB
    template = "admin/articles/article/_no_filter.html"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [(tab.name, tab.label) for tab in tabs_for(request)]

    def queryset(self, request: HttpRequest, queryset: Any) -> QuerySet:
        tab = next((tab for tab in tabs_for(request) if tab.name == self.value()), None)
        return tab.narrow(queryset, request) if tab else queryset


class LanguageFilter(admin.SimpleListFilter):
    """Articles that exist in a language, or that still lack it."""

    title = _("language")
    parameter_name = "language"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [
            ("fr", _("in French")),
            ("en", _("in English")),
            ("no-fr", _("not in French")),
            ("no-en", _("not in English")),
        ]

    def queryset(self, request: HttpRequest, queryset: Any) -> QuerySet:
        value = self.value()
        if value is None or value not in dict(self.lookup_choices):
            return queryset
        return queryset.filter(**{f"title_{value[-2:]}__isnull": value.startswith("no-")})


class BoundedPaginator(Paginator):
    """Counts as far as some pages behind the one at hand: the number of all would cost more than the page.

    The keys that are counted are those of the page as well, so a search is run once, and no wide row is sorted.
    """

    upto = PAGES_AHEAD

    @property
    def limit(self) -> int:
        """How many are counted."""
        return (self.upto + PAGES_AHEAD) * self.per_page

    @cached_property
    def keys(self) -> list[int]:
        """The keys up to one behind the limit, in the order of the list."""
        rows: Any = self.object_list
        return list(rows.values_list("pk", flat=True)[: self.limit + 1])

    @property
    def count(self) -> int:  # type: ignore[override]  # Django caches it, here the keys are
        return min(len(self.keys), self.limit)

    @property
    def is_cut(self) -> bool:
        """Whether there are more than were counted."""
        return len(self.keys) > self.limit

    def page(self, number: Any) -> Page:
        number = self.validate_number(number)
        start = (number - 1) * self.per_page
        rows: Any = self.object_list
        shown = rows.model.objects.filter(pk__in=self.keys[start : min(start + self.per_page, self.limit)])
        return Page(shown.order_by(*rows.query.order_by), number, self)


class ArticleList(ChangeList):
    """The rows of a page, without the bodies."""

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        try:  # also where all fit on one page: the keys are known by now
            rows = self.paginator.page(self.page_num).object_list
        except InvalidPage as error:
            raise IncorrectLookupParameters from error
        self.result_list = rows.select_related(*self.list_select_related).defer(*BODIES)


class ListingAdmin(BulkAdmin):
    """The list of articles: filters, thumbnails, counts."""

    list_display: Any = ("thumbnail", "headline", "state", "category", "since", "owner")
    list_display_links = ("headline",)
    list_filter: Any = (TabFilter, "status", "kind", "is_hot", LanguageFilter, "category")
    list_select_related: Any = ("category", "owner", "picture")
    sortable_by: Any = ()  # the newest first is one index; any other order would sort them all
    list_per_page = 50
    list_max_show_all = 0
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    change_list_template = "admin/articles/article/change_list.html"

    class Media:
        css = {"all": ("articles/listing.css",)}

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return ArticleList

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        context = {"tabs": self._tabs(request)} if request.method != "POST" else {}
        return super().changelist_view(request, {**context, **(extra_context or {})})

    def get_paginator(self, request: HttpRequest, queryset: Any, per_page: Any, *args: Any, **kwargs: Any) -> Paginator:
        if request.resolver_match and request.resolver_match.url_name == "autocomplete":
            return super().get_paginator(request, queryset, per_page, *args, **kwargs)
        paginator = BoundedPaginator(queryset, per_page, *args, **kwargs)
        asked = request.GET.get("p", "")
        page = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 6 else 1
        paginator.upto = min(page, LAST_PAGE)
        return paginator

    def _tabs(self, request: HttpRequest) -> list[dict[str, Any]]:
        """The tabs with their counts, all in one query."""
        tabs = tabs_for(request)
        counts = count_each([tab.narrow(self.get_queryset(request), request) for tab in tabs])
        chosen = request.GET.get(TAB)
        shown = [
            {
                "name": tab.name,
                "label": tab.label,
                "count": f"{COUNTED}+" if count > COUNTED else str(count),
                "is_chosen": tab.name == chosen,
            }
            for tab, count in zip(tabs, counts, strict=True)
        ]
        is_chosen = all(not tab["is_chosen"] for tab in shown)
        return [{"name": "", "label": pgettext_lazy("articles", "All"), "count": "", "is_chosen": is_chosen}, *shown]

    @admin.display(description=_("Picture"))
    def thumbnail(self, article: Article) -> str:
        context = {"picture": article.picture, "css": "listing__image", "use": "thumb"}
        return format_html(
            '<span class="listing__thumb">{}</span>', render_to_string("articles/_picture.html", context)
        )

    @admin.display(description=_("title"))
    def headline(self, article: Article) -> str:
        """The title with its kicker and the languages that it exists in."""
        return render_to_string("admin/articles/article/_headline.html", {"article": article})

    @admin.display(description=_("status"))
    def state(self, article: Article) -> str:
        """Sign and word, so that no one needs the colour."""
        scheduled = article.is_scheduled
        context = {
            "article": article,
            "sign": "◷" if scheduled else SIGNS[Status(article.status)],
            "state": "scheduled" if scheduled else article.status,
            "is_hot": article.is_hot_at(timezone.now()),
            "is_returned": article.status == Status.DRAFT and bool(article.return_note),
        }
        return render_to_string("admin/articles/article/_state.html", context)

    @admin.display(description=_("publication time"))
    def since(self, article: Article) -> str:
        if article.published_at is None and article.planned_for:
            return format_html("{} {}", _("planned:"), time_cell(article.planned_for))
        return time_cell(article.published_at)


def tabs_for(request: HttpRequest) -> list[Tab]:
    """The tabs of this person's list."""
    return [tab for tab in TABS if tab.editors is None or tab.editors == is_editor(request)]


def count_each(querysets: list[QuerySet]) -> list[int]:
    """How many rows each has, up to one more than COUNTED: one query of bounded index ranges."""
    parts, parameters = [], []
    for place, queryset in enumerate(querysets):
        sql, values = queryset.order_by().values("pk")[: COUNTED + 1].query.sql_with_params()
        parts.append(f"SELECT {place:d} AS place, COUNT(*) FROM ({sql}) AS tab_{place:d}")  # noqa: S608 (the ORM's own SQL)
        parameters.extend(values)
    with connections[querysets[0].db].cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), parameters)
        counts = dict(cursor.fetchall())
    return [counts[place] for place in range(len(querysets))]
