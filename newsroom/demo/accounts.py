"""The demo's four people, each with a password that is random on every machine and kept nowhere."""

import base64
import hashlib
import hmac
from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth.models import Group, User

from newsroom.roles import ROLES


@dataclass(frozen=True)
class Account:
    """How to log in; `password` is empty where someone has changed it since."""

    username: str
    password: str


def exist() -> bool:
    """Whether this database was made by the demo."""
    return User.objects.filter(username__in=ROLES, email__endswith="@demo.invalid").count() == len(ROLES)


def make() -> list[Account]:
    """One account for each role, made where it is missing."""
    return [_account(role) for role in ROLES]


def _account(role: str) -> Account:
    password = _password(role)
    user, created = User.objects.get_or_create(
        username=role, defaults={"email": f"{role}@demo.invalid", "is_staff": True}
    )
    if created:
        user.set_password(password)
        user.save()
        user.groups.add(Group.objects.get(name=role))
    return Account(role, password if created or user.check_password(password) else "")


def _password(role: str) -> str:
    """Follows from the machine's SECRET_KEY, so that a second run can print it again."""
    secret = hmac.new(settings.SECRET_KEY.encode(), f"demo.{role}".encode(), hashlib.sha256).digest()
    return base64.b32encode(secret[:10]).decode().lower()
