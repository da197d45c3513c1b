"""The two things that are written at the desk: what is masked in a text, and the newsroom's answer to it."""

import uuid
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from comments.choices import Queue, Status
from comments.desk.acting import card_html, is_by_script
from comments.desk.pieces import links_of, pieces
from comments.desk.rights import desk_page, queues_of
from comments.models import Comment, RevisionChanged
from comments.moderation import editing
from comments.moderation.answering import answer, signature
from comments.moderation.deciding import check_act
from comments.text import MAX_TEXT

Methods = require_http_methods(["GET", "HEAD", "POST"])


class MaskForm(forms.Form):
    """Words of the text, by their place, and whether links go."""

    act = forms.UUIDField(widget=forms.HiddenInput)
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    words = forms.MultipleChoiceField(
        required=False, widget=forms.CheckboxSelectMultiple, label=gettext_lazy("Words to mask")
    )
    strip_links = forms.BooleanField(required=False, label=gettext_lazy("Take out the links"))

    def __init__(self, comment: Comment, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        text = comment.text
        places = [(f"{start}-{end}", text[start:end]) for start, end in editing.words(text)]
        self.fields["words"].choices = places  # type: ignore[attr-defined]
        if not links_of(text):
            del self.fields["strip_links"]

    def spans(self) -> list[editing.Span]:
        """The places of the words that were chosen."""
        return [tuple(map(int, word.split("-"))) for word in self.cleaned_data["words"]]


class ReplyForm(forms.Form):
    """The newsroom's answer."""

    act = forms.UUIDField(widget=forms.HiddenInput)
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    text = forms.CharField(
        label=gettext_lazy("Reply"), max_length=MAX_TEXT, widget=forms.Textarea(attrs={"rows": 5, "dir": "auto"})
    )
    approve = forms.BooleanField(required=False, label=gettext_lazy("Approve the comment as well"))

    def __init__(self, comment: Comment, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if comment.status == Status.APPROVED:
            del self.fields["approve"]


@desk_page()
@Methods
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    comment = _comment(request, pk)
    form = MaskForm(comment, _data(request), initial=_start(comment))
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        check_act(values["act"], request.user)
        how = {"act": values["act"], "seen": values["seen"], "strip_links": values.get("strip_links", False)}
        try:
            editing.mask(comment.pk, form.spans(), request.user, **how)
        except RevisionChanged:
            form.add_error(None, _("The text changed meanwhile. Read it again and decide then."))
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return _done(request, comment, _("The words are masked; readers see that the text was edited."))
    return _page(request, comment, form, _("Mask words"))


@desk_page()
@Methods
def reply(request: HttpRequest, pk: int) -> HttpResponse:
    comment = _comment(request, pk)
    form = ReplyForm(comment, _data(request), initial=_start(comment))
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        check_act(values["act"], request.user)
        how = {"act": values["act"], "seen": values["seen"] if values.get("approve") else None}
        try:
            answer(comment, values["text"], request.user, queues=queues_of(request.user), **how)
        except ValidationError as error:
            form.add_error("text" if getattr(error, "code", "") != "hidden" else None, error)
        else:
            return _done(request, comment, _("Your reply is published."))
    return _page(request, comment, form, _("Reply"))


def _comment(request: HttpRequest, pk: int) -> Comment:
    """The comment, where it is this person's to write on: waiting in a queue of theirs, or decided already."""
    queues = queues_of(request.user)
    comment = Comment.objects.select_related("article").filter(pk=pk).first()
    decided = ("",) if Queue.REPORTED in queues else ()
    if comment is None or comment.queue not in (*queues, *decided):
        raise Http404("no such comment")
    return comment


def _data(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _start(comment: Comment) -> dict[str, Any]:
    return {"act": uuid.uuid4(), "seen": comment.revision}


def _done(request: HttpRequest, comment: Comment, sentence: str) -> HttpResponse:
    if is_by_script(request):
        cards = card_html(request, [comment.pk])
        return JsonResponse({"sentence": sentence, "pk": comment.pk, "card": cards.get(comment.pk, "")})
    messages.success(request, sentence)
    return redirect(f"{reverse('desk')}?queue={comment.queue}" if comment.queue else reverse("desk"))


def _page(request: HttpRequest, comment: Comment, form: forms.Form, title: str) -> HttpResponse:
    """The form on a page of its own; for the script, without the page around it."""
    context = {
        **admin.site.each_context(request),
        "title": title,
        "form": form,
        "comment": comment,
        "paragraphs": pieces(comment.text),
        "signature": signature(request.user),
        "address": request.path,
    }
    part = "part" in request.GET or is_by_script(request)
    template = "admin/comments/desk/_writing.html" if part else "admin/comments/desk/writing.html"
    status = 422 if form.is_bound else 200
    return TemplateResponse(request, template, context, status=status)
