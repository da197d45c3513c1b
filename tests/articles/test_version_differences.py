"""What differs between two texts, word by word, at a bounded cost."""

import random
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.differences import PUT, SAME, SHOWN, TAKEN, Difference, Piece, compare_html, compare_text, compare_words

WORDS = [f"كلمة{number}" for number in range(300)]
TEXTS = st.text(alphabet="اب ت\n.،", max_size=60)


def told(before: str, after: str) -> list[tuple[str, str]]:
    return [(piece.kind, piece.text) for piece in compare_words(before, after)]


def side(difference: Difference, other: str) -> str:
    """What one side says, read from the difference: everything but the pieces of the other side."""
    paragraphs = [[piece.text for piece in each.pieces if piece.kind != other] for each in difference.paragraphs]
    return "\n".join("".join(pieces) for pieces in paragraphs if pieces)


def seconds(before: str, after: str) -> float:
    start = time.process_time()
    compare_html(before, after)
    return time.process_time() - start


def paragraph(chance: random.Random, words: int) -> str:
    return f"<p>{' '.join(chance.choice(WORDS) for _ in range(words))}</p>"


def test_a_replaced_word_is_taken_out_and_put_in() -> None:
    assert told("زار الوزير فاس", "زار الوالي فاس") == [
        (SAME, "زار "),
        (TAKEN, "الوزير"),
        (PUT, "الوالي"),
        (SAME, " فاس"),
    ]


def test_neighbouring_changes_are_one() -> None:
    kinds = [kind for kind, _text in told("قال رئيس الحكومة أمس إن", "قال وزير المالية أمس إن")]

    assert kinds == [SAME, TAKEN, PUT, SAME]


def test_a_mark_changes_alone() -> None:
    assert told("انتهى الاجتماع.", "انتهى الاجتماع؟") == [(SAME, "انتهى الاجتماع"), (TAKEN, "."), (PUT, "؟")]


def test_no_letter_is_cut_from_its_marks() -> None:
    pieces = compare_words("كَتَبَ الدرس", "كُتِبَ الدرس")

    assert pieces == (Piece(TAKEN, "كَتَبَ"), Piece(PUT, "كُتِبَ"), Piece(SAME, " الدرس"))


def test_tags_are_no_part_of_the_text() -> None:
    difference = compare_html("<p>نص <strong>مهم</strong></p>", "<p>نص <em>جديد</em></p>")

    assert [(piece.kind, piece.text) for piece in difference.paragraphs[0].pieces] == [
        (SAME, "نص "),
        (TAKEN, "مهم"),
        (PUT, "جديد"),
    ]


def test_a_change_of_looks_alone_is_told_as_such() -> None:
    difference = compare_html("<p>نص مهم</p>", "<p>نص <strong>مهم</strong></p>")

    assert (difference.only_looks, difference.paragraphs) == (True, ())


def test_unchanged_paragraphs_are_counted_and_the_neighbours_shown() -> None:
    before = [f"فقرة رقم {number}" for number in range(20)]
    after = [*before[:10], "فقرة رقم عشرة معدلة", *before[11:]]

    difference = compare_html(*("".join(f"<p>{text}</p>" for text in texts) for texts in (before, after)))

    assert [paragraph.skipped for paragraph in difference.paragraphs] == [9, 0, 0, 0, 8]


def test_a_paragraph_that_moved_in_is_put_in_whole() -> None:
    difference = compare_html("<p>أول</p><p>ثان</p>", "<p>أول</p><p>جديد تماما هنا</p><p>ثان</p>")

    assert [paragraph.pieces[0] for paragraph in difference.paragraphs][1] == Piece(PUT, "جديد تماما هنا")


def test_paragraphs_without_common_words_stand_apart() -> None:
    difference = compare_html("<p>الأمطار تعم الشمال اليوم</p>", "<p>افتتاح معرض الكتاب بالرباط</p>")

    assert [[piece.kind for piece in each.pieces] for each in difference.paragraphs] == [[TAKEN], [PUT]]


def test_equal_texts_have_no_difference() -> None:
    assert compare_html("<p>نص</p>", "<p>نص</p>") == compare_text("نص", "نص") == Difference(())


@settings(deadline=None)
@given(TEXTS, TEXTS)
def test_both_sides_can_be_read_from_the_words(before: str, after: str) -> None:
    pieces = compare_words(before, after)

    assert "".join(piece.text for piece in pieces if piece.kind != PUT) == before
    assert "".join(piece.text for piece in pieces if piece.kind != TAKEN) == after


@settings(deadline=None)
@given(st.lists(st.sampled_from("ابجده"), max_size=3), st.lists(st.sampled_from("ابجده"), max_size=3))
def test_both_sides_can_be_read_from_the_paragraphs(before: list[str], after: list[str]) -> None:
    difference = compare_text("\n".join(before), "\n".join(after))

    if before != after and not any(each.skipped for each in difference.paragraphs):
        assert side(difference, PUT) == "\n".join(before)
        assert side(difference, TAKEN) == "\n".join(after)


def test_more_changes_than_a_page_holds_are_counted() -> None:
    before, after = ("".join(f"<p>{word} {number}</p>" for number in range(SHOWN + 50)) for word in ("قبل", "بعد"))

    difference = compare_html(before, after)

    assert difference.unshown == 50
    assert sum(not each.skipped for each in difference.paragraphs) == SHOWN


@pytest.mark.parametrize("words", [1, 60, 50_000], ids=["a word each", "usual", "one paragraph"])
def test_half_a_megabyte_of_other_text_takes_less_than_a_second(words: int) -> None:
    chance = random.Random(words)  # noqa: S311 (the same texts on every machine)
    before, after = (
        "".join(paragraph(chance, words) for _ in range(min(20_000, 50_000 // words))) for _side in ("before", "after")
    )

    assert seconds(before, after) < 1


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<p>ا</p>" * 50_000, "<p>ب</p>" * 25_000 + "<p>ا</p>" * 25_000),
        ("<p>" + "ا " * 200_000 + "</p>", "<p>" + "ب ا " * 100_000 + "</p>"),
        ("<p>" + "." * 400_000 + "</p>", "<p>" + "،" * 200_000 + "</p>"),
    ],
    ids=["paragraphs", "words", "marks"],
)
def test_hostile_repetition_takes_little_time(before: str, after: str) -> None:
    assert seconds(before, after) < 1.5
