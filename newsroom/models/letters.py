"""What readers write to the newsroom: errors in articles, rights of reply, messages."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.models import Article, Correction
from comments.privacy import EncryptedEmailField
from newsroom.choices import LetterKind, LetterState


class ReaderLetter(models.Model):
    """A letter, who answered it, and the correction that it led to. The address is encrypted and on no page."""

    kind = models.CharField(_("kind"), max_length=10, choices=LetterKind)
    article = models.ForeignKey(
        Article, verbose_name=_("article"), null=True, blank=True, on_delete=models.SET_NULL, related_name="letters"
    )
    name = models.CharField(_("name"), max_length=60, blank=True)
    email = EncryptedEmailField(_("e-mail"), blank=True, default="")
    email_digest = models.CharField(max_length=64, blank=True, editable=False, db_index=True)
    language = models.CharField(max_length=5, default="ar", editable=False)
    quote = models.CharField(_("the passage"), max_length=500, blank=True)
    text = models.TextField(_("text"), max_length=5000)
    client = models.CharField(max_length=64, blank=True, editable=False)  # keyed hash of the connection
    at = models.DateTimeField(_("when"), default=timezone.now)
    state = models.CharField(_("state"), max_length=10, choices=LetterState, default=LetterState.OPEN)
    answer = models.TextField(_("answer"), blank=True, max_length=5000)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("answered by"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    answered_at = models.DateTimeField(_("answered"), null=True)
    correction = models.ForeignKey(
        Correction, verbose_name=_("correction"), null=True, on_delete=models.SET_NULL, related_name="letters"
    )

    class Meta:
        verbose_name = _("letter from a reader")
        verbose_name_plural = _("letters from readers")
        constraints = [
            models.CheckConstraint(
                condition=Q(state=LetterState.OPEN) | Q(answered_at__isnull=False), name="closed_letter_has_its_time"
            ),
            models.CheckConstraint(condition=Q(email="") | ~Q(email_digest=""), name="letter_address_has_its_hash"),
        ]
        indexes = [
            # the newsroom's list of letters
            models.Index(fields=["state", "-at", "-id"], name="letter_list"),
            # how many came from one connection
            models.Index(fields=["client", "-at"], name="letter_client"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} #{self.pk}"
