"""Rotating keys: every stored address under the newest of ADDRESS_KEYS."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Protocol

from cryptography.fernet import Fernet, InvalidToken
from django.apps import apps
from django.conf import settings
from django.db import models, transaction
from django.db.models.functions import Cast

from comments.privacy import EncryptedEmailField, SealedAddress, decrypt, encrypt

BATCH = 500


@dataclass
class Rotation:
    """How many addresses were looked at, written anew, and cannot be opened by any key."""

    seen: int = 0
    rotated: int = 0
    sealed: int = 0


class Others(Protocol):
    """What a package above this one keeps under the same keys."""

    def count(self) -> int: ...

    def rotate(self, state: Rotation) -> None: ...


others: list[Others] = []


def rotate() -> Iterator[Rotation]:
    """Encrypt anew whatever is not under the newest key; gives the state after each batch.

    Stopped at any moment, it goes on where it was when it is run again. It writes nothing but the
    encrypted column: no signal, no page, no counter hears of it.
    """
    state = Rotation()
    for model, field in encrypted_columns():
        for rows in _batches(model, field):
            with transaction.atomic():
                for key, token in rows:
                    _rotate(state, model, field, key, token)
            yield state
    for each in others:
        each.rotate(state)
        yield state


def count() -> int:
    """How many addresses are stored, and what else is encrypted as they are."""
    return sum(_stored(model, field).count() for model, field in encrypted_columns()) + sum(
        each.count() for each in others
    )


def encrypted_columns() -> list[tuple[type[models.Model], str]]:
    """Every column of every model that holds encrypted addresses."""
    return [
        (model, field.name)
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if isinstance(field, EncryptedEmailField)
    ]


def _stored(model: Any, field: str) -> models.QuerySet[Any]:
    return model._base_manager.exclude(**{field: ""}).order_by("pk")


def _batches(model: Any, field: str) -> Iterator[list[tuple[int, str]]]:
    """Keys of rows and what is stored there, as it is stored."""
    last = 0
    while True:
        rows = _stored(model, field).filter(pk__gt=last).annotate(token=Cast(field, models.TextField()))
        batch = list(rows.values_list("pk", "token")[:BATCH])
        if not batch:
            return
        yield batch
        last = batch[-1][0]


def _rotate(state: Rotation, model: Any, field: str, key: int, token: str) -> None:
    state.seen += 1
    if is_newest(token):
        return
    address = decrypt(token)
    if not address:
        state.sealed += 1
        return
    # Only where nobody has written another address, or none, meanwhile.
    unchanged = model._base_manager.annotate(token=Cast(field, models.TextField())).filter(pk=key, token=token)
    state.rotated += unchanged.update(**{field: SealedAddress.of(encrypt(address))})


def is_newest(token: str) -> bool:
    """Whether `token` is under the newest key."""
    try:
        Fernet(settings.ADDRESS_KEYS[0]).decrypt(token.encode())
    except InvalidToken:
        return False
    return True
