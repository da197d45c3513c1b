"""Passing a comment to the editor-in-chief, and keeping it for legal reasons: a form with a note for each."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from articles.validators import validate_characters
from comments.desk.pages import back, show
from comments.desk.rights import MODERATE, desk_page
from comments.models import Comment

HOLD = "comments.hold_legally"


class NoteForm(forms.Form):
    """Why; whoever reads the log will want to know."""

    note = forms.CharField(
        label=gettext_lazy("Note"),
        max_length=2000,
        validators=[validate_characters],
        widget=forms.Textarea({"rows": 3, "autofocus": True}),
    )


@desk_page(MODERATE)
@require_http_methods(["GET", "HEAD", "POST"])
def escalate(request: HttpRequest, pk: int) -> HttpResponse:
    """Pass the comment to the editor-in-chief, with a note."""
    return _noted(request, pk, Comment.escalate, _("Pass to the editor-in-chief"))


@desk_page(HOLD)
@require_http_methods(["GET", "HEAD", "POST"])
def hold_legally(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep the comment for legal reasons: nobody deletes it or changes its text."""
    return _noted(request, pk, Comment.hold_legally, _("Keep for legal reasons"))


@desk_page(HOLD)
@require_http_methods(["GET", "HEAD", "POST"])
def release_legally(request: HttpRequest, pk: int) -> HttpResponse:
    return _noted(request, pk, Comment.release_legally, _("End the legal hold"))


def _noted(request: HttpRequest, pk: int, take: Callable[..., bool], title: str) -> HttpResponse:
    comment = get_object_or_404(Comment.objects.select_related("article"), pk=pk)
    form = NoteForm(request.POST or None)
    if not form.is_valid():
        return _ask(request, comment, form, title)
    told: dict[str, Any] = {"refused": _("Nothing changed: it was so already.")}
    if take(comment, request.user, form.cleaned_data["note"]):
        told = {"done": _("Done, and noted in the log.")}
    return back(request, "desk", **told)


def _ask(request: HttpRequest, comment: Comment, form: NoteForm, title: str) -> HttpResponse:
    return show(request, "note", title, 422 if form.errors else 200, comment=comment, form=form)
