"""The mails about readers' letters: to the newsroom that one came, to the reader what the newsroom answers."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from articles.bidi import isolate
from comments.mail.letter import Letter, absolute
from comments.mail.links import my_data_path
from newsroom.choices import LetterState
from newsroom.letterdata import LetterData
from newsroom.models import SiteSettings

FOLDER = "newsroom/mail"


def announcement(message: Any) -> Letter | None:
    """To the newsroom's mailbox. It names the letter and holds none of its words: those may have to be erased."""
    letter, mailbox = message.letter, SiteSettings.load().contact_email
    if letter is None or letter.state != LetterState.OPEN or not mailbox:
        return None
    context = {
        "letter": letter,
        "article": letter.article,
        "letter_url": absolute(reverse("admin:newsroom_readerletter_change", args=[letter.pk])),
    }
    subject = _("A letter from a reader: %(kind)s") % {"kind": isolate(letter.get_kind_display())}
    return Letter(mailbox, subject, "letter", context, folder=FOLDER)


def answer(message: Any) -> Letter | None:
    """To the reader. It quotes nothing of the letter: whoever typed this address need not be who reads the mail."""
    letter = message.letter
    if letter is None or letter.state != LetterState.ANSWERED or not letter.answer:
        return None
    article = letter.article if letter.article and letter.article.is_visible else None
    context = {
        "answer": letter.answer,
        "article": article,
        "article_url": absolute(article.get_absolute_url()) if article else "",
        "contact_url": absolute(reverse("contact")),
    }
    return Letter(letter.email, _("The newsroom’s answer to your message"), "answer", context, folder=FOLDER)


def my_data(message: Any) -> Letter | None:
    """To the reader: the link to what is kept about the address."""
    letter = message.letter
    if letter is None:
        return None
    return data_letter(letter.email, LetterData.name, letter.pk)


def data_letter(email: str, name: str, key: int) -> Letter:
    """To `email`: the link to what is kept about it, by the row `key` of the holder `name`."""
    context = {"my_data_url": absolute(my_data_path(name, key))}
    return Letter(email, _("What is kept about your e-mail address"), "my_data", context)
