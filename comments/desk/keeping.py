"""Passing a comment to the editor-in-chief, and keeping it for legal reasons: a form with a note for each."""

import uuid
from collections.abc import Callable

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
from comments.moderation.deciding import check_act

HOLD = "comments.hold_legally"


class NoteForm(forms.Form):
    """Why; whoever reads the log will want to know."""

    act = forms.UUIDField(required=False, widget=forms.HiddenInput)
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
    form = NoteForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        code = 422 if form.is_bound else 200
        return show(request, "note", title, code, comment=comment, form=form, act=_act_to_undo(take))
    act = form.cleaned_data["act"]
    if act:
        check_act(act, request.user)
    if take(comment, request.user, form.cleaned_data["note"], act=act):
        return back(request, "desk", comment=pk, done=_("Done, and noted in the log."))
    return back(request, "desk", comment=pk, refused=_("Nothing changed: it was so already."))


def _act_to_undo(take: Callable[..., bool]) -> uuid.UUID | None:
    """A number for the act where the key of undoing takes it back; a legal hold is ended with a note of its own."""
    return uuid.uuid4() if take is Comment.escalate else None
