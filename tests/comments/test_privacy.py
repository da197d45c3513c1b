"""Readers' addresses: encrypted, found by a keyed hash, shown masked."""

from typing import Any

import pytest
from cryptography.fernet import Fernet
from django.db import connection
from pytest_django import DjangoAssertNumQueries

from comments.models import Comment
from comments.privacy import address_digest, decrypt, digest, encrypt, mask
from tests.factories import make_comment

ADDRESS = "said.elfassi@example.ma"


def stored_rows() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM comments_comment")
        return repr(cursor.fetchall())


def test_an_address_comes_back_from_its_token() -> None:
    assert decrypt(encrypt(ADDRESS)) == ADDRESS


def test_the_token_tells_nothing_of_the_address_and_is_new_each_time() -> None:
    first, second = encrypt(ADDRESS), encrypt(ADDRESS)

    assert first != second
    assert "said" not in first
    assert "example" not in first


def test_after_rotation_both_keys_open_and_the_newest_one_locks(settings: Any) -> None:
    old, new = (Fernet.generate_key().decode() for _ in range(2))
    settings.ADDRESS_KEYS = [old]
    token_of_old = encrypt(ADDRESS)

    settings.ADDRESS_KEYS = [new, old]
    token_of_new = encrypt(ADDRESS)

    assert decrypt(token_of_old) == ADDRESS
    assert Fernet(new).decrypt(token_of_new.encode()).decode() == ADDRESS


def test_an_address_under_a_lost_key_is_empty(settings: Any) -> None:
    token = encrypt(ADDRESS)

    settings.ADDRESS_KEYS = [Fernet.generate_key().decode()]

    assert decrypt(token) == ""


@pytest.mark.parametrize("token", ["", "garbage", "عنوان", "gAAAAA=="], ids=["empty", "latin", "arabic", "cut"])
def test_a_damaged_token_is_empty(token: str) -> None:
    assert decrypt(token) == ""


def test_a_token_that_was_tampered_with_is_empty() -> None:
    token = encrypt(ADDRESS)
    changed = "A" if token[40] != "A" else "B"

    assert decrypt(token[:40] + changed + token[41:]) == ""


def test_the_digest_depends_on_the_key(settings: Any) -> None:
    before = address_digest(ADDRESS)

    settings.ADDRESS_DIGEST_KEY = "another key"

    assert address_digest(ADDRESS) != before


@pytest.mark.parametrize("variant", ["SAID.ElFassi@Example.MA", f"  {ADDRESS}\n"], ids=["case", "space"])
def test_case_and_space_do_not_change_the_digest(variant: str) -> None:
    assert address_digest(variant) == address_digest(ADDRESS)


def test_another_address_has_another_digest() -> None:
    assert address_digest("said.elfassi@example.com") != address_digest(ADDRESS)


def test_a_digest_keeps_its_parts_apart() -> None:
    assert digest("قال", "نعم") == digest("قال", "نعم")
    assert digest("قال", "نعم") != digest("قالن", "عم")


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("said@example.ma", "s•••@example.ma"),
        ("s@example.ma", "s•••@example.ma"),
        ("سعيد@example.ma", "س•••@example.ma"),
        ('"a@b"@example.ma', '"•••@example.ma'),
        ("said", "•••"),
        ("", "•••"),
    ],
    ids=["plain", "one-letter", "arabic", "two-ats", "no-domain", "empty"],
)
def test_a_masked_address_shows_its_first_letter_and_domain(address: str, shown: str) -> None:
    assert mask(address) == shown


@pytest.mark.django_db
def test_the_database_holds_no_part_of_the_address() -> None:
    make_comment(email=ADDRESS)

    rows = stored_rows()

    assert "said" not in rows
    assert "elfassi" not in rows
    assert "example.ma" not in rows


@pytest.mark.django_db
def test_code_that_names_the_address_reads_it() -> None:
    comment = make_comment(email=ADDRESS)

    assert Comment.objects.values_list("email", flat=True).get() == ADDRESS
    assert Comment.objects.get(pk=comment.pk).email == ADDRESS


@pytest.mark.django_db
def test_the_default_manager_leaves_the_address_in_the_database(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    make_comment(email=ADDRESS)

    with django_assert_num_queries(1) as captured:
        comment = Comment.objects.get()

    assert '"email"' not in captured.captured_queries[0]["sql"]
    with django_assert_num_queries(1):
        assert comment.email == ADDRESS


@pytest.mark.django_db
def test_saving_a_comment_without_its_address_keeps_address_and_digest() -> None:
    make_comment(email=ADDRESS)
    comment = Comment.objects.get()

    comment.name = "سعيد الفاسي"
    comment.save()

    stored = Comment.objects.get()
    assert stored.name == "سعيد الفاسي"
    assert stored.email == ADDRESS
    assert stored.email_digest == address_digest(ADDRESS)


@pytest.mark.django_db
def test_a_changed_address_changes_its_digest() -> None:
    comment = make_comment(email=ADDRESS)

    comment.email = "karima@example.ma"
    comment.save()

    assert Comment.objects.get().email_digest == address_digest("karima@example.ma")


@pytest.mark.django_db
def test_comments_survive_a_lost_key(settings: Any) -> None:
    make_comment(email=ADDRESS, text="تعليق باق")

    settings.ADDRESS_KEYS = [Fernet.generate_key().decode()]

    comment = Comment.objects.get()
    assert (comment.text, comment.email) == ("تعليق باق", "")
