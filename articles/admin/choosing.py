"""Fields that complete what is typed, in forms that are shown again with what was sent."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib.admin.options import BaseModelAdmin
from django.contrib.admin.widgets import AutocompleteMixin, AutocompleteSelect, AutocompleteSelectMultiple
from django.core.exceptions import ValidationError
from django.db.models import ForeignKey
from django.http import HttpRequest


def is_key(value: Any) -> bool:
    """Whether `value` can be the key of a row: digits, and not more than a database takes."""
    return str(value).isdecimal() and len(str(value)) < 19


class ManyField(forms.ModelMultipleChoiceField):
    """Some of many rows. Django's own fails on numbers that no column holds."""

    def clean(self, value: Any) -> Any:
        for each in value or ():
            if not is_key(each):
                raise ValidationError(self.error_messages["invalid_choice"], "invalid_choice", {"value": each})
        return super().clean(value)


class _OnlyKeys(AutocompleteMixin):
    """Looks up keys alone: Django's own fails on anything else that was sent."""

    def optgroups(self, name: str, value: Sequence[str], attr: Any = None) -> Any:
        keys = [each for each in value if is_key(each)]
        return super().optgroups(name, keys, attr)


class ChooseOne(_OnlyKeys, AutocompleteSelect):
    """One of many rows."""


class ChooseMany(_OnlyKeys, AutocompleteSelectMultiple):
    """Some of many rows."""


class ChoosingAdmin(BaseModelAdmin):
    """Gives each of `autocomplete_fields` a widget that bears whatever was sent."""

    def formfield_for_foreignkey(self, db_field: ForeignKey, request: HttpRequest | None, **kwargs: Any) -> Any:
        if request and db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", ChooseOne(db_field, self.admin_site, using=kwargs.get("using")))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)  # type: ignore[arg-type]
