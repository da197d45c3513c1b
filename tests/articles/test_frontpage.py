"""The front page's composition: the editors' choice wins, and no article stands there twice."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone, translation

from articles.choices import Block, Kind
from articles.frontpage import HOT, LATEST, OPINION, SECTION, TOP, FrontPage, compose
from articles.models import Article, Category, FrontPageSlot
from tests.factories import make_article, make_category

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


def make_at(hours_ago: float, **values: Any) -> Article:
    return make_article(published_at=NOW - hours_ago * HOUR, **values)


def make_many(count: int, **values: Any) -> list[Article]:
    """Articles, the newest first."""
    values.setdefault(
        "category", Category.objects.filter(slug="other").first() or make_category(slug="other", in_menu=False)
    )
    return [make_at(number + 1, **values) for number in range(count)]


def put(article: Article, block: str = Block.LEAD, **values: Any) -> FrontPageSlot:
    return FrontPageSlot.objects.create(article=article, block=block, **{"starts_at": NOW - HOUR, **values})


def shown(page: FrontPage) -> Iterator[Article]:
    """Every article on the page, block after block."""
    if page.lead:
        yield page.lead
    for block in (page.top, page.hot, page.latest, page.opinion, *(section.articles for section in page.sections)):
        yield from block


def in_block(page: FrontPage, block: str) -> list[Article | None]:
    return [page.lead] if block == Block.LEAD else getattr(page, block)


def test_an_empty_database_gives_an_empty_page() -> None:
    assert compose() == FrontPage()


def test_empty_categories_have_no_block() -> None:
    make_category()

    assert compose(NOW).sections == []


def test_without_editors_the_newest_lead() -> None:
    articles = make_many(1 + TOP + LATEST)

    page = compose(NOW)

    assert [page.lead, *page.top, *page.latest] == articles


def test_no_article_stands_on_the_page_twice() -> None:
    categories = [make_category() for _ in range(3)]
    articles = [
        make_at(number, is_hot=number % 3 == 0, kind=Kind.OPINION if number % 4 == 0 else Kind.NEWS)
        for number in range(60)
    ]
    for article in articles:
        article.categories.add(*categories)
    for block in Block.values:
        put(articles[7], block)
        put(articles[7], block, position=1)

    found = list(shown(compose(NOW)))

    assert len(found) == len(set(found)) > 1 + TOP + HOT + LATEST


def test_the_curated_lead_wins_over_the_newest() -> None:
    old = make_at(500)
    newest = make_many(3)
    put(old)

    page = compose(NOW)

    assert page.lead == old
    assert page.top == newest


def test_curated_top_stories_stand_in_their_order_before_the_newest() -> None:
    first, second = make_at(500), make_at(400)
    newest = make_many(10)
    put(second, Block.TOP, position=2)
    put(first, Block.TOP, position=1)

    page = compose(NOW)

    assert page.lead == newest[0]
    assert page.top == [first, second, *newest[1 : TOP - 1]]


def test_a_top_story_does_not_become_the_lead_by_being_new() -> None:
    newest, second, *_ = make_many(10)
    put(newest, Block.TOP)

    page = compose(NOW)

    assert page.lead == second
    assert page.top[0] == newest


def test_of_two_leads_the_first_position_wins() -> None:
    second, first = make_at(400), make_at(500)
    put(second, position=2)
    put(first, position=1)

    assert compose(NOW).lead == first


@pytest.mark.parametrize(
    ("slot", "holds"),
    [
        ({"starts_at": NOW}, True),
        ({"starts_at": NOW + HOUR}, False),
        ({"ends_at": NOW + HOUR}, True),
        ({"ends_at": NOW}, False),
        ({"starts_at": NOW - 2 * HOUR, "ends_at": NOW - HOUR}, False),
    ],
    ids=["starts-now", "starts-later", "ends-later", "ends-now", "ended"],
)
@pytest.mark.parametrize("block", Block.values)
def test_a_slot_holds_from_its_start_until_its_end(block: str, slot: dict[str, Any], holds: bool) -> None:
    old = make_at(500)
    make_many(1 + TOP + LATEST)
    put(old, block, **slot)

    page = compose(NOW)

    assert (old in in_block(page, block)) == holds


def test_a_slot_cannot_end_before_it_starts() -> None:
    with pytest.raises(IntegrityError, match="slot_ends_after_it_starts"), transaction.atomic():
        put(make_at(1), ends_at=NOW - 2 * HOUR)


HIDDEN = [{"status": status} for status in ("draft", "in_review", "withdrawn")] + [{"published_at": NOW + HOUR}]


@pytest.mark.parametrize("values", HIDDEN, ids=["draft", "in-review", "withdrawn", "scheduled"])
@pytest.mark.parametrize("block", [None, *Block.values])
def test_what_readers_may_not_see_stands_nowhere(values: dict[str, Any], block: str | None) -> None:
    seen = make_at(5)
    hidden = make_article(**{"published_at": NOW - HOUR, "is_hot": True, "kind": Kind.OPINION, **values})
    if block:
        put(hidden, block)

    assert list(shown(compose(NOW))) == [seen]


def test_a_scheduled_article_stands_there_from_its_time_on() -> None:
    later = make_article(published_at=NOW + HOUR)

    assert compose(NOW).lead is None
    assert compose(NOW + HOUR).lead == later


def test_only_what_exists_in_the_language_stands_there() -> None:
    both, arabic = make_at(5, title_fr="Le barrage"), make_at(1)
    put(arabic)

    with translation.override("fr"):
        in_french = list(shown(compose(NOW)))

    assert in_french == [both]
    assert set(shown(compose(NOW))) == {arabic, both}


def test_the_hot_strip_holds_what_is_hot_and_not_above() -> None:
    make_many(1 + TOP, is_hot=True)
    hot = [make_at(100 + number, is_hot=True) for number in range(HOT + 1)]
    make_at(90, is_hot=True, hot_until=NOW)

    assert compose(NOW).hot == hot[:HOT]


def test_opinions_have_a_block_of_their_own() -> None:
    opinions = [make_at(100 + number, kind=Kind.OPINION) for number in range(OPINION + 1)]
    make_many(1 + TOP)

    assert compose(NOW).opinion == opinions[:OPINION]


def test_the_latest_are_full_while_there_are_articles() -> None:
    kinds = {1: {"is_hot": True}, 2: {"kind": Kind.OPINION}}
    for number in range(60):
        make_at(number, **kinds.get(number % 3, {}))

    page = compose(NOW)

    assert (len(page.hot), len(page.opinion), len(page.latest)) == (HOT, OPINION, LATEST)


def test_a_section_shows_the_newest_of_its_category_that_are_not_above() -> None:
    category = make_category()
    articles = make_many(1 + TOP + LATEST + SECTION + 1, category=category)

    (section,) = compose(NOW).sections

    assert section.category == category
    assert section.articles == articles[1 + TOP + LATEST :][:SECTION]


def test_sections_stand_in_the_order_of_the_menu_and_only_its_top_level() -> None:
    second, first = make_category(position=2), make_category(position=1)
    child, outside = make_category(parent=first), make_category(in_menu=False)
    make_many(1 + TOP + LATEST)
    for category in (second, first, child, outside):
        make_at(400, category=category)

    assert [section.category for section in compose(NOW).sections] == [first, second]


def test_sections_that_share_their_articles_are_all_filled() -> None:
    categories = [make_category() for _ in range(4)]
    for article in make_many(1 + TOP + LATEST + 5 * SECTION):
        article.categories.add(*categories)

    page = compose(NOW)

    assert [len(section.articles) for section in page.sections] == [SECTION] * 4


def test_composing_costs_no_query_per_article(django_assert_max_num_queries: Any) -> None:
    categories = [make_category() for _ in range(3)]
    for number in range(50):
        make_at(number, category=categories[number % 3], is_hot=number % 2 == 0)
    put(Article.objects.order_by("pk").first())

    with django_assert_max_num_queries(8 + len(categories)):
        cards = [(article.title, article.category.name, article.picture) for article in shown(compose(NOW))]

    assert len(cards) > 30


def test_now_is_the_time_unless_told() -> None:
    past = make_article(published_at=timezone.now() - HOUR)
    make_article(published_at=timezone.now() + HOUR)

    assert list(shown(compose())) == [past]
