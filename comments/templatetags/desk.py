"""Words and counts on the cards of the moderation desk."""

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.wording import counted, relative_time
from comments.choices import Status
from comments.desk import telling, why
from comments.models import Sender

ICONS = {Status.PENDING: "…", Status.APPROVED: "✓", Status.REJECTED: "✕", Status.SPAM: "⊘"}

register = template.Library()
register.filter("reasons", why.reasons)
register.filter("colleague", telling.name_of)


@register.filter
def state_icon(status: str) -> str:
    """A sign for a state; its word stands beside it."""
    return ICONS[Status(status)]


@register.filter
def sender_record(sender: Sender) -> str:
    """“14 approved · 1 rejected · first seen 3 days ago”."""
    approved = ngettext("%(count)s approved", "%(count)s approved", sender.approved)
    rejected = ngettext("%(count)s rejected", "%(count)s rejected", sender.rejected + sender.spam)
    seen = _("first seen %(when)s") % {"when": relative_time(sender.first_seen)}
    parts = [counted(approved, sender.approved), counted(rejected, sender.rejected + sender.spam), seen]
    if sender.verified_at:
        parts.append(_("address confirmed"))
    return " · ".join(parts)


@register.filter
def neighbour_count(count: int) -> str:
    sentence = ngettext(
        "%(count)s other comment from the same network", "%(count)s other comments from the same network", count
    )
    return counted(sentence, count)


@register.filter
def alike_count(count: int) -> str:
    return counted(ngettext("%(count)s alike:", "%(count)s alike:", count), count)


@register.filter
def by_sender_count(count: int) -> str:
    return counted(ngettext("%(count)s by this sender:", "%(count)s by this sender:", count), count)


@register.filter
def on_article_count(count: int) -> str:
    return counted(ngettext("%(count)s on this article:", "%(count)s on this article:", count), count)


@register.filter
def reject_answers(count: int) -> str:
    sentence = ngettext("Reject %(count)s waiting reply too", "Reject %(count)s waiting replies too", count)
    return counted(sentence, count)
