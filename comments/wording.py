"""Counts of comments in words."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.wording import counted


def comment_count(count: int) -> str:
    """“3 comments”. Arabic has six forms, of which none, one and two carry no digit."""
    if not count:
        return _("No comments")
    return counted(ngettext("%(count)s comment", "%(count)s comments", count), count)


def all_answers(count: int) -> str:
    """“All 57 answers”: the way to the rest of a long thread."""
    return counted(ngettext("The only answer", "All %(count)s answers", count), count)
