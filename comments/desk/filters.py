"""The filter of the search at the desk: a form whose address can be kept under a name."""

from datetime import date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib.auth import get_user_model
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from articles.models import Category
from articles.schedule import nearest_instant
from articles.validators import validate_characters
from comments.choices import Queue, Status
from comments.models import SavedFilter, WordRule
from comments.moderation.search import Filter

MOST_KEY = 2**63 - 1
ANY = ("", pgettext_lazy("filter", "any"))


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__({"dir": "ltr"}, format="%Y-%m-%d")


class FilterForm(forms.Form):
    """What is searched for. Addresses are not: nothing here reaches one."""

    q = forms.CharField(label=_("Words"), max_length=200, required=False, validators=[validate_characters])
    name = forms.CharField(label=_("Name"), max_length=60, required=False, validators=[validate_characters])
    article = forms.CharField(
        label=_("Article: its number, or words of its title"),
        max_length=200,
        required=False,
        validators=[validate_characters],
    )
    category = forms.ModelChoiceField(label=_("Category"), queryset=Category.objects.none(), required=False)
    rule = forms.ModelChoiceField(label=_("Word rule"), queryset=WordRule.objects.none(), required=False)
    by = forms.ModelChoiceField(
        label=_("Decided by"), queryset=get_user_model().objects.none(), required=False, to_field_name="username"
    )
    status = forms.ChoiceField(label=_("Status"), choices=(ANY, *Status.choices), required=False)
    queue = forms.ChoiceField(label=_("Queue"), choices=(ANY, *Queue.choices), required=False)
    since = forms.DateField(label=_("From"), required=False, widget=DayInput)
    until = forms.DateField(label=_("To"), required=False, widget=DayInput)

    def __init__(self, data: Any) -> None:
        super().__init__(data, auto_id="filter-%s")
        people = get_user_model().objects.filter(Q(is_staff=True))
        for name, rows in {
            "category": Category.objects.order_by("pk"),
            "rule": WordRule.objects.order_by("phrase", "pk"),
            "by": people.order_by("username"),
        }.items():
            self.fields[name].queryset = rows  # type: ignore[attr-defined]
            self.fields[name].empty_label = ANY[1]  # type: ignore[attr-defined]

    @property
    def is_asked(self) -> bool:
        """Whether anything at all is asked for."""
        return any(self.data.get(name) for name in self.fields)

    @property
    def is_narrowed(self) -> bool:
        """Whether more is asked for than words."""
        return any(self.data.get(name) for name in self.fields if name != "q")

    def query(self) -> str:
        """What stands in the address of this search, and nothing else of it."""
        return urlencode({name: self.data[name] for name in self.fields if self.data.get(name)})

    def wanted(self) -> Filter:
        """What the valid form asks for."""
        data = self.cleaned_data
        number = _number(data["article"])
        return Filter(
            words=data["q"],
            name=data["name"],
            article=number,
            title="" if number else data["article"],
            category=data["category"] and data["category"].pk,
            rule=data["rule"] and data["rule"].pk,
            by=data["by"] and data["by"].pk,
            status=data["status"],
            queue=data["queue"],
            since=_midnight(data["since"]),
            until=_midnight(data["until"] and data["until"] + timedelta(days=1)),
        )


class SaveForm(forms.ModelForm):
    """The name under which a filter is kept."""

    class Meta:
        model = SavedFilter
        fields = ("name", "query", "shared")
        widgets = {"query": forms.HiddenInput}

    def __init__(self, by: Any, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, instance=SavedFilter(by=by), auto_id="save-%s", **kwargs)
        self.fields["name"].validators.append(validate_characters)


def _number(text: str) -> int | None:
    text = text.strip()
    if text.isascii() and text.isdigit() and len(text) < 19:
        return min(int(text), MOST_KEY)
    return None


def _midnight(day: date | None) -> datetime | None:
    return nearest_instant(datetime.combine(day, time())) if day else None
