"""Keys of one-time codes and seeds of recovery codes, for `manage.py rotate_keys`."""

from typing import Any

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.db.models import QuerySet

from comments.personal_data.keys import Rotation, is_newest
from comments.privacy import decrypt, encrypt

FIELDS: dict[Any, str] = {Authenticator.Type.TOTP: "secret", Authenticator.Type.RECOVERY_CODES: "seed"}


def count() -> int:
    """How many secrets are stored."""
    return _stored().count()


def rotate(state: Rotation) -> None:
    """Encrypt anew whatever is not under the newest key; `state` counts on."""
    for key in list(_stored().order_by("pk").values_list("pk", flat=True)):
        with transaction.atomic():  # a recovery code may be used meanwhile, in the same column
            kept = _stored().select_for_update().filter(pk=key).first()
            if kept:
                _rotate(kept, state)


def _stored() -> QuerySet[Authenticator]:
    return Authenticator.objects.filter(type__in=FIELDS)


def _rotate(kept: Authenticator, state: Rotation) -> None:
    state.seen += 1
    field = FIELDS[kept.type]
    if is_newest(kept.data[field]):
        return
    secret = decrypt(kept.data[field])
    if not secret:
        state.sealed += 1
        return
    kept.data[field] = encrypt(secret)
    kept.save(update_fields=["data"])
    state.rotated += 1
