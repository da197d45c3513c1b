"""Mail about accounts. The links are made at sending: what waits in the outbox opens nothing."""

from typing import Any

from django.utils.translation import gettext as _

from articles.bidi import isolate
from comments.mail.letter import Letter, absolute
from newsroom.models import SiteSettings
from newsroom.staff.links import INVITATION, RESET
from newsroom.staff.people import is_invited, may_choose_anew


def write_invitation(message: Any) -> Letter | None:
    """None where the person chose a password meanwhile, or is at rest."""
    person = message.user
    if person is None or not is_invited(person):
        return None
    name = SiteSettings.load().name
    context = {"person": person, "newspaper": name, "url": absolute(INVITATION.path(person))}
    subject = _("Invitation to the newsroom of %(name)s") % {"name": isolate(name)}
    return Letter(person.email, subject, "invitation", context, folder="newsroom/mail")


def write_reset(message: Any) -> Letter | None:
    """None where nobody who may log in has the address that was asked for."""
    person = message.user
    if person is None or not may_choose_anew(person):
        return None
    context = {"person": person, "url": absolute(RESET.path(person))}
    return Letter(person.email, _("A new password"), "reset", context, folder="newsroom/mail")
