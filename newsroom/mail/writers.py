"""Which function writes the mail of each kind of message."""

from collections.abc import Callable
from typing import Any

from comments.mail.letter import Letter
from newsroom.choices import StaffMail
from newsroom.mail.people import write_invitation, write_reset

WRITERS: dict[StaffMail, Callable[[Any], Letter | None]] = {
    StaffMail.INVITATION: write_invitation,
    StaffMail.RESET: write_reset,
}
