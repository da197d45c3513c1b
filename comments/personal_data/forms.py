"""The form that asks for what is kept about an address."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from articles.validators import validate_characters
from comments.forms import BAD_EMAIL
from comments.stamp import StampError, check_stamp, make_stamp

NO_ARTICLE = 0  # the stamp's, for a form that stands under none


class AddressForm(forms.Form):
    """An address, with the stamp and the trap of every public form."""

    email = forms.EmailField(
        label=_("E-mail"),
        max_length=254,
        validators=[validate_characters],
        error_messages={"required": BAD_EMAIL, "invalid": BAD_EMAIL, "max_length": BAD_EMAIL},
        widget=forms.EmailInput(attrs={"autocomplete": "email", "dir": "ltr"}),
    )
    stamp = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput)
    # Readers do not see it; programs that fill in every field do.
    website = forms.CharField(required=False, widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}))

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, initial={"stamp": make_stamp(NO_ARTICLE)})

    def clean_stamp(self) -> str:
        stamp = self.cleaned_data["stamp"]
        try:
            check_stamp(stamp, NO_ARTICLE)
        except StampError as error:
            self.data = {**{key: self.data.get(key) for key in self.data}, "stamp": make_stamp(NO_ARTICLE)}
            raise ValidationError(_("This page was open for too long. Send the form again."), code="stamp") from error
        return stamp

    @property
    def is_trapped(self) -> bool:
        """Whether the field that readers do not see came filled in."""
        return bool(self.cleaned_data.get("website"))
