"""What readers type is read as words and phrases, whatever it is."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.models import Synonym
from articles.search.engines import Scope, engine
from articles.search.positions import EARLIEST, key_of
from articles.search.query import MAX_WORDS, Query, Thesaurus, parse
from tests.factories import make_article

ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=80)
OPERATORS = st.lists(
    st.sampled_from(
        ["NEAR(", ")", "AND", "OR", "NOT", "*", '"', "«", "»", "“", ":", "^", "-", "+", "'", "\\", "&", "|"]
    )
    | st.sampled_from(["<->", "!", "\x00", "\ud800", "%", "_", "في", "وزير", "الـ", "title_ar", "3", "ـ", "{", "}"])
).map(" ".join)
EVERYTHING = Scope("ar", EARLIEST, 2**63 - 1)


def terms(text: str, thesaurus: Thesaurus | None = None) -> list[list[str]]:
    return [[" ".join(run) for run in term] for term in parse(text, thesaurus).terms]


def test_each_word_is_a_term_of_its_stem() -> None:
    assert terms("وزارات الصحة") == [["وزار"], ["صحه"]]


def test_a_word_typed_twice_is_asked_once() -> None:
    assert terms("الوزير والوزير وزير") == [["وزير"]]


@pytest.mark.parametrize("text", ["«وزارة الصحة»", '"وزارة الصحة"', "“وزارة الصحة”", "„وزارة الصحة“"])
def test_quotation_marks_make_a_phrase(text: str) -> None:
    assert terms(text) == [["وزار صحه"]]


def test_phrases_and_words_stand_side_by_side() -> None:
    assert terms('مشروع «السد الكبير» "قانون المالية" جديد') == [["مشروع"], ["سد كبير"], ["قانون مال"], ["جديد"]]


@pytest.mark.parametrize("text", ["«وزارة الصحة", 'وزارة" الصحة', "»وزارة الصحة«", '"وزارة «الصحة'])
def test_unbalanced_quotation_marks_only_part_words(text: str) -> None:
    assert terms(text) == [["وزار"], ["صحه"]]


@pytest.mark.parametrize(
    "text", ["", " ", "\u064b\u0651", "\u200b\u200c", "ـــ", "؟!«»", "\x00", "\ud800", '""'], ids=ascii
)
def test_what_holds_no_letter_asks_for_nothing(text: str) -> None:
    assert not parse(text)


def test_the_first_words_are_asked_for_and_the_page_can_say_so() -> None:
    query = parse(" ".join(f"كلمة{number}" for number in range(1_000)))

    assert len(query.terms) == MAX_WORDS
    assert query.is_cut


def test_a_phrase_counts_with_its_words() -> None:
    words = [f"كلمة{number}" for number in range(30)]

    assert sum(len(run) for term in parse(f"«{' '.join(words)}» {words[0]}").terms for run in term) == MAX_WORDS


def test_a_few_words_are_not_called_cut() -> None:
    assert not parse("وزارة الصحة").is_cut


def test_synonyms_are_asked_for_together() -> None:
    thesaurus = Thesaurus([[("وزير",), ("وزرا",)]])

    assert terms("الوزراء اليوم", thesaurus) == [["وزرا", "وزير"], ["يوم"]]


def test_several_words_that_together_mean_something_are_one_term() -> None:
    thesaurus = Thesaurus([Synonym(words="العدالة والتنمية, البيجيدي, PJD").alternatives()])

    assert terms("حزب العدالة والتنمية", thesaurus) == [["حزب"], ["عدال تنم", "بيجيد", "pjd"]]
    assert terms("PJD", thesaurus) == [["pjd", "عدال تنم", "بيجيد"]]
    assert terms("العدالة", thesaurus) == [["عدال"]]


def test_in_quotation_marks_a_word_means_itself() -> None:
    assert terms("«وزراء»", Thesaurus([[("وزير",), ("وزرا",)]])) == [["وزرا"]]


def test_groups_that_share_a_word_join_for_that_word_alone() -> None:
    thesaurus = Thesaurus([[("ا",), ("ب",)], [("ب",), ("ج",)]])

    assert terms("ب", thesaurus) == [["ب", "ا", "ج"]]
    assert terms("ا", thesaurus) == [["ا", "ب"]]


@settings(deadline=None, max_examples=300)
@given(ANY_TEXT | OPERATORS)
def test_any_text_is_read(text: str) -> None:
    query = parse(text, Thesaurus([[("وزير",), ("في", "وزير")]]))

    assert isinstance(query, Query)
    assert all(word.isalnum() for term in query.terms for run in term for word in run)


@pytest.mark.django_db
@settings(deadline=None, max_examples=150)
@given(ANY_TEXT | OPERATORS)
def test_the_database_takes_any_text(text: str) -> None:
    query = parse(text)

    if query:
        assert engine().newest(query, EVERYTHING, 5).hits == []
        assert engine().best(query, EVERYTHING, 5).hits == []


@pytest.mark.django_db
def test_a_rare_phrase_of_common_words_is_looked_for_piece_by_piece(monkeypatch: pytest.MonkeyPatch) -> None:
    """However many articles hold its words, a page looks at so many; the next goes on where it stopped."""
    monkeypatch.setattr("articles.search.engines.LOOKED_AT", 4)
    monkeypatch.setattr("articles.search.engines.FEW", 2)
    now = datetime(2026, 11, 24, tzinfo=UTC)
    phrase = make_article("في البيت", published_at=now - timedelta(days=1))
    for number in range(6):
        make_article("البيت في", published_at=now - timedelta(hours=number))
    query = parse("«في البيت»")

    best = engine().best(query, EVERYTHING, 5)
    found = engine().newest(query, EVERYTHING, 5)
    further = engine().newest(query, replace(EVERYTHING, last=(found.stopped_at or 0) - 1), 5)

    assert best.hits == found.hits == []
    assert [key_of(hit.position) for hit in further.hits] == [phrase.pk]
    assert further.stopped_at is None
