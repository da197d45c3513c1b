"""Which state a new comment gets, and why. Editors change their minds here, nowhere else."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import Count, Q
from django.utils import timezone

from articles.arabic import fold
from articles.models import Author
from comments.choices import Action, Mode, Queue, Reason, Status
from comments.client import is_local
from comments.models import Ban, Comment, CommentSettings, Sender, WordRule
from comments.opening import mode_for
from comments.privacy import digest
from comments.rules import Hit, load_rules
from comments.rules.links import count_links
from comments.rules.lookalikes import unmask

RATE_WINDOW = timedelta(minutes=10)
SENDERS_BEHIND_ONE_CONNECTION = 10  # telephone networks give thousands of readers one address
REPEAT_WINDOW = timedelta(days=30)
LEAST_REPEATED = 3  # words; «شكرا لكم» is nobody's text
STATUS_OF = {Action.HOLD: Status.PENDING, Action.REJECT: Status.REJECTED, Action.SPAM: Status.SPAM}
SEVERITY = [Action.REJECT, Action.SPAM, Action.HOLD]


class FloodError(Exception):
    """More comments came from this sender or connection than the settings allow."""


@dataclass(frozen=True)
class Verdict:
    """The state of a new comment and the step of the policy that gave it.

    `rule` is the key of the word rule and `detail` its phrase, or a number that the step counted.
    A rule without a span met the name, otherwise `text[span_start:span_end]`.
    """

    status: Status
    reason: Reason
    queue: str = ""
    rule: int | None = None
    span_start: int | None = None
    span_end: int | None = None
    detail: str = ""


def decide(comment: Comment, *, honeypot: bool = False, proved: bool = False, mode: Mode | None = None) -> Verdict:
    """The first step that has something to say decides; otherwise the mode of the article.

    `comment` is not stored yet. `honeypot` tells that the field which readers do not see came filled
    in, `proved` that this browser holds the proof of the address, `mode` spares the question how the
    article takes comments. Raises FloodError where nothing more is taken from this sender for now.
    """
    case = _Case(comment, proved)
    if case.settings.check_rate:
        _refuse_floods(case)  # first: a program that falls into the trap may not fill the table either
    if honeypot and case.settings.check_honeypot:
        return Verdict(Status.SPAM, Reason.HONEYPOT)
    for switch, step in STEPS:
        verdict = step(case) if getattr(case.settings, switch) else None
        if verdict:
            return verdict
    if (mode or mode_for(comment.article)) == Mode.POST:
        return Verdict(Status.APPROVED, Reason.POST_MODERATED)
    return Verdict(Status.PENDING, Reason.HELD, case.usual_queue)


def receive(comment: Comment, verdict: Verdict) -> None:
    """Store `comment` as the policy decided, and count the rule's hit, in one transaction.

    Raises IntegrityError where the same submission is stored already.
    """
    with transaction.atomic():
        rule = verdict.rule if verdict.rule and WordRule.count_hit(verdict.rule) else None
        comment.rule_id, comment.queue = rule, verdict.queue
        span = {"span_start": verdict.span_start, "span_end": verdict.span_end}
        comment.receive(verdict.status, verdict.reason, rule_id=rule, detail=verdict.detail, **span)


class _Case:
    """A comment and what the steps look up about it, each thing once."""

    def __init__(self, comment: Comment, proved: bool) -> None:
        comment.prepare()
        self.comment, self.proved, self.now = comment, proved, timezone.now()

    @cached_property
    def settings(self) -> CommentSettings:
        return CommentSettings.load()

    @cached_property
    def sender(self) -> Sender:
        """The sender as known so far; without a key where this is the first comment."""
        return Sender.objects.filter(email_digest=self.comment.email_digest).first() or Sender()

    @property
    def usual_queue(self) -> Queue:
        return Queue.KNOWN if self.sender.approved else Queue.FIRST


Step = Callable[[_Case], Verdict | None]


def _refuse_floods(case: _Case) -> None:
    """Counted from what is stored, so that a restart forgives nothing."""
    comment, limit = case.comment, case.settings.rate_limit
    by_address = Q(email_digest=comment.email_digest)
    is_told_apart = comment.ip_digest and not is_local(comment.network)
    by_connection = Q(ip_digest=comment.ip_digest) if is_told_apart else Q(pk=None)
    recent = Comment.objects.filter(by_address | by_connection, submitted_at__gt=case.now - RATE_WINDOW)
    counts = recent.aggregate(address=Count("pk", filter=by_address), connection=Count("pk", filter=by_connection))
    if counts["address"] >= limit or counts["connection"] >= limit * SENDERS_BEHIND_ONE_CONNECTION:
        raise FloodError


def _staff_name(case: _Case) -> Verdict | None:
    """A reader may not sign as one of the newsroom."""
    name = _plain(case.comment.name)
    words = fold(unmask(case.comment.name)).split()
    accounts = get_user_model().objects.filter(is_staff=True, is_active=True)
    known = {
        _plain(each)
        for first, last, username in accounts.values_list("first_name", "last_name", "username")
        for each in (f"{first} {last}", f"{last} {first}", username)
    }
    authors = Author.objects.filter(*(Q(folded_text__contains=word) for word in words))
    known |= {_plain(each) for author in authors for each in author.written("name")}
    return _held(Reason.STAFF_NAME) if name and name in known else None


def _word_rules(case: _Case) -> Verdict | None:
    comment, rules = case.comment, load_rules()
    place = (comment.article_id, comment.article.category_id, case.now)
    in_name = [hit for hit in rules.hits(comment.name) if hit.rule.in_force(*place)]
    in_text = [hit for hit in rules.hits(comment.text) if hit.rule.in_force(*place)]
    hit = min([*in_name, *in_text], key=_severity, default=None)
    if hit is None:
        return None
    status = STATUS_OF[Action(hit.rule.action)]
    span = (None, None) if hit in in_name else (hit.start, hit.end)
    queue = Queue.RULE if status == Status.PENDING else ""
    return Verdict(status, Reason.RULE, queue, hit.rule.key, *span, detail=hit.rule.phrase)


def _links(case: _Case) -> Verdict | None:
    count = count_links(case.comment.text)
    return _held(Reason.LINKS, str(count)) if count > case.settings.max_links else None


def _repeat(case: _Case) -> Verdict | None:
    """The same text from anybody, in any spelling."""
    if len(fold(case.comment.text).split()) < LEAST_REPEATED:
        return None
    earlier = Comment.objects.filter(
        text_digest=case.comment.text_digest, submitted_at__gt=case.now - REPEAT_WINDOW
    ).exists()
    return _held(Reason.REPEAT) if earlier else None


def _ban(case: _Case) -> Verdict | None:
    comment = case.comment
    who = Q(sender__email_digest=comment.email_digest)
    if comment.network:
        who |= Q(network=comment.network)
    where = Q(article=None, category=None) | Q(article=comment.article_id) | Q(category=comment.article.category_id)
    in_time = Q(until=None) | Q(until__gt=case.now)
    banned = Ban.objects.filter(who, where, in_time, lifted_at=None).exists()
    return Verdict(Status.REJECTED, Reason.BANNED) if banned else None


def _always_held(case: _Case) -> Verdict | None:
    return _held(Reason.ALWAYS_HELD) if case.sender.always_hold else None


def _recent_rejections(case: _Case) -> Verdict | None:
    """What people rejected, not what the policy did, nor what its writer took back."""
    since = case.now - timedelta(days=case.settings.rejection_days)
    refused = (Status.REJECTED, Status.SPAM)
    count = (
        Comment.objects.filter(email_digest=case.comment.email_digest, status__in=refused)
        .filter(
            decisions__at__gt=since,
            decisions__to_status__in=refused,
            decisions__by__isnull=False,
            decisions__reason=Reason.MODERATOR,
        )
        .values("pk")
        .distinct()
        .count()
    )
    return _held(Reason.RECENT_REJECTIONS, str(count)) if count else None


def _trusted(case: _Case) -> Verdict | None:
    """Trust belongs to a confirmed address in a browser that confirmed it; a sample is read all the same."""
    if not (case.proved and case.sender.is_trusted(case.settings)):
        return None
    if is_sampled(case.comment, case.settings.sample_percent):
        return Verdict(Status.PENDING, Reason.SAMPLE, Queue.SAMPLE)
    return Verdict(Status.APPROVED, Reason.TRUSTED)


# Each with the setting that switches it off.
STEPS: tuple[tuple[str, Step], ...] = (
    ("check_rules", _word_rules),
    ("check_names", _staff_name),
    ("check_links", _links),
    ("check_repeats", _repeat),
    ("check_senders", _ban),
    ("check_senders", _always_held),
    ("check_rejections", _recent_rejections),
    ("trust_senders", _trusted),
)


def is_sampled(comment: Comment, percent: int) -> bool:
    """Whether the prepared `comment` is one of the `percent` in a hundred; the same for the same, known to nobody."""
    chance = digest("sample", comment.email_digest, comment.text_digest, str(comment.article_id))
    return int(chance[:8], 16) % 100 < percent


def _held(reason: Reason, detail: str = "") -> Verdict:
    return Verdict(Status.PENDING, reason, Queue.RULE, detail=detail)


def _severity(hit: Hit) -> int:
    return SEVERITY.index(Action(hit.rule.action))


def _plain(name: str) -> str:
    """A name as it is compared: without spelling, look-alikes and spaces."""
    return "".join(fold(unmask(name)).split())
