"""What happens to an account: invited, asked for a new password, put to rest, brought back."""

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from articles.models import EditLock
from newsroom.choices import StaffMail
from newsroom.models import StaffMessage
from newsroom.roles import ADMINISTRATOR
from newsroom.staff.second_factor import end_sessions


def with_address(address: str) -> QuerySet[User]:
    """The people whose e-mail address it is; case does not count."""
    return User.objects.filter(email__iexact=address).order_by("pk")


def is_invited(person: User) -> bool:
    """Whether `person` has not chosen a password yet."""
    return person.is_active and not person.has_usable_password()


def invite(person: User) -> None:
    """Write to `person`, who has no password yet, with a link to choose one."""
    StaffMessage.objects.create(kind=StaffMail.INVITATION, user=person)


def may_choose_anew(person: User) -> bool:
    """Whether a link for a new password may be mailed to `person`; the invited get another one."""
    return person.is_active and person.is_staff and bool(person.email) and person.has_usable_password()


def send_reset(person: User) -> None:
    """Write to `person` with a link to choose a new password; the old one holds until then."""
    StaffMessage.objects.create(kind=StaffMail.RESET, user=person)


def ask_for_reset(address: str) -> None:
    """Write to those who may get a new password by `address`.

    One row at least is written, so that the time of the answer tells nothing; that of nobody is dropped.
    """
    receivers: list[User | None] = [each for each in with_address(address) if may_choose_anew(each)]
    StaffMessage.objects.bulk_create([StaffMessage(kind=StaffMail.RESET, user=each) for each in receivers or [None]])


def check_may_rest(person: User, by: User) -> None:
    """Raises ValidationError where `by` may not put `person` to rest: oneself, and the last who can administer."""
    if person == by:
        raise ValidationError(_("Nobody deactivates their own account."))
    others = User.objects.filter(is_active=True, is_staff=True).exclude(pk=person.pk)
    if person.is_superuser and not others.filter(is_superuser=True).exists():
        raise ValidationError(_("This is the last active superuser."))
    administrators = Q(is_superuser=True) | Q(groups__name=ADMINISTRATOR)
    if not others.filter(administrators).exists():
        raise ValidationError(_("This is the last active administrator."))


def deactivate(person: User, by: User) -> None:
    """Put an account to rest: its sessions and edit locks end at once, what it wrote stays.

    Raises ValidationError as `check_may_rest` does.
    """
    with transaction.atomic():
        list(User.objects.select_for_update().filter(is_active=True).order_by("pk"))  # two do not rest each other
        check_may_rest(person, by)
        person.is_active = False
        person.save(update_fields=["is_active"])
        end_work(person)


def activate(person: User, by: User) -> None:
    """Bring an account back. Raises ValidationError for one's own, which rests by nobody's own hand."""
    if person == by:
        raise ValidationError(_("Nobody activates their own account."))
    person.is_active = True
    person.save(update_fields=["is_active"])


def end_work(person: User) -> None:
    """What an account at rest must not keep."""
    end_sessions(person)
    EditLock.objects.filter(user=person).delete()
