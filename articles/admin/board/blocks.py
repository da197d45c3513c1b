"""Blocks: one of the editors' own is made, and any is given another length or another filling."""

from typing import Any

from django.contrib import admin, messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from articles.admin.board.forms import BlockForm
from articles.admin.board.rights import board_page
from articles.bidi import isolate
from articles.board import Board, Refused
from articles.board.states import version_now
from articles.layout import Plan, plan_page
from articles.models import FrontPageBlock


@board_page
@require_http_methods(["GET", "HEAD", "POST"])
def add_block(request: HttpRequest) -> HttpResponse:
    form = BlockForm(None, request.POST or None)
    if form.is_valid():
        change = Board().add_block(form.cleaned_data, by=request.user)
        messages.success(request, change.what if change else "")
        return redirect("board")
    return _show(request, form, _("New block"))


@board_page
@require_http_methods(["GET", "HEAD", "POST"])
def change_block(request: HttpRequest, key: str) -> HttpResponse:
    plan = next((plan for plan in plan_page() if plan.key == key), None)
    if plan is None:
        raise Http404("no such block")
    form = BlockForm(plan, request.POST or None, instance=_row(plan))
    title = _("Block “%(block)s”") % {"block": isolate(plan.name)}
    seen = request.POST.get("seen") or version_now(key)
    if "delete" in request.POST or form.is_valid():
        try:
            return _keep(request, plan, form, Board({key: seen}))
        except Refused as refusal:
            form.add_error(None, refusal)
            # What was typed stays in the form; sent again, it is meant for the block as it stands now.
            seen = version_now(key)
    return _show(request, form, title, plan=plan, seen=seen)


def _keep(request: HttpRequest, plan: Plan, form: BlockForm, board: Board) -> HttpResponse:
    if "delete" in request.POST:
        change = board.delete_block(plan.key, by=request.user)
    else:
        values = {name: value for name, value in form.cleaned_data.items() if name in form.fields}
        change = board.set_up(plan.key, values, by=request.user)
    messages.success(request, change.what if change else _("Nothing had to be changed."))
    return redirect("board")


def _row(plan: Plan) -> FrontPageBlock:
    """The block's row, or what it has without one."""
    return plan.row or FrontPageBlock(key=plan.key, size=plan.size, filling=plan.filling, category=plan.category)


def _show(request: HttpRequest, form: BlockForm, title: str, **context: Any) -> HttpResponse:
    status = 422 if form.is_bound else 200
    context = {**admin.site.each_context(request), "title": title, "form": form, **context}
    return TemplateResponse(request, "admin/articles/board/block.html", context, status=status)
