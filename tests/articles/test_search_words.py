"""Words typed wrong are put right by words that readers can find."""

from datetime import timedelta

import pytest
import time_machine
from django.db import OperationalError, transaction
from django.test import Client
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.arabic import fold
from articles.choices import Status
from articles.models import Article, SearchWord
from articles.search.words import edits, learn, nearest, new_words
from tests.factories import make_article
from tests.pages import read, words

pytestmark = pytest.mark.django_db

WORD = st.text("ابتكل", max_size=7)


def spellings(word: str, language: str = "ar") -> list[str]:
    return [guess.spelling for guess in nearest(language, word)]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("الرياظة", "الرياضة"),
        ("رياضه", "رياضة"),
        ("الريضة", "الرياضة"),
        ("الرياضضة", "الرياضة"),
        ("الراضية", "الراضية"),
        ("المقاولت", "المقاولات"),
        ("الانتخبات", "الانتخابات"),
        ("الانتحابات", "الانتخابات"),
        ("للرياظة", "للرياضة"),
    ],
)
def test_the_nearest_known_word_is_searched_at_once(client: Client, typed: str, meant: str) -> None:
    make_article("عنوان", body="<p>نادي الرياضة والمقاولات في الانتخابات وأنا الراضية</p>")

    page = read(client, f"/search/?q={typed}")

    assert len(page.findall(".//ol[@id='results']/li")) == 1
    notice = page.find(".//p[@role='status']/a/bdi")
    assert (words(notice) if notice is not None else typed) in (meant, typed)


def test_the_page_says_what_it_looked_for_instead(client: Client) -> None:
    make_article("عودة الرياضة")

    page = read(client, "/search/?q=«عودة الرياظة»")

    assert words(page.find(".//p[@role='status']")).startswith("لم نجد شيئا عن ««عودة الرياظة»».")
    link = page.find(".//p[@role='status']/a")
    assert words(link) == "«عودة الرياضة»"
    assert link is not None
    assert "q=%C2%AB" in link.attrib["href"]


@pytest.mark.parametrize("typed", ["xyzzy", "قطار", "شاحنات مطر", "قطر"])
def test_nothing_is_made_up(client: Client, typed: str) -> None:
    make_article("خبر قصير")

    page = read(client, f"/search/?q={typed}")

    assert page.find(".//ol[@id='results']") is None
    assert page.find(".//p[@role='status']/a") is None


def test_short_words_are_left_as_they_are() -> None:
    make_article("قطار سريع")

    assert spellings("قطاز") == []
    assert spellings("قطارز") == ["قطار"]


def test_a_word_that_is_known_is_never_replaced(client: Client) -> None:
    make_article("الرياضة اليوم")
    make_article("الرياضات القديمة")

    page = read(client, "/search/?q=الرياضة القديمة السفلى")

    assert page.find(".//p[@role='status']/a") is None


def test_the_words_of_what_is_not_visible_are_never_offered(client: Client) -> None:
    make_article("سري الرياضة", status=Status.DRAFT)
    withdrawn = make_article("نشر ثم سحب: الزراعة")
    Article.objects.filter(pk=withdrawn.pk).update(status=Status.WITHDRAWN)

    pages = [read(client, f"/search/?q={typed}") for typed in ("الرياظة", "الزراعغة")]

    assert [page.find(".//ol[@id='results']") for page in pages] == [None, None]
    assert not SearchWord.objects.filter(spelling="رياضة").exists()


def test_a_form_that_only_a_scheduled_article_holds_is_not_offered_before_its_time(client: Client) -> None:
    soon = timezone.now() + timedelta(days=1)
    make_article("القنطروشتهما السرية", published_at=soon)
    make_article("قنطروشة")

    before = read(client, "/search/?q=قنطروشتهمل")
    with time_machine.travel(soon + timedelta(seconds=1), tick=False):
        after = read(client, "/search/?q=قنطروشتهمل")

    assert before.find(".//p[@role='status']/a") is None
    assert words(after.find(".//p[@role='status']/a")) == "قنطروشتهما"


def test_a_word_that_is_published_before_a_scheduled_article_holds_it_is_offered(client: Client) -> None:
    make_article("القنطروشة", published_at=timezone.now() + timedelta(days=1))
    make_article("قنطروشة")

    page = read(client, "/search/?q=قنطروششة")

    assert words(page.find(".//p[@role='status']/a")) == "قنطروشة"


