"""Buttons that move one object to its next state, on the change form and in the list."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import ngettext

from articles.bidi import isolate
from articles.http import private_page
from articles.validators import validate_characters

NOTE_LENGTH = 1000
MOST_AT_ONCE = 200  # objects of one bulk action


@dataclass(frozen=True)
class Step:
    """A named change of state. `take(object, user)` does it and may say False for “nothing to do”."""

    name: str
    label: Any
    take: Callable[..., Any]
    permission: str
    """`publish` asks the model admin's `has_publish_permission(request, obj=None)`."""
    from_statuses: tuple[str, ...]
    asks: Any = ""
    """What is asked for before it is taken. `take` then gets the answer, never empty, as its third argument."""
    fits: Callable[[Any], bool] = lambda obj: True
    """Whether the step makes sense for an object that stands in one of `from_statuses`."""


class NoteForm(forms.Form):
    """What a step asks for."""

    note = forms.CharField(
        max_length=NOTE_LENGTH,
        validators=[validate_characters],
        widget=forms.Textarea(attrs={"rows": 5, "dir": "auto", "autofocus": True, "class": "vLargeTextField"}),
    )

    def __init__(self, step: Step, data: Any = None) -> None:
        super().__init__(data)
        self.fields["note"].label = step.asks


class StepsAdmin(admin.ModelAdmin):
    """A model admin whose objects move by steps. A step asks for its own right, not for “change”."""

    steps: tuple[Step, ...] = ()
    first_status = ""
    """Where a new object stands, so that a form for one can offer the steps from there."""
    change_form_template: str | None = "admin/steps_change_form.html"

    def __init__(self, model: type[Model], admin_site: admin.AdminSite) -> None:
        super().__init__(model, admin_site)
        self.actions = [_as_action(step) for step in self.steps]

    def get_urls(self) -> list[Any]:
        if not any(step.asks for step in self.steps):
            return super().get_urls()
        view = self.admin_site.admin_view(private_page(self.note_view), cacheable=True)
        name = f"{self.opts.app_label}_{self.opts.model_name}_step"
        return [path("<path:object_id>/step/<slug:step_name>/", view, name=name), *super().get_urls()]

    def may(self, request: HttpRequest, step: Step, obj: Any) -> bool:
        """Whether this person may take `step` on `obj`, or on a new one if it is None."""
        return getattr(self, f"has_{step.permission}_permission")(request, obj)

    def is_open(self, request: HttpRequest, step: Step, obj: Any) -> bool:
        """Whether this person may take `step` on the stored `obj` as it stands."""
        return obj.status in step.from_statuses and step.fits(obj) and self.may(request, step, obj)

    def steps_for(self, request: HttpRequest, obj: Any) -> list[Step]:
        """The steps that this person may take on `obj` where it stands, or on a new one if it is None."""
        if obj:
            return [step for step in self.steps if self.is_open(request, step, obj)]
        first = [step for step in self.steps if self.first_status in step.from_statuses]
        return [step for step in first if self.may(request, step, None)]

    def step_label(self, step: Step, obj: Any) -> Any:
        """What the button of `step` on `obj` (None: a new one) says."""
        return step.label

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        obj = kwargs.get("obj")
        context["steps"] = [replace(step, label=self.step_label(step, obj)) for step in self.steps_for(request, obj)]
        return super().render_change_form(request, context, *args, **kwargs)

    def response_add(self, request: HttpRequest, obj: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        return self._answer(request, obj) or super().response_add(request, obj, *args, **kwargs)

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        return self._answer(request, obj) or super().response_change(request, obj)

    def take(self, request: HttpRequest, step: Step, obj: Any, *answer: str) -> bool:
        """Take `step` on `obj` where this person may, log it, and say whether it was done."""
        if not self.is_open(request, step, obj) or (step.asks and not answer):
            return False
        try:
            done = step.take(obj, request.user, *answer)
        except (ValidationError, ObjectDoesNotExist):  # someone else moved it in between, or erased it
            return False
        if done is False:
            return False
        self.log_change(request, obj, str(step.label))
        return True

    def note_view(self, request: HttpRequest, object_id: str, step_name: str) -> HttpResponse:
        """The page on which a step of one object asks for its note, and takes it."""
        step = next((step for step in self.steps if step.asks and step.name == step_name), None)
        obj = self.get_object(request, object_id)
        if step is None or obj is None or not self.has_view_permission(request, obj):
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)  # type: ignore[attr-defined]
        form = NoteForm(step, request.POST if request.method == "POST" else None)
        if not self.is_open(request, step, obj):
            return self._take_and_tell(request, step, obj)  # which says why it is not done
        if form.is_valid():
            return self._take_and_tell(request, step, obj, form.cleaned_data["note"])
        return self.ask_for_note(request, step, form, [obj])

    def ask_for_note(
        self, request: HttpRequest, step: Step, form: NoteForm, objects: list[Any], **context: Any
    ) -> HttpResponse:
        """The page that asks for the note of `step` on `objects`."""
        context |= {
            **self.admin_site.each_context(request),
            "title": step.label,
            "opts": self.opts,
            "media": self.media,
            "step": step,
            "form": form,
            "objects": objects,
        }
        return TemplateResponse(request, "admin/step_note.html", context)

    def _answer(self, request: HttpRequest, obj: Any) -> HttpResponse | None:
        """Take the step whose button was pressed, say how it went, and lead back to the list."""
        step = next((step for step in self.steps if f"_step_{step.name}" in request.POST), None)
        if step is None:
            return None
        if step.asks and self.is_open(request, step, obj):
            return redirect(
                reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_step", args=[obj.pk, step.name])
            )
        return self._take_and_tell(request, step, obj)

    def _take_and_tell(self, request: HttpRequest, step: Step, obj: Any, *answer: str) -> HttpResponse:
        told = {"step": self.step_label(step, obj), "object": isolate(obj), "status": obj.get_status_display()}
        if self.take(request, step, obj, *answer):
            self.message_user(request, _("%(step)s: done, “%(object)s”.") % told, messages.SUCCESS)
        else:
            sentence = _("%(step)s: not done. “%(object)s” is “%(status)s” by now, or the step is not yours to take.")
            self.message_user(request, sentence % told, messages.ERROR)
        return self.response_post_save_change(request, obj)


