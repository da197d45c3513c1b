"""manage.py rotate_keys: every address under the newest key, and nothing else touched."""

from io import StringIO
from typing import Any

import pytest
from cryptography.fernet import Fernet
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test.utils import override_settings

from comments.models import Comment, Subscription
from comments.personal_data import keys
from comments.privacy import address_digest
from newsroom.models import PageGeneration
from tests.factories import make_article, make_comment

pytestmark = pytest.mark.django_db

NEW = Fernet.generate_key().decode()
OLD = settings.ADDRESS_KEYS[0]


def tokens() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT email FROM comments_comment UNION ALL SELECT email FROM comments_subscription")
        return [row[0] for row in cursor.fetchall()]


def subscribe(address: str) -> Subscription:
    values = {"email": address, "email_digest": address_digest(address)}
    return Subscription.objects.create(article=make_article(), **values)


def rotate() -> str:
    output = StringIO()
    call_command("rotate_keys", stdout=output)
    return output.getvalue()


def opens(key: str, token: str) -> bool:
    try:
        return bool(Fernet(key).decrypt(token.encode()))
    except Exception:
        return False


def test_every_address_is_under_the_newest_key_and_opens_without_the_old_one() -> None:
    comments = [make_comment(email=f"reader{number}x@example.ma") for number in range(3)]
    subscribe("follower@example.ma")

    with override_settings(ADDRESS_KEYS=[NEW, OLD]):
        told = rotate()

    assert "4 of 4" in told
    assert all(opens(NEW, token) for token in tokens())
    with override_settings(ADDRESS_KEYS=[NEW]):
        found = list(Comment.objects.order_by("pk").values_list("email", flat=True))
    assert found == [f"reader{number}x@example.ma" for number in range(len(comments))]


def test_a_second_run_writes_nothing() -> None:
    make_comment()
    with override_settings(ADDRESS_KEYS=[NEW, OLD]):
        rotate()
        before = tokens()

        assert "0 of 1" in rotate()

    assert tokens() == before


def test_stopped_in_between_it_goes_on_where_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(5):
        make_comment()
    monkeypatch.setattr(keys, "BATCH", 2)

    with override_settings(ADDRESS_KEYS=[NEW, OLD]):
        first = next(keys.rotate())
        assert (first.seen, sum(opens(NEW, token) for token in tokens())) == (2, 2)
        *_others, last = keys.rotate()

    assert (last.seen, last.rotated) == (5, 3)
    assert all(opens(NEW, token) for token in tokens())


def test_what_no_key_opens_stays_and_is_counted() -> None:
    make_comment()
    lost = Fernet.generate_key().decode()
    with override_settings(ADDRESS_KEYS=[lost]):
        make_comment()
    sealed = next(token for token in tokens() if opens(lost, token))

    with override_settings(ADDRESS_KEYS=[NEW, OLD]):
        told = rotate()

    assert "1 cannot be opened" in told
    assert sealed in tokens()


def test_pages_and_counters_hear_nothing_of_it() -> None:
    make_comment()
    generations = list(PageGeneration.objects.order_by("key").values())
    rows = list(Comment.objects.defer("email").values_list("status", "revision", "email_digest", "html"))

    with override_settings(ADDRESS_KEYS=[NEW, OLD]):
        rotate()

    assert list(PageGeneration.objects.order_by("key").values()) == generations
    assert list(Comment.objects.values_list("status", "revision", "email_digest", "html")) == rows


def test_an_address_blanked_meanwhile_does_not_come_back(monkeypatch: pytest.MonkeyPatch) -> None:
    comment = make_comment()
    real = keys.decrypt

    def blank_first(token: str) -> Any:
        Comment.objects.filter(pk=comment.pk).update(email="")
        return real(token)

    monkeypatch.setattr(keys, "decrypt", blank_first)
    with override_settings(ADDRESS_KEYS=[NEW, OLD]):
        *_others, last = keys.rotate()

    assert last.rotated == 0
    assert tokens() == [""]


def test_every_encrypted_column_is_known() -> None:
    assert {model.__name__ for model, _field in keys.encrypted_columns()} >= {"Comment", "Subscription"}
