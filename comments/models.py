"""Comments, the log of what was decided about them, and the policy that decides first."""

import hashlib
from typing import Any, NoReturn

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.arabic import fold
from articles.bidi import isolate
from articles.models import Article, Category
from articles.wording import shorten
from comments.choices import Mode, Reason, Status
from comments.html import comment_html
from comments.privacy import EncryptedEmailField, SealedAddress, address_digest, digest
from comments.querysets import CommentManager, DecisionQuerySet
from comments.signals import comments_changed
from comments.text import MAX_NAME, MAX_TEXT

REPEAT_WINDOW = 3600  # seconds


class Comment(models.Model):
    """What a reader wrote under an article. New ones are pending until someone decides."""

    Status = Status

    article = models.ForeignKey(Article, verbose_name=_("article"), on_delete=models.CASCADE, related_name="comments")
    parent = models.ForeignKey(
        "self",
        verbose_name=_("in reply to"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="replies",
    )
    name = models.CharField(_("name"), max_length=MAX_NAME)
    email = EncryptedEmailField(_("e-mail"))
    email_digest = models.CharField(max_length=64, editable=False)
    text = models.TextField(_("comment"), max_length=MAX_TEXT)
    html = models.TextField(editable=False, blank=True)  # made at approval, so that reading costs nothing
    text_digest = models.CharField(max_length=64, editable=False)  # of the folded text: finds repeats
    submission_digest = models.CharField(max_length=64, unique=True, null=True, editable=False)
    status = models.CharField(_("status"), max_length=20, choices=Status, default=Status.PENDING, editable=False)
    submitted_at = models.DateTimeField(_("submitted"), default=timezone.now, editable=False)

    objects = CommentManager()

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        constraints = [
            models.CheckConstraint(condition=models.Q(status__in=Status.values), name="comment_status_is_known"),
            models.CheckConstraint(
                condition=models.Q(parent=None) | ~models.Q(parent=models.F("id")),
                name="comment_does_not_answer_itself",
            ),
            models.CheckConstraint(
                condition=~models.Q(status=Status.APPROVED) | ~models.Q(html=""),
                name="approved_comment_has_its_html",
            ),
        ]
        indexes = [
            # /news/<pk>/ and /news/<pk>/comments/
            models.Index(fields=["article", "status", "-submitted_at", "-id"], name="comment_page"),
            # the moderators' queue; whole, because counting a partial one is a scan
            models.Index(fields=["status", "-submitted_at", "-id"], name="comment_queue"),
            # everything by one sender
            models.Index(fields=["email_digest", "-submitted_at"], name="comment_sender"),
            # the same text sent again
            models.Index(fields=["text_digest", "-submitted_at"], name="comment_repeat"),
        ]

    def __str__(self) -> str:
        return f"{isolate(self.name)}: {isolate(shorten(self.text, 60))}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store the comment with its hashes and, where it is approved, its HTML.

        Raises ValidationError where it answers another article's comment, or an answer.
        """
        fields = kwargs.get("update_fields")
        if fields is None or {"parent", "article"} & set(fields):
            self.clean()
        self.text_digest = digest("text", fold(self.text) or self.text)
        self.html = comment_html(self.text) if self.status == Status.APPROVED else ""
        if fields is not None:
            kwargs["update_fields"] = {*fields, "text_digest", "html"}
        if "email" not in self.get_deferred_fields() and not isinstance(self.email, SealedAddress):
            self.email_digest = address_digest(self.email)
        with transaction.atomic():
            super().save(*args, **kwargs)
            comments_changed.send(sender=type(self), articles=frozenset([self.article_id]))

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        with transaction.atomic():
            deleted = super().delete(*args, **kwargs)
            comments_changed.send(sender=type(self), articles=frozenset([self.article_id]))
        return deleted

    def clean(self) -> None:
        if self.parent and self.parent.article_id != self.article_id:
            raise ValidationError({"parent": _("The comment you answer belongs to another article.")})
        if self.parent and self.parent.parent_id:
            raise ValidationError({"parent": _("Answers to answers are not nested any deeper.")})

    def submission(self) -> str:
        """What tells this submission from others: equal for a double click, for an hour."""
        window = int(self.submitted_at.timestamp()) // REPEAT_WINDOW
        parts = (self.article_id, self.parent_id, address_digest(self.email), fold(self.text) or self.text, window)
        return digest("submission", *map(str, parts))

    def receive(self, status: str, reason: Reason) -> None:
        """Store a reader's submission with the policy's decision, in one transaction.

        Raises IntegrityError where the same submission is stored already.
        """
        self.submission_digest = self.submission()
        self.status = status
        with transaction.atomic():
            self.save(force_insert=True)
            Decision.objects.record(self, "", reason, by=None)

    # Deciding: each of these logs who did it, and says whether anything changed

    def approve(self, by: Any) -> bool:
        """Show it under the article. False where someone had approved it already."""
        return self._decide(Status.APPROVED, by)

    def reject(self, by: Any, note: str = "") -> bool:
        """Keep it from readers, or take it back. False where it was rejected already."""
        return self._decide(Status.REJECTED, by, note)

    def mark_spam(self, by: Any) -> bool:
        """File it as spam. False where it was there already."""
        return self._decide(Status.SPAM, by)

    def hold(self, by: Any) -> bool:
        """Put it back into the queue. False where it is waiting there already."""
        return self._decide(Status.PENDING, by)

    def _decide(self, to: str, by: Any, note: str = "") -> bool:
        with transaction.atomic():
            stored = type(self).objects.select_for_update().get(pk=self.pk)
            if stored.status == to:
                self.status = stored.status
                return False
            before, stored.status = stored.status, to
            stored.save(update_fields=["status"])
            Decision.objects.record(stored, before, Reason.MODERATOR, by=by, note=note)
        self.status, self.html = stored.status, stored.html
        return True


class DecisionManager(models.Manager.from_queryset(DecisionQuerySet)):  # type: ignore[misc]
    """Writes the log."""

    def record(self, comment: Comment, before: str, reason: Reason, by: Any, note: str = "") -> "Decision":
        """Add that `comment` came from `before` (empty: it is new) to its present status.

        `by` is None for the policy.
        """
        return self.create(
            comment=comment,
            by=by,
            from_status=before,
            to_status=comment.status,
            reason=reason,
            note=note,
            text_hash=hashlib.sha256(comment.text.encode()).hexdigest(),
        )


class Decision(models.Model):
    """One act of a person or of the policy. Never changed, and it outlives its comment."""

    comment = models.ForeignKey(
        Comment,
        verbose_name=_("comment"),
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        related_name="decisions",
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("by"),
        null=True,
        on_delete=models.PROTECT,
        related_name="comment_decisions",
    )
    from_status = models.CharField(_("from"), max_length=20, choices=Status, blank=True)
    to_status = models.CharField(_("to"), max_length=20, choices=Status)
    reason = models.CharField(_("reason"), max_length=30, choices=Reason)
    note = models.TextField(_("note"), blank=True)
    text_hash = models.CharField(_("hash of the text"), max_length=64)
    at = models.DateTimeField(_("when"), auto_now_add=True)

    objects = DecisionManager()

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")

    def __str__(self) -> str:
        return self.get_to_status_display()

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError("The decision log is append-only.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise TypeError("The decision log is append-only.")


class Policy(models.Model):
    """How comments are taken: for one article, for a main category, or for the whole site."""

    article = models.OneToOneField(
        Article,
        verbose_name=_("article"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="comment_policy",
    )
    category = models.OneToOneField(
        Category,
        verbose_name=_("category"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="comment_policy",
    )
    mode = models.CharField(_("how comments are shown"), max_length=10, choices=Mode, default=Mode.PRE)

    class Meta:
        verbose_name = _("comment policy")
        verbose_name_plural = _("comment policies")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(article=None) | models.Q(category=None),
                name="policy_has_one_scope",
                violation_error_message=_("Choose an article or a category, or neither for the whole site."),
            ),
            models.UniqueConstraint(
                models.Value(1),
                condition=models.Q(article=None, category=None),
                name="policy_for_the_site_once",
                violation_error_message=_("The whole site has a policy already. Change that one."),
            ),
        ]

    def __str__(self) -> str:
        scope = self.article or self.category or _("the whole site")
        return f"{isolate(scope)}: {self.get_mode_display()}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store the policy; every article page may show another form now."""
        with transaction.atomic():
            super().save(*args, **kwargs)
            comments_changed.send(sender=type(self), articles=frozenset())

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        with transaction.atomic():
            deleted = super().delete(*args, **kwargs)
            comments_changed.send(sender=type(self), articles=frozenset())
        return deleted
