"""Which function writes the mail of each kind of message."""

from collections.abc import Callable
from typing import Any

from comments.mail.letter import Letter
from newsroom.choices import StaffMail
from newsroom.mail import letters, people, steps

WRITERS: dict[StaffMail, Callable[[Any], Letter | None]] = {
    StaffMail.STEP: steps.write_notice,
    StaffMail.INVITATION: people.write_invitation,
    StaffMail.RESET: people.write_reset,
    StaffMail.LETTER: letters.announcement,
    StaffMail.ANSWER: letters.answer,
    StaffMail.MY_DATA: letters.my_data,
}
