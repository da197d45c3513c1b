"""The pages of the board that are read: the board, what a search found, the page at a chosen time."""

import uuid
from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from articles.admin.board import cards
from articles.admin.board.forms import HeatForm, MomentForm
from articles.admin.board.rights import board_page
from articles.admin.search import search_articles
from articles.choices import Status
from articles.frontpage import compose
from articles.models import Article

MOST_FOUND = 12
MOST_LETTERS = 200


@board_page
@require_safe
def board(request: HttpRequest) -> HttpResponse:
    return show(request)


@board_page
@require_safe
def found(request: HttpRequest) -> HttpResponse:
    """What a search found, without the page around it: for the script, which asks while someone types."""
    return TemplateResponse(request, "admin/articles/board/_found.html", board_context(request))


@board_page
@require_safe
def preview(request: HttpRequest) -> HttpResponse:
    """The front page as readers will see it at a chosen time, scheduled articles and times of slots included."""
    form = MomentForm(request.GET)
    if not form.is_valid():
        return show(request, moment_form=form, status=422)
    context = {"page": compose(form.cleaned_data["at"]), "at": form.cleaned_data["at"]}
    return TemplateResponse(request, "admin/articles/board/preview.html", context)


def show(request: HttpRequest, status: int = 200, **context: Any) -> HttpResponse:
    """The whole board. `context` may bring forms that were sent with a mistake."""
    context = {
        **admin.site.each_context(request),
        "title": _("Front page board"),
        "moment_form": MomentForm(initial={"at": timezone.now()}),
        **board_context(request, context.pop("open_form", None)),
        **context,
    }
    return TemplateResponse(request, "admin/articles/board/board.html", context, status=status)


def board_context(request: HttpRequest, open_form: Any = None) -> dict[str, Any]:
    """What `_board.html` and `_found.html` ask for."""
    sight = cards.look(open_form)
    query = (request.GET.get("q") or request.POST.get("q") or "").strip()[:MOST_LETTERS]
    return {
        "sight": sight,
        "log": cards.log(),
        "act": uuid.uuid4(),
        "query": query,
        "found": _found(query, sight) if query else [],
    }


def _found(query: str, sight: cards.Sight) -> list[cards.Card]:
    """Published and scheduled articles that hold the words, the newest first, and where each stands already."""
    articles = search_articles(Article.objects.filter(status=Status.PUBLISHED).cards(), query)
    return [
        cards.Card(article, why=sight.standing.get(article.pk, ""), heat=HeatForm(article))
        for article in articles.order_by("-published_at", "-pk")[:MOST_FOUND]
    ]
