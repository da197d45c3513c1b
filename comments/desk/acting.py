"""Acts at the desk: decide, take back, lease. A form gets a page back, the script the same as JSON."""

from collections.abc import Sequence

from django.contrib import admin, messages
from django.core.exceptions import BadRequest
from django.db.models import Max
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from comments.choices import Queue
from comments.desk import cards, recent, telling
from comments.desk.orders import MOST_AT_ONCE, TYPED_ABOVE, Order, read_act, read_order
from comments.desk.queues import comments_for_cards
from comments.desk.rights import desk_page, queues_of
from comments.desk.views import card_context
from comments.models import Comment
from comments.moderation.deciding import Result, Told, check_act, decide_all, lease, undo

MOST_CARDS = 20  # given back with an answer
MOST_SENTENCES = 5


@desk_page()
@require_POST
def decide(request: HttpRequest) -> HttpResponse:
    queues = queues_of(request.user)
    order = read_order(request)
    check_act(order.act, request.user)
    choices = order.choices(queues)
    if len(choices) > TYPED_ABOVE and order.typed() != len(choices):
        return _ask_for_count(request, order, len(choices))
    told = decide_all(choices, order.verdict(request.user, queues))
    return _answer(request, telling.decided(told, order.to), told)


@desk_page()
@require_POST
def undo_act(request: HttpRequest) -> HttpResponse:
    asked = read_act(request) if request.POST.get("act") else None
    act = recent.act_to_undo(request.user, asked)
    told = undo(act, request.user) if act else []
    return _answer(request, telling.undone(told), told, with_done=True)


@desk_page()
@require_POST
def lease_comment(request: HttpRequest) -> HttpResponse:
    text = request.POST.get("pk", "")
    if not (text.isascii() and text.isdigit() and len(text) < 19):
        raise BadRequest("no such number")
    holder = lease(int(text), request.user, queues_of(request.user))
    return JsonResponse({"mine": holder == request.user, "by": telling.name_of(holder) if holder else ""})


def is_by_script(request: HttpRequest) -> bool:
    return request.headers.get("Accept", "").startswith("application/json")


def card_html(request: HttpRequest, keys: Sequence[int]) -> dict[int, str]:
    """The cards of those of `keys` that this person decides on, by key."""
    found = comments_for_cards().filter(pk__in=keys[:MOST_CARDS], queue__in=queues_of(request.user))
    context = card_context([])
    return {
        card.comment.pk: render_to_string("admin/comments/desk/_card.html", {**context, "card": card}, request)
        for card in cards.load(list(found.order_by("rank", "submitted_at", "pk")))
    }


def _ask_for_count(request: HttpRequest, order: Order, count: int) -> HttpResponse:
    """Nothing is done yet: a decision on so many is typed, not pressed."""
    if is_by_script(request):
        return JsonResponse({"confirm": count}, status=409)
    kept = [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if name not in ("csrfmiddlewaretoken", "typed", "upto")
    ]
    upto = request.POST.get("upto") or Comment.objects.aggregate(last=Max("pk"))["last"]
    context = {
        **admin.site.each_context(request),
        "title": _("Are all of these meant?"),
        "question": telling.question(count, order.to),
        "kept": [*kept, ("upto", upto)] if order.is_wide else kept,
        "is_cut": count == MOST_AT_ONCE,
        "is_wrong": "typed" in request.POST,
        "queue": request.POST.get("queue", ""),
    }
    return TemplateResponse(request, "admin/comments/desk/count.html", context)


def _answer(request: HttpRequest, sentence: str, told: Sequence[Told], *, with_done: bool = False) -> HttpResponse:
    if not is_by_script(request):
        return _with_messages(request, sentence, told)
    refused = [each for each in told if each.result not in (Result.DONE, Result.AGAIN)]
    back = [each.pk for each in (told if with_done else refused)]
    html = card_html(request, back)
    rows = [
        {"pk": each.pk, "result": each.result, "sentence": telling.refusal(each), "card": html.get(each.pk, "")}
        for each in (told if with_done else refused)
    ]
    return JsonResponse({"sentence": sentence, "told": rows})


def _with_messages(request: HttpRequest, sentence: str, told: Sequence[Told]) -> HttpResponse:
    refused = [each for each in told if each.result not in (Result.DONE, Result.AGAIN)]
    if sentence:
        messages.success(request, sentence)
    for each in refused[:MOST_SENTENCES]:
        messages.warning(request, telling.refusal(each))
    if len(refused) > MOST_SENTENCES:
        messages.warning(request, telling.more_refused(len(refused) - MOST_SENTENCES))
    return redirect(_way_back(request), permanent=False)


def _way_back(request: HttpRequest) -> str:
    found = request.POST.get("back", "")  # a search, a saved filter
    if found.startswith(reverse("desk")) and url_has_allowed_host_and_scheme(found, allowed_hosts=None):
        return found
    queue = request.POST.get("queue", "")
    known = queue in queues_of(request.user)
    return f"{reverse('desk')}?queue={Queue(queue).value}" if known else reverse("desk")
