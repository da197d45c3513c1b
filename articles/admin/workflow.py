"""Steps with their notes, links for directors, and what the list and the form say of both."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles.admin.links import ApprovalAdmin
from articles.admin.steps import Step
from articles.bidi import isolate
from articles.choices import Status
from articles.models import Article, StatusChange

STEPS = (
    Step("submit", _("Submit for review"), Article.submit, "submit", (Status.DRAFT,)),
    Step("publish", _("Publish"), Article.publish, "publish", (Status.DRAFT, Status.IN_REVIEW, Status.WITHDRAWN)),
    Step(
        "return",
        _("Return to draft"),
        Article.return_to_draft,
        "publish",
        (Status.IN_REVIEW, Status.WITHDRAWN),
        asks=_("What should the journalist change?"),
    ),
    Step(
        "unschedule",
        _("Take off the schedule"),
        Article.unschedule,
        "publish",
        (Status.PUBLISHED,),
        fits=lambda article: article.is_scheduled,
    ),
    Step(
        "withdraw",
        _("Withdraw"),
        Article.withdraw,
        "publish",
        (Status.PUBLISHED,),
        asks=_("Why is it withdrawn?"),
        fits=lambda article: article.is_visible,
    ),
)


class WorkflowAdmin(ApprovalAdmin):
    """Steps with their notes, links for directors, and what the list and the form say of both."""

    class Media:
        css = {"all": ("articles/workflow.css",)}
        js = ("articles/workflow.js",)

    def step_label(self, step: Step, obj: Any) -> Any:
        """The button that publishes says when readers will see it; the script follows the field of the form."""
        return publish_label(obj.published_at if obj else None) if step.name == "publish" else step.label

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        obj = kwargs.get("obj")
        context["return_note"] = obj.return_note if obj and obj.status == Status.DRAFT else ""
        context["may_ask_a_director"] = bool(obj) and self.may_issue(request, obj)
        return super().render_change_form(request, context, *args, **kwargs)


def publish_label(at: datetime | None) -> str:
    """What the button says that publishes an article whose time is `at`."""
    if at is None:
        return gettext("Publish now")
    shown = {"time": date_format(timezone.localtime(at), "DATETIME_FORMAT")}
    if at > timezone.now():
        return gettext("Schedule for %(time)s") % shown
    return gettext("Publish, dated %(time)s") % shown


def actors(row: StatusChange) -> str:
    """Who took a step; for one that a director decided by a link, that name and whose link it was."""
    if not row.director:
        return str(row.by or "—")
    told = {"director": isolate(row.director), "user": isolate(row.by)}
    return gettext("%(director)s, by a link of %(user)s") % told
