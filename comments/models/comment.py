"""Comments: what a reader wrote, where it stands, and the only ways from there."""

import uuid
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Case, F, ProtectedError, Q, Value, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.arabic import fold, stems
from articles.bidi import isolate
from articles.models import Article
from articles.wording import shorten
from comments.choices import Cause, Outcome, Queue, Reason, Status
from comments.html import comment_html
from comments.learning.ranks import NEUTRAL, STEADY, rank_of, ranked_again
from comments.models.decision import Decision
from comments.models.keeping import HELD, Kept, cascade_unless_held
from comments.models.learning import Feature, Likeness
from comments.models.rule import WordRule
from comments.privacy import EncryptedEmailField, SealedAddress, address_digest, digest
from comments.querysets import CommentManager
from comments.signals import comments_changed
from comments.text import MAX_NAME, MAX_TEXT
from comments.triggers.counting import take_turn

REPEAT_WINDOW = 3600  # seconds


class RevisionChanged(Exception):
    """The comment is not the text that was decided on: it changed meanwhile."""


class Comment(Kept):
    """What a reader wrote under an article. New ones are pending until someone decides."""

    Status = Status

    article = models.ForeignKey(
        Article, verbose_name=_("article"), on_delete=cascade_unless_held, related_name="comments"
    )
    parent = models.ForeignKey(
        "self",
        verbose_name=_("in reply to"),
        null=True,
        blank=True,
        on_delete=cascade_unless_held,
        related_name="replies",
    )
    name = models.CharField(_("name"), max_length=MAX_NAME)
    email = EncryptedEmailField(_("e-mail"), blank=True)  # empty for the newsroom's own, and after the time of keeping
    email_digest = models.CharField(max_length=64, editable=False)
    text = models.TextField(_("comment"), max_length=MAX_TEXT)
    html = models.TextField(editable=False, blank=True)  # made at approval, so that reading costs nothing
    folded = models.TextField(editable=False, blank=True)  # stems of the name, a line break, stems of the text
    text_digest = models.CharField(max_length=64, editable=False)  # of the folded text: finds repeats
    submission_digest = models.CharField(max_length=64, unique=True, null=True, editable=False)
    status = models.CharField(_("status"), max_length=20, choices=Status, default=Status.PENDING, editable=False)
    submitted_at = models.DateTimeField(_("submitted"), default=timezone.now, editable=False)
    staff = models.BooleanField(_("by the newsroom"), default=False, editable=False)
    language = models.CharField(max_length=2, editable=False, default="ar", db_default="ar")  # of the page it came from
    ip_digest = models.CharField(max_length=64, editable=False, blank=True, default="", db_default="")
    network = models.CharField(_("network"), max_length=50, editable=False, blank=True, default="", db_default="")

    # At the desk
    queue = models.CharField(_("queue"), max_length=10, choices=Queue, blank=True, editable=False)
    # Among those of its queue, the smallest first: hot events, then in the learner's order.
    rank = models.PositiveSmallIntegerField(default=STEADY + NEUTRAL, editable=False)
    revision = models.PositiveIntegerField(default=1, editable=False)  # of the text
    edited = models.BooleanField(_("edited by a moderator"), default=False, editable=False)
    rule = models.ForeignKey(
        WordRule,
        verbose_name=_("word rule"),
        null=True,
        on_delete=models.SET_NULL,
        editable=False,
        related_name="comments",
    )
    lease_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, editable=False, related_name="+"
    )
    lease_until = models.DateTimeField(null=True, editable=False)
    reports_reviewed = models.PositiveIntegerField(default=0, editable=False)  # up to which revision
    legal_hold = models.BooleanField(_("kept for legal reasons"), default=False, editable=False)
    group = models.BigIntegerField(null=True, editable=False)  # the first of those that are alike
    score = models.FloatField(null=True, editable=False)  # the learner's: 0 is like the approved, 1 like the refused
    signs = models.JSONField(default=list, editable=False)  # the learner's strongest reasons for it

    # Kept by the database itself (comments/triggers.py); never written from here
    answers = models.PositiveIntegerField(default=0, db_default=0, editable=False)  # approved ones
    opens_thread = models.GeneratedField(
        expression=Case(
            When(Q(parent=None) & (Q(status=Status.APPROVED) | Q(answers__gt=0)), then=Value(True)),
            default=Value(False),
        ),
        output_field=models.BooleanField(),
        db_persist=True,
    )

    objects = CommentManager()

    KEPT_BY_TRIGGERS = frozenset({"answers"})

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        permissions = [
            ("see_address", _("Can see the full e-mail address of a comment’s sender")),
            ("decide_escalated", _("Can decide on comments passed to the editor-in-chief")),
            ("hold_legally", _("Can keep comments for legal reasons")),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(status__in=Status.values), name="comment_status_is_known"),
            models.CheckConstraint(condition=Q(queue__in=["", *Queue.values]), name="comment_queue_is_known"),
            models.CheckConstraint(
                condition=~Q(status=Status.PENDING) | ~Q(queue=""), name="pending_comment_waits_in_a_queue"
            ),
            models.CheckConstraint(
                condition=Q(parent=None) | ~Q(parent=models.F("id")), name="comment_does_not_answer_itself"
            ),
            models.CheckConstraint(
                condition=~Q(status=Status.APPROVED) | ~Q(html=""), name="approved_comment_has_its_html"
            ),
        ]
        indexes = [
            # the threads of /news/<pk>/ and /news/<pk>/comments/
            models.Index(fields=["article", "opens_thread", "-submitted_at", "-id"], name="comment_threads"),
            # the answers of a thread, in the order they came
            models.Index(fields=["parent", "status", "submitted_at", "id"], name="comment_answers"),
            # the feed of a discussion; the desk, for one article
            models.Index(fields=["article", "status", "-submitted_at", "-id"], name="comment_page"),
            # the admin's list; whole, because counting a partial one is a scan
            models.Index(fields=["status", "-submitted_at", "-id"], name="comment_status"),
            # the desk's queues, and the age of the oldest in each
            models.Index(fields=["queue", "rank", "submitted_at", "id"], name="comment_queue"),
            models.Index(fields=["queue", "submitted_at", "id"], name="comment_queue_age"),
            # everything by one sender, from one network, from one connection
            models.Index(fields=["email_digest", "-submitted_at"], name="comment_sender"),
            models.Index(fields=["network", "-submitted_at"], name="comment_network"),
            models.Index(fields=["ip_digest", "-submitted_at"], name="comment_connection"),
            # the same text sent again; those that are alike
            models.Index(fields=["text_digest", "-submitted_at"], name="comment_repeat"),
            models.Index(fields=["group", "status"], name="comment_group"),
        ]

    def __str__(self) -> str:
        return f"{isolate(self.name)}: {isolate(shorten(self.text, 60))}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store the comment with what follows from its text and status.

        Raises ValidationError where it answers another article's comment, or an answer.
        """
        fields = kwargs.get("update_fields")
        if fields is None or {"parent", "article"} & set(fields):
            self.clean()
        followed = self.prepare()
        if fields is not None:
            kwargs["update_fields"] = {*fields, *followed}
        elif not self._state.adding and not kwargs.get("force_insert"):
            kwargs["update_fields"] = self._writable_fields()
        with transaction.atomic():
            take_turn()
            super().save(*args, **kwargs)
            comments_changed.send(sender=type(self), articles=frozenset([self.article_id]))

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """As Django's. Raises ProtectedError where it, or an answer, is kept for legal reasons."""
        if self.legal_hold:
            raise ProtectedError(HELD, {self})
        with transaction.atomic():
            take_turn()
            Feature.objects.forget(self)
            deleted = super().delete(*args, **kwargs)
            comments_changed.send(sender=type(self), articles=frozenset([self.article_id]))
        return deleted

    def clean(self) -> None:
        if self.parent and self.parent.article_id != self.article_id:
            raise ValidationError({"parent": _("The comment you answer belongs to another article.")})
        if self.parent and self.parent.parent_id:
            raise ValidationError({"parent": _("Answers to answers are not nested any deeper.")})

    def prepare(self) -> tuple[str, ...]:
        """Fill what follows from text, status and address; gives the names of those columns but the address's."""
        folded = fold(self.text)
        self.text_digest = digest("text", folded or self.text)
        self.folded = f"{' '.join(stems(self.name))}\n{' '.join(stems(folded))}"
        self.html = comment_html(self.text) if self.status == Status.APPROVED else ""
        if self.status == Status.PENDING:
            self.queue = self.queue or Queue.FIRST
        elif self.queue not in (Queue.REPORTED, Queue.ESCALATED):
            self.queue = ""
        self.rank = ranked_again(self.rank, self.score, self.queue)
        if "email" not in self.get_deferred_fields() and not isinstance(self.email, SealedAddress):
            self.email_digest = address_digest(self.email) if self.email else ""
        return ("text_digest", "folded", "html", "queue", "rank")

    def _writable_fields(self) -> set[str]:
        left = self.get_deferred_fields() | self.KEPT_BY_TRIGGERS
        return {
            field.name for field in self._meta.concrete_fields if self._may_write(field) and field.attname not in left
        }

    @staticmethod
    def _may_write(field: models.Field) -> bool:
        return not (field.primary_key or field.generated)

    def submission(self) -> str:
        """What tells this submission from others: equal for a double click, for an hour."""
        window = int(self.submitted_at.timestamp()) // REPEAT_WINDOW
        parts = (self.article_id, self.parent_id, address_digest(self.email), fold(self.text) or self.text, window)
        return digest("submission", *map(str, parts))

    def receive(self, status: str, reason: Reason, **why: Any) -> None:
        """Store a reader's submission with the policy's decision, in one transaction.

        `why` is what `DecisionManager.record` takes beside: the rule, its span, a detail. Raises
        IntegrityError where the same submission is stored already.
        """
        self.submission_digest = self.submission()
        self.status = status
        with transaction.atomic():
            self._ask_learner()
            self.save(force_insert=True)
            decision = Decision.objects.record(self, "", reason, by=None, **why)
            Likeness.objects.mark(self)
            self.messages.announce(self, decision)

    def _ask_learner(self) -> None:
        """Let the learner say what it thinks, for the order of the desk alone: the status stands already."""
        weight = Feature.objects.weigh(self.text)
        if weight:
            self.score, self.signs = weight
        self.rank = rank_of(hot=is_hot(self.article), score=self.score, queue=self.queue)

    # Deciding: each of these logs who did it, and says whether anything changed. All take, beside the
    # actor, `act` (the key press that this is part of), `seen` (the revision decided on) and `note`.

    def approve(self, by: Any, **how: Any) -> bool:
        """Show it under the article. False where someone had approved it already."""
        return self.decide(Status.APPROVED, by, **how)

    def reject(self, by: Any, note: str = "", **how: Any) -> bool:
        """Keep it from readers, or take it back. False where it was rejected already."""
        return self.decide(Status.REJECTED, by, note=note, **how)

    def mark_spam(self, by: Any, **how: Any) -> bool:
        """File it as spam. False where it was there already."""
        return self.decide(Status.SPAM, by, **how)

    def hold(self, by: Any, **how: Any) -> bool:
        """Put it back into the queue. False where it is waiting there already."""
        return self.decide(Status.PENDING, by, **how)

    def decide(
        self,
        to: str,
        by: Any,
        *,
        note: str = "",
        cause: Cause | str = "",
        act: uuid.UUID | None = None,
        seen: int | None = None,
        reason: Reason = Reason.MODERATOR,
        queue: str = "",
    ) -> bool:
        """Bring it to the status `to`; `queue` says where it waits then. False where nothing is to be done.

        Raises RevisionChanged where the text is not the one `seen`, Comment.DoesNotExist where it
        was erased meanwhile, PassedOn where it waits for the editor-in-chief and `by` is none.
        """
        with transaction.atomic():
            take_turn()
            stored = type(self).objects.select_for_update().exclude(text="").get(pk=self.pk)
            if seen is not None and seen != stored.revision:
                raise RevisionChanged
            if stored.status == to and (to == Status.PENDING or not stored.queue) and not queue:
                self.status, self.queue = stored.status, stored.queue
                return False
            stored.refuse_strangers(by, reason)
            before, from_queue = stored.status, stored.queue
            stored.status, stored.queue = to, queue or (Queue.KNOWN if to == Status.PENDING else "")
            stored.lease_by = stored.lease_until = None
            stored._close_reports(act)
            stored.save(update_fields=["status", "reports_reviewed", "lease_by", "lease_until"])
            stored._count_for_rule(before)
            decision = Decision.objects.record(
                stored, before, reason, by=by, note=note, cause=cause, act=act, from_queue=from_queue
            )
            Feature.objects.follow(stored)
            stored.messages.announce(stored, decision)
        for name in ("status", "html", "queue", "rank", "reports_reviewed", "lease_by", "lease_until"):
            setattr(self, name, getattr(stored, name))
        return True

    def _close_reports(self, act: uuid.UUID | None) -> None:
        """Readers' open reports are answered by any decision on what they reported."""
        outcome = Outcome.DISMISSED if self.status == Status.APPROVED else Outcome.UPHELD
        if self.status != Status.PENDING and self.reports.filter(outcome=Outcome.OPEN).update(outcome=outcome, act=act):
            self.reports_reviewed = self.revision

    def _count_for_rule(self, before: str) -> None:
        """A rule's hit that a person approves as it was is one that it should not have made."""
        change = (self.status == Status.APPROVED) - (before == Status.APPROVED)
        if self.rule_id and change and not self.edited:
            WordRule.objects.filter(pk=self.rule_id).update(overturned=F("overturned") + change)


def is_hot(article: Article) -> bool:
    """Whether the article's hot flag is up and has not ended."""
    return article.is_hot and (article.hot_until is None or article.hot_until > timezone.now())
