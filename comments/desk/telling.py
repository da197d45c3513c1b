"""What the desk says after an act: what was done, and why something was not."""

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.bidi import isolate
from articles.wording import counted, relative_time
from comments.choices import Status
from comments.moderation.deciding import Result, Told


def decided(told: Sequence[Told], to: Status) -> str:
    """“3 comments approved.” What a first request did counts when it is sent again; empty where nothing was done."""
    results = Counter(each.result for each in told)
    count = results[Result.DONE] + results[Result.AGAIN]
    return counted(DECIDED[to](count), count) if count else ""


def undone(told: Sequence[Told]) -> str:
    """“Taken back: 3 comments.”"""
    count = sum(each.result is Result.DONE for each in told)
    if count:
        return counted(ngettext("Taken back: %(count)s comment.", "Taken back: %(count)s comments.", count), count)
    return "" if told else _("There is nothing to take back.")


def refusal(told: Told) -> str:
    """Why one decision was not taken; empty where it was."""
    if told.result is Result.CHANGED:
        return _("The text changed meanwhile. Read it again and decide then.")
    if told.result is Result.GONE:
        return _("This comment is not here any more.")
    if told.result is Result.LATE:
        return _late(told)
    return ""


def more_refused(count: int) -> str:
    sentence = ngettext("%(count)s more comment was not decided.", "%(count)s more comments were not decided.", count)
    return counted(sentence, count)


def question(count: int, to: Status) -> str:
    """What stands above the field in which the count is typed back."""
    sentence = {
        Status.APPROVED: ngettext("Approve %(count)s comment?", "Approve %(count)s comments?", count),
        Status.REJECTED: ngettext("Reject %(count)s comment?", "Reject %(count)s comments?", count),
        Status.SPAM: ngettext("Mark %(count)s comment as spam?", "Mark %(count)s comments as spam?", count),
    }[to]
    return counted(sentence, count)


def name_of(person: Any) -> str:
    """A colleague's name, set apart from the words around it."""
    return isolate(person.get_full_name() or person.get_username())


def _late(told: Told) -> str:
    earlier = told.earlier
    if earlier is None or earlier.by is None:
        return _("This comment does not wait any more.")
    words = {
        "name": name_of(earlier.by),
        "when": relative_time(earlier.at),
        "what": earlier.get_reason_display(),
        "state": earlier.get_to_status_display(),
    }
    return _("%(name)s was first, %(when)s: “%(state)s” (%(what)s).") % words


def _approved(count: int) -> str:
    return ngettext("%(count)s comment approved.", "%(count)s comments approved.", count)


def _rejected(count: int) -> str:
    return ngettext("%(count)s comment rejected.", "%(count)s comments rejected.", count)


def _spam(count: int) -> str:
    return ngettext("%(count)s comment marked as spam.", "%(count)s comments marked as spam.", count)


DECIDED: dict[Status, Callable[[int], str]] = {
    Status.APPROVED: _approved,
    Status.REJECTED: _rejected,
    Status.SPAM: _spam,
}
