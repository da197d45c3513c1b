"""What readers write to the newsroom: errors in articles, rights of reply, messages."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.models import Article, Correction
from comments.models.history import write_history
from comments.privacy import EncryptedEmailField, address_digest
from newsroom.choices import LetterKind, LetterState, StaffMail
from newsroom.models.site import SiteSettings

WINDOW = timedelta(hours=1)
LETTERS_OF_ONE = 10  # within WINDOW, of one connection, which may be that of a whole office
LETTERS_OF_ALL = 200  # within WINDOW, of connections that cannot be told apart
NO_NOTE = _("Write what was wrong and what is right.")
MOVED = _("Somebody else has dealt with this letter meanwhile.")


class TooManyLetters(Exception):
    """More letters came from this connection within WINDOW than are taken."""


class LetterQuerySet(models.QuerySet):
    """Letters. The address stays in the database: only code that names it decrypts it."""

    def open(self) -> "LetterQuerySet":
        """Those that wait for an answer, the longest waiting first."""
        return self.filter(state=LetterState.OPEN).order_by("at", "pk")


class LetterManager(models.Manager.from_queryset(LetterQuerySet)):  # type: ignore[misc]
    """Receives letters."""

    def get_queryset(self) -> LetterQuerySet:
        return super().get_queryset().defer("email")

    def receive(self, letter: "ReaderLetter") -> "ReaderLetter":
        """Store an unstored letter; for a double click, give the one that is stored already.

        A letter without `client` came from nobody in particular. Raises TooManyLetters.
        """
        since = timezone.now() - WINDOW
        with transaction.atomic():
            alike = {name: getattr(letter, name) for name in ("client", "kind", "article", "text")}
            twin = self.filter(at__gt=since, email_digest=letter.digest(), **alike).first()
            if twin:
                return twin
            limit = LETTERS_OF_ONE if letter.client else LETTERS_OF_ALL
            if self.filter(client=letter.client, at__gt=since).count() >= limit:
                raise TooManyLetters
            letter.save()
            if SiteSettings.objects.exclude(contact_email="").exists():
                letter.messages.create(kind=StaffMail.LETTER)
        return letter


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

    objects = LetterManager()

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

    def digest(self) -> str:
        """The keyed hash of its address; empty where it has none."""
        return address_digest(self.email) if self.email else ""

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store it with the hash of its address."""
        if self._state.adding:
            self.email_digest = self.digest()
        super().save(*args, **kwargs)

    @property
    def has_address(self) -> bool:
        """Whether the reader can be written to, known without decrypting anything."""
        return bool(self.email_digest)

    def answer_with(self, text: str, by: Any) -> None:
        """Answer an open letter. Raises ValidationError where it is open no more."""
        with transaction.atomic():
            self._lock(LetterState.OPEN)
            self.answer = text
            self._settle(LetterState.ANSWERED, by)
            if self.has_address:
                self.messages.create(kind=StaffMail.ANSWER)
            write_history(by, self, str(_("Answered")))

    def close(self, by: Any) -> None:
        """Close an open letter without an answer. Raises ValidationError where it is open no more."""
        with transaction.atomic():
            self._lock(LetterState.OPEN)
            self._settle(LetterState.CLOSED, by)
            write_history(by, self, str(_("Closed without answer")))

    def reopen(self, by: Any) -> None:
        """Put it before the newsroom again. An answer that waits to be sent is taken back and may be amended.

        Raises ValidationError where it is open already.
        """
        with transaction.atomic():
            self._lock(LetterState.ANSWERED, LetterState.CLOSED)
            self.messages.filter(kind=StaffMail.ANSWER).delete()
            self.state, self.answered_by, self.answered_at = LetterState.OPEN, None, None
            self.save(update_fields=["state", "answered_by", "answered_at"])
            write_history(by, self, str(_("Reopened")))

    def correct(self, kind: str, note: str, by: Any) -> Correction:
        """Put a note on its article, and link it. The letter stays open for an answer.

        Raises PermissionDenied for who may not correct, ValidationError where there is no article, a
        correction already, or the note is none.
        """
        if not by.has_perm("articles.add_correction"):
            raise PermissionDenied
        with transaction.atomic():
            self._lock(*LetterState)
            if self.article is None or self.correction_id:
                raise ValidationError(MOVED, code="moved")
            if not note.strip():
                raise ValidationError(NO_NOTE, code="required")
            # In the first language: every page shows it until somebody translates it at the article.
            values = {f"note_{settings.LANGUAGE_CODE}": note}
            correction = Correction(article=self.article, kind=kind, by=by, **values)
            correction.full_clean(exclude=["note"])
            correction.save()
            self.correction = correction
            self.save(update_fields=["correction"])
            write_history(by, self, str(_("Corrected")))
        return correction

    def _lock(self, *states: str) -> None:
        """Read the row as it is now, for this transaction alone; ValidationError unless it is in one of `states`."""
        stored = ReaderLetter.objects.select_for_update().get(pk=self.pk)
        self.state, self.correction_id = stored.state, stored.correction_id
        if stored.state not in states:
            raise ValidationError(MOVED, code="moved")

    def _settle(self, state: str, by: Any) -> None:
        self.state, self.answered_by, self.answered_at = state, by, timezone.now()
        self.save(update_fields=["state", "answer", "answered_by", "answered_at"])
