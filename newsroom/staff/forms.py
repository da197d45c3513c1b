"""What people type to get in and to keep others out."""

import struct
import unicodedata
from collections.abc import Callable
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.mfa import app_settings as mfa_settings
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, AuthenticateWebAuthnForm
from cryptography.exceptions import InvalidSignature
from django import forms
from django.contrib.admin.forms import AdminAuthenticationForm
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from articles.validators import validate_characters
from comments.privacy import digest
from newsroom.staff.second_factor import is_confirmed, mark_confirmed

TOO_MANY = "too_many_login_attempts"
CODE_ATTRS = {"dir": "ltr", "inputmode": "numeric", "autocomplete": "one-time-code", "autofocus": True}

# What fido2 and its parsers raise on what no device would send.
GARBAGE = (ValueError, TypeError, LookupError, AttributeError, ArithmeticError, struct.error, InvalidSignature)


def was_refused(form: forms.Form) -> bool:
    """Whether `form` failed because there were too many attempts, right or wrong."""
    return any(
        error.code in (TOO_MANY, "rate_limited") for errors in form.errors.as_data().values() for error in errors
    )


def check_password(request: HttpRequest | None, username: str, password: str) -> Any:
    """Whose password it is, if anybody's. Raises ValidationError after too many wrong ones, known name or not."""
    person = get_adapter().authenticate(request, username=username, password=password)
    return person if person and person.is_staff else None


def plain_code(text: str) -> str:
    """The digits of `text` as ASCII ones, whatever stands between them and whichever script they are of."""
    return "".join(str(unicodedata.digit(letter)) for letter in text if letter.isdigit())


def take_code(person: Any, code: str) -> None:
    """Note that `person` used this code of the app. Raises ValidationError where it was used already."""
    # allauth remembers a code for one period, and none of the set-up; with a tolerance it is good for longer.
    life = mfa_settings.TOTP_PERIOD * (2 * mfa_settings.TOTP_TOLERANCE + 1)
    if not cache.add(f"newsroom.totp.{digest('totp', str(person.pk), code)}", True, life):
        raise ValidationError(_("This code was used already. Wait for the next one."))


def from_device(read: Callable[[], Any]) -> Any:
    """What `read` makes of a device's answer. Raises ValidationError for a wrong one and for garbage."""
    try:
        return read()
    except (ValidationError, *GARBAGE) as error:
        if getattr(error, "code", "") == TOO_MANY:
            raise
        raise ValidationError(_("The passkey was not accepted. Try again."), code="passkey") from error


class LoginForm(AdminAuthenticationForm):
    """Django's, with limits. Names of accounts are Latin; they read left to right in every language."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].widget.attrs["dir"] = "ltr"

    def clean(self) -> dict[str, Any]:
        username, password = self.cleaned_data.get("username"), self.cleaned_data.get("password")
        if username and password:
            self.user_cache = check_password(self.request, username, password)
            if self.user_cache is None:
                raise self.get_invalid_login_error()
        return self.cleaned_data


class ConfirmForm(forms.Form):
    """A step that asks for the password, unless it was given a moment ago."""

    def __init__(self, *args: Any, request: HttpRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request = request
        if not is_confirmed(request):
            widget = forms.PasswordInput(attrs={"autocomplete": "current-password", "dir": "ltr"})
            self.fields["password"] = forms.CharField(label=_("Your password"), widget=widget, strip=False)

    def clean_password(self) -> str:
        password = self.cleaned_data["password"]
        if check_password(self.request, self.request.user.get_username(), password) is None:
            raise ValidationError(_("This is not your password."))
        mark_confirmed(self.request)
        return password


class SetUpForm(ConfirmForm, ActivateTOTPForm):
    """The first code of an app proves that it holds the key."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = _("Code that the app shows")
        self.fields["code"].widget.attrs = CODE_ATTRS

    def clean_code(self) -> str:
        self.cleaned_data["code"] = plain_code(self.cleaned_data["code"])
        return super().clean_code()

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if not self.errors:  # after a wrong password the same code may be given once more
            try:
                take_code(self.user, self.cleaned_data["code"])
            except ValidationError as error:
                self.add_error("code", error)
        return cleaned


class CodeForm(AuthenticateForm):
    """A code of the app, or one of the recovery codes; each is taken once."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs = CODE_ATTRS

    def clean_code(self) -> str:
        self.cleaned_data["code"] = plain_code(self.cleaned_data["code"])
        code = super().clean_code()
        if self.authenticator.type == Authenticator.Type.TOTP:
            take_code(self.user, code)
        return code


class PasskeyForm(ConfirmForm, AddWebAuthnForm):
    """A passkey with a name. It must ask for a finger, a face or a PIN, as it opens the desk by itself."""

    name = forms.CharField(label=_("Name of the key"), max_length=60, validators=[validate_characters])
    passwordless = forms.BooleanField(widget=forms.HiddenInput, initial=True)

    def clean(self) -> dict[str, Any]:
        return from_device(super().clean)


class GivePasskeyForm(AuthenticateWebAuthnForm):
    """What a passkey signed: that of `user`, or of whoever it names where `user` is None."""

    def clean_credential(self) -> Authenticator:
        return from_device(super().clean_credential)


class AddressForm(forms.Form):
    """Where the link for a new password goes."""

    email = forms.EmailField(
        label=_("E-mail"), max_length=254, widget=forms.EmailInput(attrs={"dir": "ltr", "autocomplete": "email"})
    )