def test_a_correction_that_finds_nothing_is_not_offered(client: Client) -> None:
    make_article("مجلس الشعب")
    make_article("خبر عن النواب")

    page = read(client, "/search/?q=مجلص النواب")

    assert page.find(".//p[@role='status']/a") is None


def test_a_correction_keeps_the_filters(client: Client) -> None:
    make_article("عودة الرياضة")

    link = read(client, "/search/?q=الرياظة&since=2020-01-01").find(".//p[@role='status']/a")

    assert link is not None
    assert "since=2020-01-01" in link.attrib["href"]


def test_of_two_near_words_the_one_of_the_same_sound_wins(client: Client) -> None:
    make_article("سؤال البراكة")
    make_article("سؤال البراقة")

    page = read(client, "/search/?q=البراغة")

    assert words(page.find(".//p[@role='status']/a")) in ("البراقة", "البراكة")


def test_of_two_equally_near_words_the_commoner_wins(client: Client) -> None:
    make_article("خبر السدادة")
    for _ in range(3):
        make_article("خبر السدافة")

    page = read(client, "/search/?q=السداوة")

    assert words(page.find(".//p[@role='status']/a")) == "السدافة"


@pytest.mark.parametrize("language", ["fr", "en"])
def test_other_languages_have_words_of_their_own(client: Client, language: str) -> None:
    make_article("عنوان", **{f"title_{language}": "Élections communales"})

    page = read(client, f"/{language}/search/?q=elctions")

    assert words(page.find(".//p[@role='status']/a")) == "Élections"


def test_a_word_is_remembered_as_it_is_typed_without_article_and_marks() -> None:
    make_article("والرِّيـاضة ﻃﻨﺠﺔ 2026 من", body="")

    assert dict(SearchWord.objects.values_list("word", "spelling")) == {"رياضه": "رياضة", "طنجه": "طنجة"}


def test_an_article_is_stored_even_where_its_words_cannot_be_learnt(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """As when PostgreSQL ends a deadlock between two who learn the same words."""

    def give_way(*args: object, **kwargs: object) -> None:
        raise OperationalError("deadlock detected")

    monkeypatch.setattr(SearchWord.objects, "bulk_create", give_way)
    caplog.set_level("WARNING")

    article = make_article("عودة الرياضة")

    assert Article.objects.filter(pk=article.pk).exists()
    assert not SearchWord.objects.exists()
    assert "were not learnt" in caplog.text


def test_words_are_learnt_with_the_article_or_not_at_all() -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        make_article("عودة الرياضة")
        raise ZeroDivisionError

    assert not SearchWord.objects.exists()


@pytest.mark.parametrize(
    ("one", "other", "distance"),
    [("رياضه", "رياضه", 0), ("رياظه", "رياضه", 1), ("رياضه", "ريضاه", 1), ("ريضه", "رياضه", 1), ("ابجد", "دجبا", 3)],
)
def test_edits_are_counted(one: str, other: str, distance: int) -> None:
    assert edits(one, other, 2) == distance


@settings(deadline=None, max_examples=300)
@given(WORD, WORD)
def test_edits_are_the_same_from_either_side(one: str, other: str) -> None:
    assert edits(one, other, 2) == edits(other, one, 2)
    assert (edits(one, other, 2) == 0) == (one == other)


@settings(deadline=None, max_examples=100)
@given(st.sampled_from(["رياضة", "مقاولة", "انتخابات", "طماطم"]), st.data())
def test_one_letter_typed_wrong_is_always_put_right(word: str, data: st.DataObject) -> None:
    learn(new_words("ar", word, timezone.now(), set()))
    place = data.draw(st.integers(0, len(word) - 1))
    start, letter, end = word[:place], word[place], word[place + 1 :]

    wrongs = [f"{start}ش{end}", f"{start}{letter}ش{end}", f"{start}{end[:1]}{letter}{end[1:]}", start + end]
    typed = [wrong for wrong in wrongs if len(wrong) >= 5 and fold(wrong) != fold(word)]

    assert [wrong for wrong in typed if word not in spellings(fold(wrong))] == []
