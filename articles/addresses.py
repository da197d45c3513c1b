"""Which category, tag or author an address names, and where an old one leads."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from articles import paging
from articles.arabic import fold
from articles.models import FormerSlug
from articles.slugs import make_slug

LONGEST = 500  # letters, of a name in any spelling that might be meant


def find_filed(things: QuerySet, slug: str) -> Any:
    """What `slug` names among `things`; Http404 where it never named any.

    Where it is a former slug, another spelling or a merged tag's, what is found has another slug:
    its page is elsewhere. That takes a second query, which the current slug does not need.
    """
    if len(slug) > LONGEST:
        raise Http404("no slug is that long")
    found = things.filter(slug=slug).first() or _find_elsewhere(things, slug)
    if found is None:
        raise Http404("no such slug")
    return getattr(found, "merged_into", None) or found


def lead_to(request: HttpRequest, thing: Any) -> HttpResponse:
    """A redirect for good to the page of `thing`, at the same place of its list."""
    return redirect(thing.get_absolute_url() + paging.cursor_query(request), permanent=True)


def _find_elsewhere(things: QuerySet, slug: str) -> Any:
    model: Any = things.model
    spelled = make_slug(slug)
    former = FormerSlug.objects.of_kind(model.slug_kind()).filter(slug__in={slug, spelled})
    # A union, because neither database takes two indexes for an OR across tables.
    keys = former.values(model.slug_kind()).union(model._base_manager.filter(model.spelled(slug)).values("pk"))
    found = things.filter(pk__in=keys)
    # A slug that is in use goes before one that was, and that before a name of another spelling.
    return min(
        found, key=lambda thing: (thing.slug != spelled, getattr(thing, "folded", "") == fold(slug)), default=None
    )
