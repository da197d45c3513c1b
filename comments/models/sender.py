"""Who sends comments, as far as an address tells: counters, trust, bans. Never a reader account."""

from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.admin.models import ADDITION
from django.db import models, transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles.models import Article, Category
from comments.choices import BanState, Reason, Status
from comments.models.decision import Decision
from comments.models.history import write_history
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
        """`trust`, for who has the settings at hand.

        What the policy approved earns nothing, what it refused or the writer took back costs nothing.
        """
        comments = apps.get_model("comments", "Comment").objects.filter(email_digest=self.email_digest)
        decisions = Decision.objects.filter(comment=OuterRef("pk"), to_status=OuterRef("status"))
        judged = comments.filter(~Exists(decisions) | Exists(decisions.filter(reason=Reason.MODERATOR)))
        approved = judged.filter(status=Status.APPROVED).count()
        refused = judged.filter(status__in=[Status.REJECTED, Status.SPAM]).count()
        return approved - settings.trust_after * refused

    def is_trusted(self, settings: CommentSettings) -> bool:
        """Whether the address is confirmed and its approvals outweigh its rejections."""
        return self.verified_at is not None and self.trust_by(settings) >= settings.trust_after

    def verify(self) -> bool:
        """Note that the sender reads the mailbox of this address. False where that was known."""
        values = {"verified_at": timezone.now()}
        return bool(type(self).objects.filter(pk=self.pk, verified_at=None).update(**values))

    def ban(self, by: Any, **how: Any) -> "Ban":
        """Refuse what they write; `how` is that of `Ban.impose`."""
        return Ban.impose(by, sender=self, **how)

    def hold_always(self, by: Any, on: bool = True) -> bool:
        """Hold whatever they write, or (`on` False) no longer. False where it was so already."""
        changed = type(self).objects.filter(pk=self.pk, always_hold=not on).update(always_hold=on)
        self.always_hold = on
        if changed:
            write_history(by, self, gettext("Always hold: on") if on else gettext("Always hold: off"))
        return bool(changed)

    def annotate(self, by: Any, note: str) -> bool:
        """Store the note for colleagues, in place of the one before. False where it is the same."""
        changed = type(self).objects.filter(pk=self.pk).exclude(note=note).update(note=note)
        self.note = note
        if changed:
            write_history(by, self, gettext("Note for colleagues changed"))
        return bool(changed)


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


class BanQuerySet(models.QuerySet):
    """Bans, of which some are over."""

    def in_force(self) -> "BanQuerySet":
        """Neither lifted nor run out."""
        return self.filter(Q(until=None) | Q(until__gt=timezone.now()), lifted_at=None)


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

    objects = BanQuerySet.as_manager()

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

    @classmethod
    def impose(cls, by: Any, *, sender: Sender | None = None, network: str = "", **how: Any) -> "Ban":
        """Refuse comments of `sender` or from `network`.

        `how` holds any of `until` (None: until it is lifted), `article` or `category` (neither:
        everywhere), `note`. It takes the place of a ban in force with the same scope.
        """
        scope = {"sender": sender, "network": network, "article": how.get("article"), "category": how.get("category")}
        with transaction.atomic():
            before = list(cls.objects.in_force().select_for_update(of=("self",)).filter(**scope))
            for ban in before:
                ban.lift(by)
            ban = cls.objects.create(by=by, **scope, until=how.get("until"), note=how.get("note", ""))
            write_history(by, ban, gettext("Banned"), ADDITION)
        return ban

    def lift(self, by: Any) -> bool:
        """End the ban. False where it was lifted already."""
        values = {"lifted_by": by, "lifted_at": timezone.now()}
        with transaction.atomic():
            lifted = type(self).objects.filter(pk=self.pk, lifted_at=None).update(**values)
            if lifted:
                write_history(by, self, gettext("Ban lifted"))
        return bool(lifted)
