"""Buttons that move one object to its next state, on the change form and in the list."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import ngettext

from articles.bidi import isolate


@dataclass(frozen=True)
class Step:
    """A named change of state. `take(object, user)` does it and may say False for “nothing to do”."""

    name: str
    label: Any
    take: Callable[[Any, Any], Any]
    permission: str
    """`publish` asks the model admin's `has_publish_permission(request, obj=None)`."""
    from_statuses: tuple[str, ...]


class StepsAdmin(admin.ModelAdmin):
    """A model admin whose objects move by steps. A step asks for its own right, not for “change”."""

    steps: tuple[Step, ...] = ()
    first_status = ""
    """Where a new object stands, so that a form for one can offer the steps from there."""
    change_form_template: str | None = "admin/steps_change_form.html"

    def __init__(self, model: type[Model], admin_site: admin.AdminSite) -> None:
        super().__init__(model, admin_site)
        self.actions = [_as_action(step) for step in self.steps]

    def may(self, request: HttpRequest, step: Step, obj: Any) -> bool:
        """Whether this person may take `step` on `obj`, or on a new one if it is None."""
        return getattr(self, f"has_{step.permission}_permission")(request, obj)

    def steps_for(self, request: HttpRequest, obj: Any) -> list[Step]:
        """The steps that this person may take on `obj` where it stands, or on a new one if it is None."""
        status = obj.status if obj else self.first_status
        return [step for step in self.steps if status in step.from_statuses and self.may(request, step, obj)]

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        context["steps"] = self.steps_for(request, kwargs.get("obj"))
        return super().render_change_form(request, context, *args, **kwargs)

    def response_add(self, request: HttpRequest, obj: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        return self._answer(request, obj) or super().response_add(request, obj, *args, **kwargs)

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        return self._answer(request, obj) or super().response_change(request, obj)

    def take(self, request: HttpRequest, step: Step, obj: Any) -> bool:
        """Take `step` on `obj` where this person may, log it, and say whether it was done."""
        if obj.status not in step.from_statuses or not self.may(request, step, obj):
            return False
        try:
            done = step.take(obj, request.user)
        except (ValidationError, ObjectDoesNotExist):  # someone else moved it in between, or erased it
            return False
        if done is False:
            return False
        self.log_change(request, obj, str(step.label))
        return True

    def _answer(self, request: HttpRequest, obj: Any) -> HttpResponse | None:
        """Take the step whose button was pressed, say how it went, and lead back to the list."""
        step = next((step for step in self.steps if f"_step_{step.name}" in request.POST), None)
        if step is None:
            return None
        told = {"step": step.label, "object": isolate(obj), "status": obj.get_status_display()}
        if self.take(request, step, obj):
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


def _as_action(step: Step) -> Callable[[StepsAdmin, HttpRequest, QuerySet[Model]], None]:
    def action(model_admin: StepsAdmin, request: HttpRequest, queryset: QuerySet[Model]) -> None:
        chosen = list(queryset)  # before the steps: they may leave the list's filter
        done = sum(model_admin.take(request, step, obj) for obj in chosen)
        left = len(chosen) - done
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

    action.__name__ = step.name
    return admin.action(action, permissions=[step.permission], description=step.label)
