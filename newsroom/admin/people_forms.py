"""The forms of the people of the newsroom."""

from typing import Any

from django import forms
from django.contrib.auth.forms import UserChangeForm
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from newsroom.staff.people import check_may_rest, with_address


def check_address(address: str, person: User) -> str:
    """`address`, if nobody but `person` has it. Raises ValidationError otherwise; case does not count."""
    address = address.strip()
    if address and with_address(address).exclude(pk=person.pk).exists():
        raise ValidationError(_("Somebody of the newsroom has this e-mail address already."))
    return address


class InvitationForm(forms.ModelForm):
    """A new person, who gets a mail with a link to choose a password."""

    acting: User

    class Meta:
        model = User
        fields = ("username", "first_name", "last_name", "email", "groups")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].required = True
        self.fields["email"].help_text = _("The invitation goes there. The link in it is valid for seven days.")

    def clean_email(self) -> str:
        return check_address(self.cleaned_data["email"], self.instance)

    def save(self, commit: bool = True) -> Any:
        self.instance.is_staff = True
        self.instance.set_unusable_password()
        return super().save(commit)


class PersonForm(UserChangeForm):
    """Who is here already. Accounts from before may be without an address; no two share one."""

    acting: User

    def clean_email(self) -> str:
        return check_address(self.cleaned_data["email"], self.instance)

    def clean_is_active(self) -> bool:
        is_active = self.cleaned_data["is_active"]
        if self.initial.get("is_active") and not is_active:
            check_may_rest(self.instance, self.acting)
        return is_active
