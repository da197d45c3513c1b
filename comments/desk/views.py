"""The pages of the desk that are read: a queue, more of its cards, what is new, and one's own last decisions."""

import uuid
from datetime import datetime
from typing import Any

from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from articles.wording import counted, grouped
from comments.choices import TOLD, Cause, Queue
from comments.desk import cards, recent
from comments.desk.queues import MOST_NEW, PAGE_SIZE, arrived, first_waiting, queue_page, read_place, waiting
from comments.desk.rights import desk_page, queues_of


@desk_page()
@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    queues = queues_of(request.user)
    tallies = waiting(queues)
    queue = _asked_queue(request) if "queue" in request.GET else first_waiting(tallies)
    shown = _cards(request, queue)
    context = {
        **admin.site.each_context(request),
        "title": _("Moderation desk"),
        "desk_home": True,
        "tallies": tallies,
        "queue": queue,
        "opened": timezone.now(),
        "act": uuid.uuid4(),
        **card_context(shown),
        "after": shown[-1].place if len(shown) == PAGE_SIZE else "",
    }
    return TemplateResponse(request, "admin/comments/desk/desk.html", context)


@desk_page()
@require_safe
def more_cards(request: HttpRequest) -> HttpResponse:
    """The cards behind a place in a queue, without the page around them: the script keeps some in store."""
    shown = _cards(request, _asked_queue(request))
    return TemplateResponse(request, "admin/comments/desk/_cards.html", card_context(shown))


@desk_page()
@require_safe
def news(request: HttpRequest) -> HttpResponse:
    """What came to a queue since it was opened, and how much waits in each: two short queries."""
    count = arrived(_asked_queue(request), _since(request))
    tallies = {each.queue.value: grouped(each.count) for each in waiting(queues_of(request.user))}
    return JsonResponse({"new": count, "sentence": new_count(count), "queues": tallies})


@desk_page()
@require_safe
def recent_acts(request: HttpRequest) -> HttpResponse:
    context = {
        **admin.site.each_context(request),
        "title": _("My last decisions"),
        "acts": recent.acts_of(request.user),
    }
    return TemplateResponse(request, "admin/comments/desk/recent.html", context)


def card_context(shown: list[cards.Card]) -> dict[str, Any]:
    """What `_card.html` and `_cards.html` ask for."""
    causes = [{"value": each.value, "label": each.label, "is_told": each in TOLD} for each in Cause]
    return {"cards": shown, "causes": causes}


def new_count(count: int) -> str:
    """“12 new”."""
    if count >= MOST_NEW:
        return _("Very many new")
    return counted(ngettext("%(count)s new", "%(count)s new", count), count)


def _cards(request: HttpRequest, queue: Queue) -> list[cards.Card]:
    after = read_place(request.GET.get("after", ""))
    return cards.load(queue_page(queue, request.user, after))


def _asked_queue(request: HttpRequest) -> Queue:
    """The queue that the address names. Raises Http404 where there is none such for this person."""
    name = request.GET.get("queue", "")
    if name not in queues_of(request.user):
        raise Http404("no such queue")
    return Queue(name)


def _since(request: HttpRequest) -> datetime:
    try:
        moment = parse_datetime(request.GET.get("since", ""))
    except ValueError:
        moment = None
    if moment is None or timezone.is_naive(moment):
        raise Http404("malformed moment")
    return moment
