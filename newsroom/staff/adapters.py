"""What allauth asks of the portal, which uses its second factors and its limits, no page and no mail of it."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest

from articles.http import client_address
from comments.privacy import decrypt, encrypt
from newsroom.models import SiteSettings


class AccountAdapter(DefaultAccountAdapter):
    """Nobody signs up; limits count the client's own address."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        return client_address(request) or "unknown"

    def send_mail(self, *args: Any, **kwargs: Any) -> None:
        """Mail goes through the newsroom's outbox alone."""


class MFAAdapter(DefaultMFAAdapter):
    """Secrets are encrypted where they rest, under ADDRESS_KEYS; apps show the newspaper's name."""

    def encrypt(self, text: str) -> str:
        return encrypt(text)

    def decrypt(self, encrypted_text: str) -> str:
        """Raises ValidationError where no key opens it: codes of an empty secret can be computed by anybody."""
        secret = decrypt(encrypted_text)
        if not secret:
            raise self.validation_error("incorrect_code")
        return secret

    def _get_user_identifier(self, user: Any) -> str:
        return user.get_username()  # never the address: it would stand in the app, and in the picture of the code

    def _get_site_name(self) -> str:
        return SiteSettings.load().name
