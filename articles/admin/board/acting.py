"""Acts at the board. A form gets the board back as a page, the script the same as JSON."""

import re
import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseRedirectBase
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from articles.admin.board.forms import HeatForm, TimesForm
from articles.admin.board.rights import board_page
from articles.admin.board.views import board_context, show
from articles.board import Board, Refused, Stale
from articles.board.states import standing_slots
from articles.models import Article, FrontPageChange, FrontPageSlot

KEY = re.compile(r"[0-9]{1,18}")
BLOCK = re.compile(r"[-a-zA-Z0-9_]{1,20}")
SEEN = re.compile(r"([-a-zA-Z0-9_]{1,20}):([0-9a-f]{16})")


class SeeOther(HttpResponseRedirectBase):
    """After a POST: the page to read now."""

    status_code = 303
    allowed_schemes = ["http", "https"]


class Mistyped(Exception):
    """A form holds something that cannot be stored; it is shown again with what was typed."""

    def __init__(self, form: Any) -> None:
        self.form = form


@board_page
@require_POST
def act(request: HttpRequest) -> HttpResponse:
    """Do what the button says whose value is `do`."""
    do = ACTS.get(request.POST.get("do", ""))
    if do is None:
        raise BadRequest("no such act")
    board = Board(dict(SEEN.findall(" ".join(request.POST.getlist("seen")))), _number(request))
    try:
        change = do(board, request)
    except Mistyped as mistake:
        return _answer(request, _("Please correct what is marked."), "error", open_form=mistake.form, status=422)
    except Refused as refusal:
        return _answer(request, " ".join(refusal.messages), "warning")
    return _answer(request, change.what if change else _("Nothing had to be changed."), "success")


def _place(board: Board, request: HttpRequest) -> FrontPageChange | None:
    return board.place(_article(request), _block(request), _position(request), by=request.user)


def _fix(board: Board, request: HttpRequest) -> FrontPageChange | None:
    return board.place(_article(request), _block(request), _position(request), by=request.user, pinned=True)


def _move(board: Board, request: HttpRequest) -> FrontPageChange | None:
    return board.move(_slot(request), _block(request), _position(request), by=request.user)


def _set_times(board: Board, request: HttpRequest) -> FrontPageChange | None:
    slot = _slot(request)
    form = TimesForm(slot, request.POST)
    if not form.is_valid():
        raise Mistyped(form)
    return board.set_times(slot, form.cleaned_data["starts_at"], form.cleaned_data["ends_at"], by=request.user)


def _heat(board: Board, request: HttpRequest) -> FrontPageChange | None:
    form = HeatForm(_article(request), request.POST)
    if not form.is_valid():
        raise Mistyped(form)
    return board.heat(form.article, form.cleaned_data["hot_until"], by=request.user)


def _undo(board: Board, request: HttpRequest) -> FrontPageChange | None:
    change = FrontPageChange.objects.filter(pk=_key(request, "change")).first()
    if change is None:
        raise BadRequest("no such change")
    return board.undo(change, by=request.user)


ACTS: dict[str, Callable[[Board, HttpRequest], FrontPageChange | None]] = {
    "place": _place,
    "fix": _fix,
    "move": _move,
    "up": lambda board, request: board.step(_slot(request), -1, by=request.user),
    "down": lambda board, request: board.step(_slot(request), 1, by=request.user),
    "pin": lambda board, request: board.pin(_slot(request), by=request.user),
    "unpin": lambda board, request: board.unpin(_slot(request), by=request.user),
    "times": _set_times,
    "remove": lambda board, request: board.remove(_slot(request), by=request.user),
    "heat": _heat,
    "cool": lambda board, request: board.cool(_article(request), by=request.user),
    "block_up": lambda board, request: board.shift(_block(request), -1, by=request.user),
    "block_down": lambda board, request: board.shift(_block(request), 1, by=request.user),
    "show": lambda board, request: board.show(_block(request), True, by=request.user),
    "hide": lambda board, request: board.show(_block(request), False, by=request.user),
    "undo": _undo,
}


def _number(request: HttpRequest) -> uuid.UUID | None:
    """The number of this press: of the page that was seen, and of what was sent from it."""
    try:
        page = uuid.UUID(request.POST.get("act", ""))
    except ValueError:
        return None
    sent = sorted((name, values) for name, values in request.POST.lists() if name not in ("csrfmiddlewaretoken", "q"))
    return uuid.uuid5(page, repr(sent))


def _slot(request: HttpRequest) -> FrontPageSlot:
    """The slot that is meant. Raises Stale where it is gone."""
    slot = standing_slots().select_related("article").filter(pk=_key(request, "slot")).first()
    if slot is None:
        raise Stale(_("This place is gone by now. Nothing was done; this is how the page stands."))
    return slot


def _article(request: HttpRequest) -> Article:
    article = Article.objects.filter(pk=_key(request, "article")).first()
    if article is None:
        raise Stale(_("This article is gone by now."))
    return article


def _block(request: HttpRequest) -> str:
    text = request.POST.get("block", "")
    if not BLOCK.fullmatch(text):
        raise BadRequest("no such block")
    return text


def _position(request: HttpRequest) -> int:
    return min(_key(request, "position"), 30) if request.POST.get("position") else 0


def _key(request: HttpRequest, name: str) -> int:
    text = request.POST.get(name, "")
    if not KEY.fullmatch(text):
        raise BadRequest(f"no such {name}")
    return int(text)


def _answer(request: HttpRequest, sentence: str, level: str, open_form: Any = None, status: int = 200) -> HttpResponse:
    if request.headers.get("Accept", "").startswith("application/json"):
        html = render_to_string("admin/articles/board/_board.html", board_context(request, open_form), request)
        return JsonResponse({"sentence": sentence, "level": level, "html": html})
    getattr(messages, level)(request, sentence)
    if open_form is not None:
        return show(request, status=status, open_form=open_form)
    query = request.POST.get("q", "")
    return SeeOther(reverse("board") + (f"?{urlencode({'q': query})}" if query else ""))
