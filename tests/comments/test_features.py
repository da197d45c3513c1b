"""What the learner sees of a text, and how it weighs that."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comments.learning.features import LONGEST_WORD, MAX_PIECES, Counts, pieces, weigh
from tests.learning import area, held_out_scores, known_comments

LESSONS = Counts(100, 100)


def test_a_word_gives_itself_and_what_stands_within_it() -> None:
    assert set(pieces("كتابنا")) == {
        "كتابنا",
        *("كتا…", "…تاب…", "…ابن…", "…بنا"),
        *("كتاب…", "…تابن…", "…ابنا"),
        *("كتابن…", "…تابنا"),
    }


def test_single_letters_and_what_is_too_long_for_a_word_give_no_word() -> None:
    found = pieces(f"و {'اب' * LONGEST_WORD}")

    assert found
    assert all("…" in piece for piece in found)


@pytest.mark.parametrize(
    ("one", "other"),
    [("مُحَـــمَّد", "محمد"), ("حمارررررر", "حمار"), ("ﻛﻠﺐ", "كلب"), ("STUPIDE", "stupide"), ("أكادير 🎉!!", "اكادير")],
)
def test_spellings_of_one_word_are_one(one: str, other: str) -> None:
    assert pieces(one) == pieces(other)


def test_no_number_is_learnt() -> None:
    assert pieces("0612345678") == pieces("0698765432")


@given(st.text(max_size=300))
def test_pieces_are_few_short_distinct_and_always_the_same(text: str) -> None:
    found = pieces(text)

    assert found == sorted(set(found)) == pieces(text)
    assert len(found) <= MAX_PIECES
    assert all(0 < len(piece) <= 40 for piece in found)


def test_a_long_text_keeps_the_pieces_that_another_long_one_keeps() -> None:
    words = " ".join(text for text, _refused in known_comments())

    one, other = set(pieces(words[:4000])), set(pieces(words[:4900]))

    assert len(one) == len(other) == MAX_PIECES
    assert len(one & other) > MAX_PIECES / 2


def test_the_longest_comment_takes_a_moment() -> None:
    text = "".join(f"كلمة{number}طويلة " for number in range(500))[:5000]
    started = time.perf_counter()

    pieces(text)

    assert time.perf_counter() - started < 0.3  # 4 ms, on a machine that has nothing else to do


def test_a_piece_that_was_never_seen_says_nothing() -> None:
    assert weigh({}, LESSONS).score == 0.5
    assert weigh({}, LESSONS).signs == []


def test_a_piece_seen_as_often_as_comments_were_says_nothing() -> None:
    assert weigh({"في": Counts(900, 100)}, Counts(900, 100)).score == pytest.approx(0.5, abs=0.01)


@pytest.mark.parametrize("lessons", [Counts(1000, 20), Counts(20, 1000)], ids=["few refused", "few approved"])
def test_a_piece_of_one_kind_says_that_kind_however_rare_the_kind_is(lessons: Counts) -> None:
    assert weigh({"غبي": Counts(0, 5)}, lessons).score > 0.5
    assert weigh({"شكرا": Counts(5, 0)}, lessons).score < 0.5


def test_the_signs_are_the_three_strongest_reasons_and_none_repeats_another() -> None:
    seen = {
        "غبي": Counts(0, 40),
        "غبي…": Counts(0, 40),
        "…غبي": Counts(0, 39),
        "واتساب": Counts(1, 30),
        "كذاب": Counts(2, 20),
        "حمار": Counts(3, 6),
        "شكرا": Counts(50, 0),
    }

    weight = weigh(seen, LESSONS)

    assert weight.score > 0.5
    assert [sign["piece"] for sign in weight.signs] == ["غبي", "واتساب", "كذاب"]
    assert all(sign["weight"] > 0 for sign in weight.signs)


def test_the_signs_of_a_good_comment_speak_for_it() -> None:
    weight = weigh({"شكرا": Counts(50, 0), "مقال": Counts(30, 1), "غبي": Counts(0, 2)}, LESSONS)

    assert weight.score < 0.5
    assert [sign["piece"] for sign in weight.signs] == ["شكرا", "مقال"]


@given(st.dictionaries(st.text(max_size=8), st.tuples(st.integers(0, 10**6), st.integers(0, 10**6)), max_size=20))
def test_a_score_is_a_share_whatever_was_seen(seen: dict[str, tuple[int, int]]) -> None:
    weight = weigh({piece: Counts(*counts) for piece, counts in seen.items()}, Counts(20, 10**6))

    assert 0 <= weight.score <= 1
    assert len(weight.signs) <= 3


def test_it_tells_comments_apart_that_it_never_saw() -> None:
    assert area(held_out_scores()) > 0.9
