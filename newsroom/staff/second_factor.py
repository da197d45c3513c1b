"""Who has a second factor, who needs one, and whether a session was passed by it.

A session that lacks it is logged in for Django and may open no page of the staff's:
`PortalAdminSite.has_permission` asks `missing()`.
"""

import time
from enum import StrEnum
from importlib import import_module
from typing import Any

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from newsroom.models import SiteSettings
from newsroom.roles import ADMINISTRATOR

PASSED = "second_factor"  # in the session: the key of the person who gave it
CONFIRMED = "password_given_at"  # in the session: seconds of the clock
CONFIRMED_FOR = 15 * 60  # seconds


class Step(StrEnum):
    """What a session still lacks."""

    NOTHING = ""
    GIVE = "give"
    SET_UP = "set up"


class StaffBackend(ModelBackend):
    """Django's, which learns in the query for the person what the second factor asks of them."""

    def get_user(self, user_id: Any) -> User | None:
        person = with_standing(User.objects.all()).filter(pk=user_id).first()
        return person if person and self.user_can_authenticate(person) else None


def with_standing(people: QuerySet[User]) -> QuerySet[User]:
    """Mark each with `has_factor` and `needs_factor`. A superuser needs what an administrator needs."""
    demanded = SiteSettings.two_factor_groups.through.objects.all()
    of_a_role = Exists(demanded.filter(group__user=OuterRef("pk")))
    as_administrator = Q(is_superuser=True) & Exists(demanded.filter(group__name=ADMINISTRATOR))
    return people.annotate(
        has_factor=Exists(factors().filter(user=OuterRef("pk"))), needs_factor=of_a_role | as_administrator
    )


def factors() -> QuerySet[Authenticator]:
    """Recovery codes stand in for a factor and are none."""
    return Authenticator.objects.exclude(type=Authenticator.Type.RECOVERY_CODES).order_by("created_at", "pk")


def missing(request: HttpRequest) -> Step:
    """What the session of a logged-in person lacks; asks the database nothing once it was passed."""
    person: Any = request.user
    if request.session.get(PASSED) == person.pk:
        return Step.NOTHING
    if not hasattr(person, "has_factor"):  # not loaded by StaffBackend
        person = with_standing(User.objects.all()).get(pk=person.pk)
    if person.has_factor:
        return Step.GIVE
    return Step.SET_UP if person.needs_factor else Step.NOTHING


def mark_passed(request: HttpRequest) -> None:
    """The session gave its second factor; its key changes, as at every rise of rights."""
    request.session[PASSED] = request.user.pk
    request.session.cycle_key()


def mark_confirmed(request: HttpRequest) -> None:
    """The password was given just now."""
    request.session[CONFIRMED] = int(time.time())


def is_confirmed(request: HttpRequest) -> bool:
    """Whether the password was given in the last CONFIRMED_FOR seconds."""
    return 0 <= time.time() - request.session.get(CONFIRMED, 0) < CONFIRMED_FOR


def remove(request: HttpRequest, authenticator: Authenticator) -> None:
    """Take one factor of one's own away; with the last of them go the recovery codes, and what the session passed."""
    with transaction.atomic():
        authenticator.delete()
        if factors().filter(user_id=request.user.pk).exists():
            return
        Authenticator.objects.filter(user_id=request.user.pk).delete()
    request.session.pop(PASSED, None)


def reset(person: User) -> int:
    """Take all factors of `person` away and end their sessions; gives how many there were."""
    with transaction.atomic():
        count, _deleted = Authenticator.objects.filter(user=person).delete()
        end_sessions(person)
    return count


def end_sessions(person: User) -> None:
    """Log `person` out wherever they are. Only staff have sessions, so few are read."""
    store = import_module(settings.SESSION_ENGINE).SessionStore
    for session in Session.objects.filter(expire_date__gt=timezone.now()):
        if session.get_decoded().get(SESSION_KEY) == str(person.pk):
            store(session.session_key).delete()
