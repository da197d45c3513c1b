"""Comments that are nearly the same find each other; others do not."""

import itertools
import time
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from comments.choices import Reason, Status
from comments.learning.learner import forget_old_marks
from comments.learning.likeness import are_alike, bands, shingles
from comments.models import Comment, Likeness
from tests.factories import make_article, make_comment
from tests.learning import known_comments

TEXT = "نطالب الوزارة بفتح المستشفى الجديد في أقرب وقت ممكن لأن الناس تعبوا من الانتظار"
COPIES = {
    "the same": TEXT,
    "emoji": f"🔥🔥 {TEXT} 🎉",
    "marks": TEXT.replace("ا", "اَ").replace("ت", "تُّ"),
    "tatweel": TEXT.replace("س", "ســـ"),
    "extra letters": TEXT.replace("ديد", "دييييييد").replace("وا", "وااااا"),
    "other spelling": TEXT.replace("أ", "ا").replace("ة", "ه").replace("ى", "ي"),
    "no spaces": TEXT.replace(" ", ""),
    "dots between": TEXT.replace(" ", "..."),
    "a word more": f"{TEXT} اليوم",
    "a word less": TEXT.replace("الجديد ", ""),
    "another word": TEXT.replace("الجديد", "القديم"),
    "a name in front": f"يا إخوان {TEXT}",
}
WORDS = st.lists(st.sampled_from(sorted({w for text, _ in known_comments() for w in text.split()})), min_size=10)
_numbers = itertools.count()


def share_a_band(one: str, other: str) -> bool:
    return bool(set(bands(one)) & set(bands(other)))


def receive(text: str, article: Any, **values: Any) -> Comment:
    comment = Comment(article=article, name="سعيد", email=f"said{next(_numbers)}@example.ma", text=text, **values)
    comment.receive(Status.PENDING, Reason.HELD)
    return comment


def groups() -> list[int | None]:
    return list(Comment.objects.order_by("pk").values_list("group", flat=True))


@pytest.mark.parametrize("copy", COPIES.values(), ids=COPIES)
def test_a_copy_with_small_changes_is_alike(copy: str) -> None:
    assert are_alike(shingles(TEXT), shingles(copy))
    assert share_a_band(TEXT, copy)


def test_comments_of_different_people_are_not_alike() -> None:
    texts = [shingles(text) for text, _refused in known_comments()]

    pairs = [(one, other) for at, one in enumerate(texts) for other in texts[:at]]

    assert not any(are_alike(one, other) for one, other in pairs)


@given(WORDS, st.integers(0, 9), st.sampled_from(["🎉", "!!!", "ـــ", "\u064e", "\u200f"]))
def test_what_folding_drops_makes_no_difference(words: list[str], at: int, noise: str) -> None:
    text = " ".join(words)
    noisy = " ".join([*words[:at], words[at] + noise, *words[at + 1 :]])

    assert bands(text) == bands(noisy)


@given(st.text(min_size=1, max_size=200))
def test_every_text_has_marks_that_a_column_holds(text: str) -> None:
    found = bands(text)

    assert found == bands(text)
    assert len(found) == 10
    assert all(0 <= band < 2**63 for band in found)
    assert are_alike(shingles(text), shingles(text))


def test_the_longest_comments_take_a_moment() -> None:
    text = "".join(f"كلمة{number}طويلة " for number in range(500))[:5000]
    started = time.perf_counter()

    bands(text)

    assert time.perf_counter() - started < 0.3  # 4 ms, on a machine that has nothing else to do


@pytest.mark.django_db
def test_comments_that_are_alike_are_one_group_called_by_its_first() -> None:
    article, other = make_article(), make_article()

    first = receive(TEXT, article)
    receive("تعليق عن شيء آخر تماما", article)
    for copy in list(COPIES.values())[1:]:
        receive(copy, other)

    assert groups() == [first.pk, None, *[first.pk] * (len(COPIES) - 1)]


@pytest.mark.django_db
@pytest.mark.parametrize("text", ["شكرا", "👏👏👏", "لا", "؟"])
def test_the_same_text_is_grouped_however_short(text: str) -> None:
    article = make_article()

    first = receive(text, article)
    receive(text, article, parent=None, submitted_at=timezone.now() + timedelta(hours=2))

    assert groups() == [first.pk, first.pk]


@pytest.mark.django_db
def test_a_flood_of_copies_costs_no_more_than_one(django_assert_max_num_queries: Any) -> None:
    article = make_article()
    for number in range(60):
        receive(f"{TEXT} {number}", article)
    comment = make_comment(article, status="pending", text=f"{TEXT} 99")

    with django_assert_max_num_queries(7) as captured:  # a savepoint and its end among them
        Likeness.objects.mark(comment)

    assert comment.group == Comment.objects.order_by("pk")[0].pk
    assert len(set(groups())) == 1
    assert all(query["sql"].count("IN (") < 2 for query in captured.captured_queries)


@pytest.mark.django_db
def test_marks_go_a_week_after_a_comment_waits_no_more(moderator: Any) -> None:
    article, old = make_article(), timezone.now() - timedelta(days=8)
    waiting, decided = (receive(text, article, submitted_at=old) for text in (TEXT, "كلام آخر عن شيء آخر"))
    recent = receive("كلام ثالث عن شيء ثالث", article)
    for comment in (decided, recent):
        comment.approve(by=moderator)

    assert forget_old_marks() == 10

    assert set(Likeness.objects.values_list("comment", flat=True)) == {waiting.pk, recent.pk}
