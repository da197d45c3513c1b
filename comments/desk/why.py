"""Why a comment is at the desk, in words: never a bare tag."""

from collections.abc import Iterator

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.bidi import isolate
from articles.wording import counted
from comments.choices import Queue, Reason
from comments.desk.cards import Card
from comments.models import Decision


def reasons(card: Card) -> list[str]:
    """Sentences, the one that matters most first."""
    return list(_reasons(card))


def link_count(count: int) -> str:
    """“two links”."""
    return counted(ngettext("%(count)s link", "%(count)s links", count), count)


def report_count(count: int) -> str:
    """“3 reports”."""
    return counted(ngettext("%(count)s report by readers", "%(count)s reports by readers", count), count)


def _reasons(card: Card) -> Iterator[str]:
    if card.comment.queue == Queue.ESCALATED and card.latest:
        yield _escalated(card.latest)
    if card.complaints:
        yield report_count(sum(count for _reason, count in card.complaints))
    if card.verdict:
        yield _verdict(card, card.verdict)
    if card.is_first and not _says_first(card):
        yield _("The first comment from this address")


def _says_first(card: Card) -> bool:
    return card.verdict is not None and card.verdict.reason == Reason.HELD


def _escalated(decision: Decision) -> str:
    words = {"name": isolate(decision.by), "note": isolate(decision.note)}
    if decision.note:
        return _("Passed on by %(name)s: %(note)s") % words
    return _("Passed on by %(name)s") % words


def _verdict(card: Card, verdict: Decision) -> str:
    """What the policy's step said, with the phrase or the number that it met."""
    if verdict.reason == Reason.RULE:
        return _rule(verdict)
    if verdict.reason == Reason.LINKS and verdict.detail.isascii() and verdict.detail.isdigit():
        return capfirst(link_count(int(verdict.detail[:6])))
    if verdict.reason == Reason.HELD and card.is_first:
        return _("The first comment from this address")
    return capfirst(str(verdict.get_reason_display()))


def _rule(verdict: Decision) -> str:
    phrase = verdict.detail or (verdict.rule.phrase if verdict.rule else "")
    if not phrase:
        return _("A word rule that is gone by now met it")
    return _("Word rule: “%(phrase)s”") % {"phrase": isolate(phrase)}
