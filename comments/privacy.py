"""Readers' addresses: encrypted where they rest, found by a keyed hash, shown masked."""

import hmac
from functools import lru_cache
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.core import checks
from django.db import models


@lru_cache(maxsize=4)
def _vault(keys: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(key) for key in keys])


def encrypt(address: str) -> str:
    """`address` under the newest key of ADDRESS_KEYS."""
    return _vault(tuple(settings.ADDRESS_KEYS)).encrypt(address.encode()).decode()


def decrypt(token: str) -> str:
    """The address behind `token`; empty where no key of ADDRESS_KEYS opens it."""
    try:
        return _vault(tuple(settings.ADDRESS_KEYS)).decrypt(token.encode()).decode()
    except InvalidToken:
        return ""


def digest(*parts: str) -> str:
    """A keyed hash (HMAC-SHA256, hexadecimal): equal parts give equal hashes, nothing leads back."""
    message = "\x00".join(parts).encode("utf-8", "surrogatepass")
    return hmac.digest(settings.ADDRESS_DIGEST_KEY.encode(), message, "sha256").hex()


def address_digest(address: str) -> str:
    """What an address is found by; case and surrounding space do not count."""
    return digest("address", address.strip().lower())


def mask(address: str) -> str:
    """The address as the desk shows it: s•••@example.ma."""
    local, at, domain = address.rpartition("@")
    return f"{local[:1]}•••@{domain}" if at else "•••"


class SealedAddress(str):
    """Nothing to be seen: it stands for an address that no key opens, and is stored again as it was."""

    token: str

    @classmethod
    def of(cls, token: str) -> "SealedAddress":
        sealed = cls("")
        sealed.token = token
        return sealed


class EncryptedEmailField(models.EmailField):
    """An address that is plain in Python and encrypted in the database."""

    def get_internal_type(self) -> str:
        return "TextField"

    def check(self, **kwargs: Any) -> list[checks.CheckMessage]:
        return [error for error in super().check(**kwargs) if error.id != "fields.E120"]

    def get_prep_value(self, value: Any) -> Any:
        if isinstance(value, SealedAddress):
            return value.token
        value = super().get_prep_value(value)
        return encrypt(value) if value else value

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> str | None:
        return (decrypt(value) or SealedAddress.of(value)) if value else value
