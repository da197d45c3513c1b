"""The stamp of a comment form: bound to its article, for seven days."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core.signing import Signer
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from comments.stamp import StampError, check_stamp, make_stamp

MADE_AT = datetime(2026, 11, 2, 9, 59, 59, tzinfo=UTC)


def stamp_made_at(moment: datetime, article_pk: int = 7) -> str:
    with time_machine.travel(moment, tick=False):
        return make_stamp(article_pk)


def test_a_fresh_stamp_is_accepted() -> None:
    check_stamp(make_stamp(7), 7)


@pytest.mark.parametrize("other", [8, 77, 70, 0, -7])
def test_a_stamp_is_refused_under_another_article(other: int) -> None:
    with pytest.raises(StampError):
        check_stamp(make_stamp(7), other)


@pytest.mark.parametrize("age", [timedelta(0), timedelta(days=1), timedelta(days=7)], ids=str)
def test_a_stamp_is_valid_for_seven_days(age: timedelta) -> None:
    stamp = stamp_made_at(MADE_AT)

    with time_machine.travel(MADE_AT + age, tick=False):
        check_stamp(stamp, 7)


@pytest.mark.parametrize("age", [timedelta(days=7, hours=1), timedelta(days=30), timedelta(days=3650)], ids=str)
def test_an_older_stamp_is_refused(age: timedelta) -> None:
    stamp = stamp_made_at(MADE_AT)

    with time_machine.travel(MADE_AT + age, tick=False), pytest.raises(StampError):
        check_stamp(stamp, 7)


def test_a_stamp_from_tomorrow_is_refused() -> None:
    stamp = stamp_made_at(MADE_AT + timedelta(days=1))

    with time_machine.travel(MADE_AT, tick=False), pytest.raises(StampError):
        check_stamp(stamp, 7)


def test_pages_of_the_same_hour_carry_the_same_stamp() -> None:
    first, last = MADE_AT.replace(minute=0, second=0), MADE_AT

    assert stamp_made_at(first) == stamp_made_at(last)
    assert stamp_made_at(last) != stamp_made_at(last + timedelta(seconds=1))


def test_a_stamp_may_be_used_again() -> None:
    stamp = make_stamp(7)

    check_stamp(stamp, 7)
    check_stamp(stamp, 7)


def test_a_stamp_under_another_secret_is_refused(settings: Any) -> None:
    stamp = make_stamp(7)

    settings.SECRET_KEY = "another secret" * 5

    with pytest.raises(StampError):
        check_stamp(stamp, 7)


def test_a_signature_made_for_another_purpose_is_refused() -> None:
    content = make_stamp(7).rpartition(":")[0]

    with pytest.raises(StampError):
        check_stamp(Signer(salt="something else").sign(content), 7)


def test_a_stamp_rewritten_for_another_article_is_refused() -> None:
    stamp = make_stamp(7)

    with pytest.raises(StampError):
        check_stamp("8" + stamp[1:], 8)


@pytest.mark.parametrize(
    "stamp",
    ["", ":", "7", "7.1:", "ختم", "7.1:\x00", "\ud800", "x" * 200],
    ids=["empty", "colon", "number", "unsigned", "arabic", "null", "surrogate", "long"],
)
def test_garbage_is_refused(stamp: str) -> None:
    with pytest.raises(StampError):
        check_stamp(stamp, 7)


@given(st.text(st.characters(exclude_categories=()), max_size=200))
@examples(deadline=None, max_examples=100)
def test_nothing_but_a_stamp_error_comes_from_any_text(stamp: str) -> None:
    with pytest.raises(StampError):
        check_stamp(stamp, 7)
