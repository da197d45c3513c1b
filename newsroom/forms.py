"""The forms in which readers write to the newsroom."""

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from articles.bidi import drop_controls
from articles.models import Article
from articles.validators import validate_characters
from comments.forms import ReadersEmailField, StampedForm
from comments.text import MAX_NAME, MAX_TEXT, clean_name, clean_text
from newsroom.choices import LetterKind
from newsroom.models import ReaderLetter

CONTACT = "contact"  # what the stamp of the contact form is bound to
NEWSLETTER = "newsletter"  # what the stamp of the sign-up is bound to
INVISIBLE = _("Write a name that can be seen.")
NO_NAME = _("Write your name, so that we know whom to answer.")
NO_ADDRESS = _("Write your e-mail address: the answer goes there, and it is not published.")
NO_MAILBOX = _("Write the e-mail address at which you want the news.")
NO_MESSAGE = _("Write your message first.")
NO_FAULT = _("Write what is wrong.")
NO_KIND = _("Choose what you ask for.")
TOO_LONG = _("A message has at most 5,000 characters. Yours is longer.")
ASKED = ((LetterKind.ERROR, _("Correct an error")), (LetterKind.REPLY, _("Use my right of reply")))


class LetterForm(StampedForm):
    """What all letters have. After `is_valid()`, `letter()` gives one that is not stored yet."""

    name = forms.CharField(
        label=_("Name"),
        error_messages={"required": NO_NAME},
        widget=forms.TextInput(attrs={"autocomplete": "name", "maxlength": MAX_NAME, "dir": "auto"}),
    )
    email = ReadersEmailField()
    text = forms.CharField(widget=forms.Textarea(attrs={"rows": 7, "maxlength": MAX_TEXT, "dir": "auto"}))
    needed: tuple[str, ...] = ()
    missing: Any = NO_MESSAGE

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            if name in self.needed:
                field.widget.attrs["required"] = True

    def clean_name(self) -> str:
        name = self.cleaned_data["name"]
        return clean_name(name, invisible=INVISIBLE) if name else ""

    def clean_text(self) -> str:
        return clean_text(self.cleaned_data["text"], required=self.missing, long=TOO_LONG)

    def letter(self) -> ReaderLetter:
        """The letter as it was sent, in the language of its page."""
        values = {name: self.cleaned_data[name] for name in ("name", "email", "text")}
        return ReaderLetter(language=(get_language() or "ar")[:2], **values)


class ContactForm(LetterForm):
    """A message to the newsroom."""

    field_order = ("name", "email", "text")
    needed = ("name", "email", "text")

    def __init__(self, data: Any = None) -> None:
        super().__init__(CONTACT, data)
        self.fields["text"].label = _("Message")
        self.fields["text"].error_messages["required"] = NO_MESSAGE
        self.fields["email"].error_messages["required"] = NO_ADDRESS

    def letter(self) -> ReaderLetter:
        letter = super().letter()
        letter.kind = LetterKind.CONTACT
        return letter


class ErrorForm(LetterForm):
    """An error in `article`, or the wish to reply to it. Who writes need not say who they are."""

    field_order = ("kind", "quote", "text", "name", "email")
    needed = ("kind", "text")
    missing = NO_FAULT

    kind = forms.ChoiceField(
        label=_("What do you ask for?"),
        choices=ASKED,
        initial=LetterKind.ERROR,
        widget=forms.RadioSelect,
        error_messages={"required": NO_KIND, "invalid_choice": NO_KIND},
    )
    quote = forms.CharField(
        label=_("The passage (not required)"),
        required=False,
        max_length=500,
        validators=[validate_characters],
        error_messages={"max_length": _("Write at most 500 characters: the beginning of the passage is enough.")},
        widget=forms.Textarea(attrs={"rows": 2, "maxlength": 500, "dir": "auto"}),
    )

    def __init__(self, article: Article, data: Any = None) -> None:
        super().__init__(article.pk, data)
        self.article = article
        self.fields["text"].label = _("What is wrong, and what would be right")
        self.fields["text"].error_messages["required"] = NO_FAULT
        self.fields["name"].label, self.fields["name"].required = _("Name (not required)"), False
        self.fields["email"].label, self.fields["email"].required = _("E-mail, for an answer (not required)"), False

    def clean_quote(self) -> str:
        return drop_controls(self.cleaned_data["quote"]).strip()

    def letter(self) -> ReaderLetter:
        letter = super().letter()
        letter.kind, letter.article, letter.quote = self.cleaned_data["kind"], self.article, self.cleaned_data["quote"]
        return letter


class NewsletterForm(StampedForm):
    """The wish to get the news of each day by mail."""

    field_order = ("email",)

    email = ReadersEmailField()

    def __init__(self, data: Any = None) -> None:
        super().__init__(NEWSLETTER, data)
        self.fields["email"].widget.attrs["required"] = True
        self.fields["email"].error_messages["required"] = NO_MAILBOX
