"""Letters from readers: read, answered, closed, and turned into a correction."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from articles.admin.folded import first_words
from articles.admin.times import time_cell
from articles.bidi import drop_controls
from articles.choices import CorrectionKind
from articles.validators import validate_characters
from articles.wording import shorten
from newsroom.choices import LetterState
from newsroom.models import ReaderLetter
from newsroom.models.letters import NO_NOTE

LONGEST_NOTE = 1000


class WordsField(forms.CharField):
    """Some lines of the newsroom."""

    def __init__(self, max_length: int, rows: int, **kwargs: Any) -> None:
        widget = forms.Textarea(attrs={"rows": rows, "dir": "auto", "maxlength": max_length})
        super().__init__(max_length=max_length, widget=widget, validators=[validate_characters], **kwargs)

    def clean(self, value: Any) -> str:
        return super().clean(drop_controls((value or "").replace("\r\n", "\n")))


class AnswerForm(forms.Form):
    """What the newsroom answers."""

    text = WordsField(5000, 8, label=_("answer"), error_messages={"required": _("Write the answer first.")})


class CorrectionForm(forms.Form):
    """The note that the article gets."""

    kind = forms.ChoiceField(label=_("kind"), choices=CorrectionKind)
    note = WordsField(
        LONGEST_NOTE,
        4,
        label=_("note on the article"),
        error_messages={"required": NO_NOTE},
    )


class EmptyForm(forms.Form):
    """A button alone."""


@admin.register(ReaderLetter)
class ReaderLetterAdmin(admin.ModelAdmin):
    """Nothing of a letter is changed; what is done with it are the methods of the model."""

    list_display = ("number", "kind", "about", "sender", "since", "state")
    list_filter = ("state", "kind")
    search_fields = ("text", "name")
    readonly_fields = ("at", "answered_at")
    ordering = ("-at", "-pk")
    list_per_page = 50
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        bodies = [f"article__body_{code}" for code, _name in settings.LANGUAGES]
        letters = super().get_queryset(request).select_related("article", "answered_by", "correction")
        return letters.defer("email", *bodies)

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:
        return super().get_search_results(request, queryset, first_words(search_term))

    def lookup_allowed(self, lookup: str, value: Any, request: HttpRequest) -> bool:
        """Only what the filters make: any other address could ask for hashes digit by digit."""
        return lookup in ("state", "state__exact", "kind", "kind__exact")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @admin.display(description=_("letter"), ordering="pk")
    def number(self, letter: ReaderLetter) -> str:
        return f"#{letter.pk}"

    @admin.display(description=_("about"))
    def about(self, letter: ReaderLetter) -> str:
        return format_html('<bdi dir="auto">{}</bdi>', letter.article or shorten(letter.text, 90))

    @admin.display(description=_("name"), ordering="name")
    def sender(self, letter: ReaderLetter) -> str:
        return format_html("<bdi>{}</bdi>", letter.name or "—")

    @admin.display(description=_("when"), ordering="at")
    def since(self, letter: ReaderLetter) -> str:
        return time_cell(letter.at)

    def get_urls(self) -> list[Any]:
        acts: dict[str, Callable[..., HttpResponse]] = {
            "answer": self.answer_view,
            "close": self.close_view,
            "reopen": self.reopen_view,
            "correct": self.correct_view,
        }
        urls = [
            path(f"<int:pk>/{name}/", self.admin_site.admin_view(view), name=f"newsroom_readerletter_{name}")
            for name, view in acts.items()
        ]
        return [*urls, *super().get_urls()]

    def change_view(self, request: HttpRequest, object_id: str, *args: Any, **kwargs: Any) -> HttpResponse:
        """The letter, and what may be done with it."""
        if request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(["GET", "HEAD"])
        if not self.has_view_permission(request):
            raise PermissionDenied
        letter = self.get_object(request, object_id)
        if letter is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)  # type: ignore[attr-defined]
        return self._page(request, letter)

    def answer_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        def act(letter: ReaderLetter, data: dict[str, Any]) -> None:
            letter.answer_with(data["text"], by=request.user)

        return self._act(request, pk, "answer", act, _("The letter is answered."))

    def close_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        def act(letter: ReaderLetter, data: dict[str, Any]) -> None:
            letter.close(by=request.user)

        return self._act(request, pk, "close", act, _("The letter is closed."))

    def reopen_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        def act(letter: ReaderLetter, data: dict[str, Any]) -> None:
            letter.reopen(by=request.user)

        return self._act(request, pk, "reopen", act, _("The letter is open again."))

    def correct_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        def act(letter: ReaderLetter, data: dict[str, Any]) -> None:
            letter.correct(data["kind"], data["note"], by=request.user)

        return self._act(request, pk, "correct", act, _("The article carries the note. Tell the reader."))

    def _act(self, request: HttpRequest, pk: int, name: str, act: Callable[..., None], done: Any) -> HttpResponse:
        """Do `act` with the form called `name`; a form that is wrong comes back with what was typed."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        if not self.has_change_permission(request):
            raise PermissionDenied
        letter = self.get_object(request, str(pk))
        if letter is None:
            raise Http404
        form = _form(name, letter, request.POST)
        if not form.is_valid():
            return self._page(request, letter, {name: form}, status=422)
        try:
            act(letter, form.cleaned_data)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(request, str(done))
        return redirect("admin:newsroom_readerletter_change", pk)

    def _page(
        self, request: HttpRequest, letter: ReaderLetter, sent: dict[str, forms.Form] | None = None, status: int = 200
    ) -> HttpResponse:
        may_correct = letter.article and not letter.correction and request.user.has_perm("articles.add_correction")
        context = {
            **self.admin_site.each_context(request),
            "title": str(letter),
            "opts": self.opts,
            "letter": letter,
            "is_open": letter.state == LetterState.OPEN,
            "may_act": self.has_change_permission(request),
            "may_correct": bool(may_correct),
            **{f"{name}_form": _form(name, letter) for name in ("answer", "correct")},
            **{f"{name}_form": form for name, form in (sent or {}).items()},
        }
        return TemplateResponse(request, "admin/newsroom/readerletter/letter.html", context, status=status)


def _form(name: str, letter: ReaderLetter, data: Any = None) -> forms.Form:
    """The form of an act; its fields are named after the act, as several stand on one page."""
    if name == "answer":
        return AnswerForm(data, prefix=name, initial={"text": letter.answer})
    return CorrectionForm(data, prefix=name) if name == "correct" else EmptyForm(data)
