"""What readers fill in: the search form."""

from datetime import date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.models import Author, Category
from articles.search.query import MAX_LETTERS
from articles.validators import drop_forbidden

YEARS = range(1900, 2101)
BAD_DATE = _("Write the date as day/month/year.")
NEWEST, RELEVANCE = "newest", "relevance"


class WordsField(forms.CharField):
    """What to look for. Anything may be typed; what cannot be shown is left out."""

    def to_python(self, value: Any) -> str:
        return drop_forbidden(super().to_python(value) or "")[:MAX_LETTERS].strip()


class CategoryChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return f"– {obj}" if obj.parent_id else str(obj)


class DayField(forms.DateField):
    """A day between 1900 and 2100."""

    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "dir": "ltr"})

    def clean(self, value: Any) -> date | None:
        day = super().clean(value)
        if day and day.year not in YEARS:
            raise forms.ValidationError(BAD_DATE, code="invalid")
        return day


class SearchForm(forms.Form):
    """The words and the filters of `/search/`, all in the address, none required."""

    q = WordsField(
        label=_("Search words"),
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "dir": "auto", "enterkeyhint": "search"}),
    )
    category = CategoryChoice(
        label=_("Section"),
        queryset=Category.objects.none(),
        to_field_name="slug",
        required=False,
        empty_label=_("All sections"),
    )
    author = forms.ModelChoiceField(
        label=_("Author"),
        queryset=Author.objects.none(),
        to_field_name="slug",
        required=False,
        empty_label=_("All authors"),
    )
    since = DayField(label=_("From"), required=False, error_messages={"invalid": BAD_DATE})
    until = DayField(label=_("To"), required=False, error_messages={"invalid": BAD_DATE})
    sort = forms.ChoiceField(
        label=_("Order"),
        choices=[(NEWEST, _("Newest first")), (RELEVANCE, _("Best match first, of the newest thousand"))],
        required=False,
    )

    def __init__(self, data: Any) -> None:
        super().__init__(data, auto_id="search-%s", label_suffix="")
        self.fields["category"].queryset = Category.objects.order_by("position", "pk")  # type: ignore[attr-defined]
        self.fields["author"].queryset = Author.objects.order_by("sort_key", "pk")  # type: ignore[attr-defined]

    def clean(self) -> None:
        since, until = self.cleaned_data.get("since"), self.cleaned_data.get("until")
        if since and until and since > until:
            self.add_error("until", _("This day is before the first one."))

    @property
    def is_filtered(self) -> bool:
        """Whether anything but words is asked for, or was asked for wrongly."""
        return any(self.data.get(name) for name in ("category", "author", "since", "until", "sort"))

    def address_query(self, words: str = "") -> str:
        """What is asked for, as the query of an address that asks for it again, or for other `words`."""
        asked = {name: self.data.get(name) for name in self.fields if name != "q" and self.data.get(name)}
        return urlencode({"q": words or self.cleaned_data["q"], **asked})

    def moments(self) -> tuple[datetime | None, datetime | None]:
        """The first moment that counts and the first that no longer does, in the site's time."""
        until = self.cleaned_data["until"]
        return _midnight(self.cleaned_data["since"]), _midnight(until + timedelta(days=1) if until else None)


def _midnight(day: date | None) -> datetime | None:
    return timezone.make_aware(datetime.combine(day, time())) if day else None
