"""Search at the desk, and filters that are kept: each is a queue with an address."""

import uuid
from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from comments.desk import cards
from comments.desk.filters import FilterForm, SaveForm
from comments.desk.pages import back, show
from comments.desk.queues import comments_for_cards
from comments.desk.rights import MODERATE, desk_page
from comments.desk.views import card_context
from comments.models import SavedFilter
from comments.moderation.search import Found, find

MOST_SAVED = 100


@desk_page(MODERATE)
@require_safe
def search_page(request: HttpRequest) -> HttpResponse:
    form = FilterForm(request.GET)
    save_form = SaveForm(request.user, initial={"query": form.query()})
    return _page(request, form, _("Search comments"), save_form=save_form, saved=list(_saved(request.user)))


@desk_page(MODERATE)
@require_safe
def saved_filter(request: HttpRequest, pk: int) -> HttpResponse:
    """What a kept filter finds now."""
    kept = get_object_or_404(_visible(request.user), pk=pk)
    return _page(request, FilterForm(QueryDict(kept.query)), kept.name, kept=kept)


@desk_page(MODERATE)
@require_POST
def save_filter(request: HttpRequest) -> HttpResponse:
    """Keep a filter under a name; the same name again stands for the new one."""
    form = SaveForm(request.user, request.POST)
    asked = FilterForm(QueryDict(request.POST.get("query", "")))
    if not form.is_valid() or not asked.is_valid() or not asked.is_asked:
        return _page(request, asked, _("Search comments"), save_form=form, saved=list(_saved(request.user)), code=422)
    values = {"query": asked.query(), "shared": form.cleaned_data["shared"]}
    name = form.cleaned_data["name"]
    kept, _created = SavedFilter.objects.update_or_create(by=request.user, name=name, defaults=values)
    return back(request, "desk_saved", kept.pk, done=_("The filter is kept. Its address stays the same."))


@desk_page(MODERATE)
@require_POST
def delete_filter(request: HttpRequest, pk: int) -> HttpResponse:
    """Forget a filter of one's own; that of a colleague is theirs alone."""
    get_object_or_404(SavedFilter.objects.filter(by=request.user), pk=pk).delete()
    return back(request, "desk_search", done=_("The filter is deleted."))


def saved_filters(user: Any) -> list[SavedFilter]:
    """For the desk: this person's filters and those that colleagues share."""
    return list(_saved(user))


def _saved(user: Any) -> QuerySet[SavedFilter]:
    return _visible(user).order_by("name", "pk")[:MOST_SAVED]


def _visible(user: Any) -> QuerySet[SavedFilter]:
    return SavedFilter.objects.filter(Q(by=user) | Q(shared=True)).select_related("by")


def _page(request: HttpRequest, form: FilterForm, title: str, code: int = 200, **context: Any) -> HttpResponse:
    is_valid = form.is_valid()
    found = _found(request, form) if is_valid and form.is_asked else Found()
    rows = {each.pk: each for each in comments_for_cards().filter(pk__in=found.keys)}
    shown = cards.load([rows[key] for key in found.keys if key in rows]) if rows else []
    context |= {"filter": form, "found": found, "query": form.query(), "act": uuid.uuid4(), **card_context(shown)}
    return show(request, "search", title, code if is_valid else 422, **context)


def _found(request: HttpRequest, form: FilterForm) -> Found:
    cursor = request.GET.get("before", "")
    if "\x00" in cursor:
        raise Http404("malformed cursor")
    return find(form.wanted(), cursor)
