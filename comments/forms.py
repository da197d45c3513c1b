"""The reader's form: the shape of what arrives, and where it came from."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from articles.bidi import drop_controls
from articles.models import Article
from articles.validators import validate_characters
from comments.choices import Ask, Complaint, Follow, Status
from comments.models import Comment
from comments.stamp import StampError, check_stamp, make_stamp
from comments.text import MAX_NAME, MAX_TEXT, clean_name, clean_text

REQUIRED_NAME = _("Write your name: it appears above your comment.")
REQUIRED_EMAIL = _("Write your e-mail address: it is not published.")
BAD_EMAIL = _("This is not a complete e-mail address. Write it like name@example.com.")
REQUIRED_TEXT = _("Write your comment first.")
MISSING_PARENT = _("The comment you answer is not here any more. Send yours as a new one.")
STALE_STAMP = _("This page was open for too long. Check what you wrote and send it again.")
MISSING_COMPLAINT = _("Choose what is wrong with the comment.")
NO_ASK = _("Choose one of the buttons.")
MAX_NOTE = 500


class NoteField(forms.CharField):
    """A few lines that go with a choice, and may be left out."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            required=False,
            max_length=MAX_NOTE,
            validators=[validate_characters],
            error_messages={"max_length": _("Write at most 500 characters.")},
            widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
            **kwargs,
        )

    def clean(self, value: Any) -> str:
        """The note without direction controls, its line breaks counting as one character each."""
        return super().clean(drop_controls((value or "").replace("\r\n", "\n")))


class StampedForm(forms.Form):
    """A form of a public page: stamped for one subject, with a trap, and saying where it is wrong.

    The stamp and the trap take the place of a cookie and of a riddle.
    """

    stamp = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput)
    # Readers do not see it; programs that fill in every field do.
    website = forms.CharField(
        label=_("Leave this field empty"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )

    def __init__(self, subject: int | str, data: Any = None, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial={**(initial or {}), "stamp": make_stamp(subject)})
        self.subject = subject

    def clean(self) -> None:
        try:
            check_stamp(self.cleaned_data.get("stamp", ""), self.subject)
        except StampError as error:
            self._put("stamp", make_stamp(self.subject))
            raise ValidationError(STALE_STAMP, code="stamp") from error

    @property
    def is_trapped(self) -> bool:
        """Whether the field that readers do not see came filled in."""
        return bool(self.cleaned_data.get("website"))

    @property
    def wrong_fields(self) -> list[forms.BoundField]:
        """The fields that have an error and can be put right, in the order of the form."""
        return [field for field in self.visible_fields() if field.errors and field.name != "website"]

    def full_clean(self) -> None:
        super().full_clean()
        for field in self.wrong_fields[:1]:  # the page that comes back opens there
            field.field.widget.attrs["autofocus"] = True

    def _put(self, name: str, value: str) -> None:
        """Let the form that goes back to the reader carry `value`, which will pass, for what failed."""
        self.data = {**{key: self.data.get(key) for key in self.data}, name: value}


class ReaderForm(StampedForm):
    """A form about one article."""

    def __init__(self, article: Article, data: Any = None, initial: dict[str, Any] | None = None) -> None:
        super().__init__(article.pk, data, initial)
        self.article = article


class ReadersEmailField(forms.EmailField):
    """A reader's address."""

    def __init__(self, **kwargs: Any) -> None:
        defaults: dict[str, Any] = {
            "label": _("E-mail"),
            "max_length": 254,
            "validators": [validate_characters],
            "error_messages": {"required": REQUIRED_EMAIL, "invalid": BAD_EMAIL, "max_length": BAD_EMAIL},
            "widget": forms.EmailInput(attrs={"autocomplete": "email", "dir": "ltr"}),
        }
        super().__init__(**{**defaults, **kwargs})

    def clean(self, value: Any) -> str:
        """The address; one of letters that other alphabets share could be taken for somebody else's."""
        email = super().clean(value)
        if not email.isascii():
            raise ValidationError(BAD_EMAIL, code="invalid")
        return email


class CommentForm(ReaderForm):
    """A comment on `article`. After `is_valid()`, `comment()` gives it, not yet stored."""

    field_order = ("text", "name", "email", "follow")

    name = forms.CharField(
        label=_("Name"),
        error_messages={"required": REQUIRED_NAME},
        widget=forms.TextInput(attrs={"autocomplete": "name", "maxlength": MAX_NAME, "dir": "auto"}),
    )
    email = ReadersEmailField()
    text = forms.CharField(
        label=_("Comment"),
        error_messages={"required": REQUIRED_TEXT},
        widget=forms.Textarea(attrs={"rows": 6, "maxlength": MAX_TEXT, "dir": "auto"}),
    )
    parent = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)
    follow = forms.ChoiceField(
        label=_("Write to me about"),
        required=False,
        choices=[("", _("Nothing")), *Follow.choices],
        error_messages={"invalid_choice": _("Choose one of the three.")},
    )

    def __init__(self, article: Article, data: Any = None, parent: Comment | None = None) -> None:
        super().__init__(article, data, {"parent": parent.pk if parent else ""})
        for name in ("name", "email", "text"):
            self.fields[name].widget.attrs["required"] = True

    def clean_name(self) -> str:
        return clean_name(self.cleaned_data["name"])

    def clean_text(self) -> str:
        return clean_text(self.cleaned_data["text"])

    def clean_parent(self) -> Comment | None:
        """The comment answered; where that is an answer itself, the one that opened the thread."""
        text = self.cleaned_data["parent"]
        if not text:
            return None
        approved = (
            Comment.objects.approved()
            .filter(article=self.article)
            .select_related("parent")
            .defer("email", "parent__email")
        )
        parent = approved.filter(pk=int(text)).first() if text.isascii() and text.isdigit() and len(text) < 19 else None
        if parent is None:
            self._put("parent", "")
            raise ValidationError(MISSING_PARENT, code="parent")
        return parent.parent or parent

    def comment(self) -> Comment:
        """The comment as submitted, pending and not stored."""
        values = {name: self.cleaned_data[name] for name in ("name", "email", "text", "parent")}
        return Comment(article=self.article, status=Status.PENDING, **values)


class ReportForm(ReaderForm):
    """A reader's report of a comment on `article`."""

    complaint = forms.ChoiceField(
        label=_("What is wrong with it?"),
        choices=Complaint.choices,
        widget=forms.RadioSelect,
        error_messages={"required": MISSING_COMPLAINT, "invalid_choice": MISSING_COMPLAINT},
    )
    note = NoteField(label=_("More about it (not required)"))
    field_order = ("complaint", "note")


class AskForm(ReaderForm):
    """What the writer of a comment on `article` asks for on its receipt."""

    ask = forms.ChoiceField(choices=Ask.choices, error_messages={"required": NO_ASK, "invalid_choice": NO_ASK})
    note = NoteField(label=_("Why? (not required)"))
