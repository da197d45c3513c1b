"""Who sends comments, as far as an address tells: counters, trust, bans. Never a reader account."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.models import Article, Category
from comments.choices import BanState
from comments.models.settings import CommentSettings


class Sender(models.Model):
    """All comments under one address, found by its keyed hash.

    The database makes the row and keeps its counters (comments/triggers.py).
    """

    email_digest = models.CharField(max_length=64, unique=True, editable=False)
    first_seen = models.DateTimeField(_("first seen"), default=timezone.now, editable=False)
    verified_at = models.DateTimeField(_("address confirmed"), null=True, editable=False)
    pending = models.PositiveIntegerField(_("pending"), default=0, db_default=0, editable=False)
    approved = models.PositiveIntegerField(_("approved"), default=0, db_default=0, editable=False)
    rejected = models.PositiveIntegerField(_("rejected"), default=0, db_default=0, editable=False)
    spam = models.PositiveIntegerField(_("spam"), default=0, db_default=0, editable=False)
    always_hold = models.BooleanField(_("always hold"), default=False, db_default=False)
    note = models.TextField(_("note for colleagues"), max_length=2000, blank=True, default="", db_default="")

    class Meta:
        verbose_name = _("sender")
        verbose_name_plural = _("senders")

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def trust(self) -> int:
        """Approvals, each rejection costing as many as trust takes to earn (`CommentSettings.trust_after`)."""
        return self.trust_by(CommentSettings.load())

    def trust_by(self, settings: CommentSettings) -> int:
        """`trust`, for who has the settings at hand."""
        return self.approved - settings.trust_after * (self.rejected + self.spam)

    def is_trusted(self, settings: CommentSettings) -> bool:
        """Whether the address is confirmed and its approvals outweigh its rejections."""
        return self.verified_at is not None and self.trust_by(settings) >= settings.trust_after

    def verify(self) -> bool:
        """Note that the sender reads the mailbox of this address. False where that was known."""
        values = {"verified_at": timezone.now()}
        return bool(type(self).objects.filter(pk=self.pk, verified_at=None).update(**values))


class SenderProof(models.Model):
    """A browser that confirmed an address: its cookie holds the token whose hash stands here."""

    sender = models.ForeignKey(Sender, on_delete=models.CASCADE, related_name="proofs")
    token_digest = models.CharField(max_length=64, unique=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("proof of an address")
        verbose_name_plural = _("proofs of addresses")

    def __str__(self) -> str:
        return str(self.sender_id)


class Ban(models.Model):
    """A sender or a network whose comments are refused, everywhere or on one article or category."""

    sender = models.ForeignKey(
        Sender, verbose_name=_("sender"), null=True, on_delete=models.CASCADE, related_name="bans"
    )
    network = models.CharField(_("network"), max_length=50, blank=True)
    article = models.ForeignKey(
        Article,
        verbose_name=_("only on the article"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
    )
    category = models.ForeignKey(
        Category,
        verbose_name=_("only in the category"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
    )
    until = models.DateTimeField(_("until"), null=True, blank=True)  # empty: until it is lifted
    note = models.TextField(_("note"), blank=True, max_length=2000)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("by"), on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("when"), auto_now_add=True)
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("lifted by"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    lifted_at = models.DateTimeField(_("lifted"), null=True, editable=False)

    class Meta:
        verbose_name = _("ban")
        verbose_name_plural = _("bans")
        constraints = [
            models.CheckConstraint(
                condition=Q(sender__isnull=False, network="") | Q(sender=None) & ~Q(network=""),
                name="ban_is_on_a_sender_or_a_network",
            ),
            models.CheckConstraint(condition=Q(article=None) | Q(category=None), name="ban_has_one_scope"),
        ]
        indexes = [models.Index(fields=["network"], name="ban_network")]

    def __str__(self) -> str:
        return str(self.network or self.sender_id)

    @property
    def status(self) -> BanState:
        """Whether it counts now."""
        if self.lifted_at:
            return BanState.LIFTED
        return BanState.OVER if self.until and self.until <= timezone.now() else BanState.STANDING

    def get_status_display(self) -> str:
        return str(self.status.label)

    def lift(self, by: Any) -> bool:
        """End the ban. False where it was lifted already."""
        values = {"lifted_by": by, "lifted_at": timezone.now()}
        return bool(type(self).objects.filter(pk=self.pk, lifted_at=None).update(**values))
