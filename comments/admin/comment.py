"""Comments: read and decided."""

from typing import Any

from django.conf import settings
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _

from articles.admin.steps import LogInline, Step, StepsAdmin
from articles.admin.times import time_cell
from articles.wording import shorten
from comments.choices import Status
from comments.html import paragraphs
from comments.models import Comment, Decision
from comments.models.history import write_history
from comments.moderation.search import matching_keys


def _all_but(status: Status) -> tuple[str, ...]:
    return tuple(value for value in Status.values if value != status)


class DecisionInline(LogInline):
    model = Decision
    fields = readonly_fields = ("at", "who", "from_status", "to_status", "reason", "note")


@admin.register(Comment)
class CommentAdmin(StepsAdmin):
    """Comments are read and decided here, never written or changed."""

    change_form_template = "admin/comments/comment/change_form.html"
    steps = (
        Step("approve", _("Approve"), Comment.approve, "moderate", _all_but(Status.APPROVED)),
        Step("reject", _("Reject"), Comment.reject, "moderate", _all_but(Status.REJECTED)),
        Step("spam", _("Mark as spam"), Comment.mark_spam, "moderate", _all_but(Status.SPAM)),
        Step("hold", _("Put back into the queue"), Comment.hold, "moderate", _all_but(Status.PENDING)),
    )
    list_display = ("excerpt", "sender", "article", "status", "since")
    list_filter = ("status",)
    search_fields = ("folded",)
    ordering = ("-submitted_at", "-pk")
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    list_per_page = 50
    fields = ("card", "sender", "page", "in_reply_to", "status", "submitted_at")
    readonly_fields = fields
    inlines = (DecisionInline,)

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        bodies = [f"article__body_{code}" for code, _name in settings.LANGUAGES]
        comments = super().get_queryset(request).select_related("article", "parent")
        return comments.defer("email", "parent__email", *bodies)

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:
        """By the desk's own index, in every spelling; among the newest that match."""
        if not search_term.strip():
            return queryset, False
        return queryset.filter(pk__in=matching_keys(search_term)), False

    def lookup_allowed(self, lookup: str, value: Any, request: HttpRequest) -> bool:
        """Only what the filters make: any other address could ask for hashes digit by digit."""
        return lookup in ("status", "status__exact")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_moderate_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm("comments.change_comment")

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """Without name and text, which may have to be erased."""
        return write_history(request.user, obj, str(message))

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Nothing of the form is stored: only the steps change a comment."""

    def change_view(self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None) -> Any:
        hidden = {"show_save": False, "show_save_and_continue": False, "show_save_and_add_another": False}
        return super().change_view(request, object_id, form_url, {**(extra_context or {}), **hidden})

    @admin.display(description=_("comment"))
    def excerpt(self, comment: Comment) -> str:
        return format_html('<bdi dir="auto">{}</bdi>', shorten(comment.text, 90))

    @admin.display(description=_("comment"))
    def card(self, comment: Comment) -> str:
        return _card(comment)

    @admin.display(description=_("submitted"), ordering="submitted_at")
    def since(self, comment: Comment) -> str:
        return time_cell(comment.submitted_at)

    @admin.display(description=_("name"), ordering="name")
    def sender(self, comment: Comment) -> str:
        return format_html("<bdi>{}</bdi>", comment.name)

    @admin.display(description=_("article"))
    def page(self, comment: Comment) -> str:
        article = comment.article
        return format_html('<a href="{}"><bdi>{}</bdi></a>', article.get_absolute_url(), article)

    @admin.display(description=_("in reply to"))
    def in_reply_to(self, comment: Comment) -> str:
        if not comment.parent:
            return "—"
        return _card(comment.parent)


def _card(comment: Comment) -> str:
    """The text as it was typed, each paragraph in its own direction."""
    rows = format_html_join("", '<p dir="auto">{}</p>', ((part,) for part in paragraphs(comment.text)))
    return format_html('<div class="comment-card">{}</div>', rows)
