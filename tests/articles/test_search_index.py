"""The index is in step with publishing, whichever way an article changes."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from io import StringIO
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone

from articles.choices import Status
from articles.models import Article, Byline, SearchEntry, SearchWord
from articles.search import positions
from articles.search.engines import Scope, engine
from articles.search.find import Search, find
from articles.search.query import parse
from tests.factories import make_article, make_author, make_category

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


def found(text: str = "قنطرة", **asked: Any) -> list[int]:
    return [result.article.pk for result in find(Search(text, **asked)).items]


def in_index(text: str = "قنطرة", last: int = positions.LAST << positions.KEY_BITS) -> list[int]:
    """What the database's own index gives, whatever readers may see."""
    hits = engine().newest(parse(text), Scope("ar", positions.EARLIEST, last), 50).hits
    return [positions.key_of(hit.position) for hit in hits]


def make(**values: Any) -> Article:
    return make_article("افتتاح قنطرة جديدة", **values)


@pytest.mark.parametrize("status", [Status.DRAFT, Status.IN_REVIEW, Status.WITHDRAWN])
def test_what_is_not_published_is_not_found(status: Status) -> None:
    make(status=status)

    assert found() == []
    assert in_index() == []


def test_publishing_and_withdrawing_show_at_once(editor: User) -> None:
    article = make(status=Status.DRAFT)

    article.publish(by=editor)
    shown = found()
    article.withdraw(by=editor)

    assert shown == [article.pk]
    assert found() == []


def test_a_scheduled_article_is_found_from_its_time_on() -> None:
    at = timezone.now() + HOUR
    article = make(published_at=at)

    assert found() == []
    with time_machine.travel(at + timedelta(seconds=1), tick=False):
        assert found() == [article.pk]


def test_an_edit_shows_at_once() -> None:
    article = make()

    article.title = "افتتاح مدرسة"
    article.save()

    assert found() == []
    assert found("مدارس") == [article.pk]


@pytest.mark.parametrize("remove", [Article.delete, lambda article: Article.objects.filter(pk=article.pk).delete()])
def test_what_is_deleted_leaves_the_index(remove: Callable[[Article], Any]) -> None:
    article = make()

    remove(article)

    assert in_index() == []
    assert not SearchEntry.objects.exists()


def test_updates_of_querysets_are_followed() -> None:
    article = make()

    Article.objects.filter(pk=article.pk).update(title_ar="طريق سيار")

    assert found() == []
    assert found("طرق") == [article.pk]


def test_articles_created_in_bulk_are_found() -> None:
    category, now = make_category(), timezone.now()
    rows = [Article(title=f"قنطرة {n}", category=category, status="published", published_at=now) for n in range(3)]

    created = Article.objects.bulk_create(rows)

    assert found() == [article.pk for article in reversed(created)]


def test_what_is_rolled_back_is_not_found() -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        make()
        raise ZeroDivisionError

    assert in_index() == []


def test_filing_is_followed() -> None:
    article, category, author = make(), make_category(), make_author()

    article.categories.add(category)
    Byline.objects.create(article=article, author=author)
    filed = found(category=category), found(author=author)
    article.categories.remove(category)
    article.authors.clear()

    assert filed == ([article.pk], [article.pk])
    assert (found(category=category), found(author=author)) == ([], [])


def test_a_byline_that_moves_to_another_article_takes_its_filing_along() -> None:
    one, other, author = make(), make(), make_author()
    byline = Byline.objects.create(article=one, author=author)

    byline.article = other
    byline.save()
    saved = found(author=author)
    Byline.objects.filter(pk=byline.pk).update(article=one)

    assert saved == [other.pk]
    assert found(author=author) == [one.pk]


def test_a_section_holds_what_its_children_hold() -> None:
    parent = make_category()
    article = make(category=make_category(parent=parent))

    assert found(category=parent) == [article.pk]


@pytest.mark.parametrize("language", ["ar", "fr", "en"])
def test_each_language_finds_its_own_texts(language: str) -> None:
    from django.utils import translation

    article = make_article("قنطرة", title_fr="Le pont", title_en="The bridge")
    make_article("سفينة")

    with translation.override(language):
        hits = {text: found(text) for text in ("القنطرة", "ponts", "bridges")}

    own = {"ar": "القنطرة", "fr": "ponts", "en": "bridges"}[language]
    assert hits == {text: [article.pk] if text == own else [] for text in hits}


def test_markup_is_not_searched_and_parts_words() -> None:
    article = make_article(
        body='<p>أول<br>ثان <a href="https://example.com/strong" title="x>y">رابط</a></p><p>ثالث</p>'
    )

    assert found("ثان") == found("ثالث") == found("رابط") == [article.pk]
    assert found("strong") == found("href") == found("أولثان") == []


def test_a_word_split_by_emphasis_is_one_word() -> None:
    article = make_article(body="<p>ال<strong>قنطر</strong>ة</p>")

    assert found() == [article.pk]


def test_the_database_keeps_its_index_of_entries_itself() -> None:
    """Rows written behind Django's back are followed as well."""
    article = make()

    with connection.cursor() as cursor:
        cursor.execute("UPDATE articles_searchentry SET title_ar = 'باخر'")
    renamed = in_index(), in_index("باخرة")
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM articles_searchentry")

    assert renamed == ([], [article.pk])
    assert in_index("باخرة") == []


def test_a_rebuild_mends_what_is_missing_or_wrong() -> None:
    article, draft = make(), make(status=Status.DRAFT)
    SearchEntry.objects.filter(article=article).update(title_ar="خطأ")
    SearchEntry.objects.filter(article=draft).delete()

    call_command("rebuild_search_index", stdout=(told := StringIO()))

    assert found() == [article.pk]
    assert SearchEntry.objects.count() == 2
    assert SearchWord.objects.filter(spelling="قنطرة").exists()
    assert told.getvalue() == "Indexed 2 articles\n"


def test_a_rebuild_shows_its_progress(monkeypatch: pytest.MonkeyPatch) -> None:
    make()
    screen = StringIO()
    monkeypatch.setattr(screen, "isatty", lambda: True)

    call_command("rebuild_search_index", stdout=screen)

    assert "1 of 1" in screen.getvalue()


def test_the_longest_text_is_indexed() -> None:
    words = " ".join(f"كلمة{number}" for number in range(60_000))
    article = make_article("طويل", body=f"<p>{words[:240_000]} </p>")

    assert found("كلمة7") == [article.pk]


@pytest.mark.parametrize(
    "at",
    [datetime(1, 1, 1, tzinfo=UTC), datetime(1999, 12, 31, tzinfo=UTC), datetime(9999, 12, 31, tzinfo=UTC), None],
    ids=str,
)
def test_a_position_leads_back_to_its_article(at: datetime | None) -> None:
    position = positions.position_of(at, 12_345)

    assert positions.key_of(position) == 12_345
    assert positions.EARLIEST <= position < 2**63


def test_positions_stand_in_the_order_of_time_then_key() -> None:
    start = datetime(1999, 12, 31, 23, 59, 58, tzinfo=UTC)
    moments = [(start + timedelta(seconds=seconds), key) for seconds in range(5) for key in (1, 2**32 - 1)]

    ordered = [positions.position_of(at, key) for at, key in moments]

    assert ordered == sorted(ordered)
    assert positions.position_of(None, 1) > positions.last_position(datetime(9999, 12, 31, tzinfo=UTC))
    assert positions.first_position(start) <= ordered[0] < ordered[1] <= positions.last_position(start)
