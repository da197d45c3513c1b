"""Signed links by which people choose a password. They end with their time, with their use, and with the address."""

from datetime import timedelta

from django.contrib.auth.models import User
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.urls import reverse
from django.utils.http import base36_to_int, int_to_base36


class Link(PasswordResetTokenGenerator):
    """Django's token, which a new password, a login or a new address ends, with a lifetime of its own.

    PASSWORD_RESET_TIMEOUT is the longest of these lifetimes.
    """

    def __init__(self, name: str, lifetime: timedelta) -> None:
        super().__init__()
        self.key_salt = f"newsroom.staff.{name}"
        self.name, self.lifetime = name, lifetime

    def path(self, person: User) -> str:
        """Where `person` chooses a password."""
        return reverse(f"admin:{self.name}", args=[int_to_base36(person.pk), self.make_token(person)])

    def holder(self, key: str, token: str) -> User | None:
        """Whose link it is; None where it is forged, used, too old, or the account is at rest."""
        try:
            person = User.objects.filter(pk=base36_to_int(key), is_active=True, is_staff=True).first()
        except (ValueError, OverflowError):
            return None
        return person if person and self.check_token(person, token) and self._is_young(token) else None

    def _is_young(self, token: str) -> bool:
        age = self._num_seconds(self._now()) - base36_to_int(token.partition("-")[0])  # type: ignore[attr-defined]
        return age <= self.lifetime.total_seconds()


INVITATION = Link("invitation", timedelta(days=7))
RESET = Link("reset", timedelta(hours=1))