class LogInline(admin.TabularInline):
    """What happened to an object so far, to be read. The rows have `at` and `by`."""

    ordering = ("-at", "-pk")
    extra = 0
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @admin.display(description=_lazy("by"))
    def who(self, row: Any) -> str:
        """The person's name, without a link to an account that few may open."""
        return str(row.by or "—")


def _as_action(step: Step) -> Callable[[StepsAdmin, HttpRequest, QuerySet[Model]], HttpResponse | None]:
    def action(model_admin: StepsAdmin, request: HttpRequest, queryset: QuerySet[Model]) -> HttpResponse | None:
        chosen = list(queryset[: MOST_AT_ONCE + 1])  # before the steps: they may leave the list's filter
        if len(chosen) > MOST_AT_ONCE:
            sentence = _("Mark at most %(count)d at once.") % {"count": MOST_AT_ONCE}
            model_admin.message_user(request, sentence, messages.WARNING)
            return None
        if not step.asks:
            _take_each(model_admin, request, step, chosen)
            return None
        if not any(model_admin.is_open(request, step, obj) for obj in chosen):
            _tell_counts(model_admin, request, step, 0, len(chosen))
            return None
        form = NoteForm(step, request.POST if "confirmed" in request.POST else None)
        if form.is_valid():
            _take_each(model_admin, request, step, chosen, form.cleaned_data["note"])
            return None
        return model_admin.ask_for_note(request, step, form, chosen, action=step.name)

    action.__name__ = step.name
    return admin.action(action, permissions=[step.permission], description=step.label)


def _take_each(model_admin: StepsAdmin, request: HttpRequest, step: Step, chosen: list[Any], *answer: str) -> None:
    done = sum(model_admin.take(request, step, obj, *answer) for obj in chosen)
    _tell_counts(model_admin, request, step, done, len(chosen) - done)


def _tell_counts(model_admin: StepsAdmin, request: HttpRequest, step: Step, done: int, left: int) -> None:
    if done:
        message = ngettext("%(step)s: %(count)d item done.", "%(step)s: %(count)d items done.", done)
        model_admin.message_user(request, message % {"step": step.label, "count": done}, messages.SUCCESS)
    if left:
        message = ngettext(
            "%(count)d was left as it is: the step is not possible there.",
            "%(count)d were left as they are: the step is not possible there.",
            left,
        )
        model_admin.message_user(request, message % {"count": left}, messages.WARNING)
