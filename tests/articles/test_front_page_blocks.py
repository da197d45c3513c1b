"""Blocks that editors changed or made: their order, length, filling, and what is pinned in them."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from articles.choices import Block, Filling, Kind
from articles.frontpage import FrontPage, compose
from articles.layout import section_key
from articles.models import Article, Category, FrontPageBlock, FrontPageSlot
from tests.factories import make_article, make_category
from tests.pages import read, words

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


def make_many(count: int, start: int = 1, **values: Any) -> list[Article]:
    """Articles, the newest first, an hour apart."""
    other = Category.objects.filter(slug="other").first() or make_category(slug="other", in_menu=False)
    values = {"category": other, **values}
    return [make_article(published_at=NOW - (start + number) * HOUR, **values) for number in range(count)]


def make_block(key: str, **values: Any) -> FrontPageBlock:
    return FrontPageBlock.objects.create(key=key, **values)


def put(article: Article, block: str, position: int = 0, **values: Any) -> FrontPageSlot:
    values = {"starts_at": NOW - HOUR, **values}
    return FrontPageSlot.objects.create(article=article, block=block, position=position, **values)


def keys(page: FrontPage) -> list[str]:
    return [section.key for section in page.sections]


def own(page: FrontPage, key: str = "own-1") -> list[Article]:
    return next((section.articles for section in page.sections if section.key == key), [])


def test_a_block_of_the_editors_own_stands_among_the_sections(client: Client) -> None:
    section = make_category()
    make_many(60, category=section)
    make_block("own-1", name_ar="صوت الجهات", name_fr="La voix des régions", size=2, position=0)

    page = read(client)

    heading = page.find(".//h2[@id='block-own-1']")
    assert words(heading) == "صوت الجهات"
    assert len(page.findall(".//section[@aria-labelledby='block-own-1']//h3")) == 2


def test_the_own_block_has_a_name_in_each_language(client: Client) -> None:
    make_many(60, title_fr="Pluies")
    make_block("own-1", name_ar="صوت الجهات", name_fr="La voix des régions")

    assert words(read(client, "/fr/").find(".//h2[@id='block-own-1']")) == "La voix des régions"


@pytest.mark.parametrize(
    ("filling", "values"),
    [(Filling.HOT, {"is_hot": True}), (Filling.OPINION, {"kind": Kind.OPINION}), (Filling.NEWEST, {})],
)
def test_an_own_block_fills_itself_by_its_rule(filling: str, values: dict[str, Any]) -> None:
    make_many(60)
    fitting = make_many(60, start=100, **values)
    make_block("own-1", size=3, filling=filling)

    found = own(compose(NOW))

    assert len(found) == 3
    assert filling == Filling.NEWEST or set(found) <= set(fitting)


def test_an_own_block_shows_the_newest_of_its_category() -> None:
    region = make_category(in_menu=False)
    make_many(30)
    articles = make_many(4, start=50, category=region)
    make_block("own-1", size=3, filling=Filling.CATEGORY, category=region)

    assert own(compose(NOW)) == articles[:3]


def test_a_block_that_nothing_fills_holds_what_was_chosen_alone(client: Client) -> None:
    *_newer, chosen = make_many(60)
    make_block("own-1", size=3, filling=Filling.NOTHING)
    assert own(compose(NOW)) == []

    put(chosen, "own-1")

    assert own(compose(NOW)) == [chosen]


def test_a_category_block_has_to_name_its_category() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        make_block("own-1", filling=Filling.CATEGORY)


def test_blocks_follow_their_positions() -> None:
    first, second = make_category(position=1), make_category(position=2)
    make_many(40)
    for category in (first, second):
        make_many(2, start=100, category=category)
    assert keys(compose(NOW)) == [section_key(first), section_key(second)]

    make_block(section_key(first), position=1, filling=Filling.CATEGORY, category=first)
    make_block(section_key(second), position=0, filling=Filling.CATEGORY, category=second)

    assert keys(compose(NOW)) == [section_key(second), section_key(first)]


def test_the_side_column_follows_its_positions(client: Client) -> None:
    make_many(30)
    make_many(3, start=100, kind=Kind.OPINION)
    assert compose(NOW).side == [Block.LATEST, Block.OPINION]

    make_block(Block.OPINION, position=0, filling=Filling.OPINION)
    make_block(Block.LATEST, position=1, size=14)

    assert compose(NOW).side == [Block.OPINION, Block.LATEST]
    side = read(client).find(".//div[@class='columns__side']")
    assert [each.get("class") for each in side.findall("./section")] == ["opinion", "latest"]


@pytest.mark.parametrize("block", Block.values)
def test_a_hidden_block_leaves_its_articles_to_the_others(client: Client, block: str) -> None:
    make_many(20, is_hot=True)
    make_many(20, start=50, kind=Kind.OPINION)
    make_block(block, is_shown=False, filling=Filling.NEWEST)

    page = compose(NOW)

    hidden = [page.lead] if block == Block.LEAD else getattr(page, block)
    assert not any(hidden)
    assert page.lead or page.top
    assert client.get("/").status_code == 200


def test_a_hidden_section_is_not_on_the_page() -> None:
    category = make_category()
    make_many(40, category=category)
    make_block(section_key(category), is_shown=False, filling=Filling.CATEGORY, category=category)

    assert keys(compose(NOW)) == []


def test_a_block_may_be_longer_or_shorter() -> None:
    make_many(60)
    make_block(Block.TOP, size=2)
    make_block(Block.LATEST, size=20)

    page = compose(NOW)

    assert (len(page.top), len(page.latest)) == (2, 20)


def test_the_lead_is_one_whatever_its_row_says() -> None:
    make_many(10)
    make_block(Block.LEAD, size=7)

    assert [len(block.places) for block in compose(NOW).blocks if block.plan.key == Block.LEAD] == [1]


def test_a_pinned_article_keeps_its_place() -> None:
    newest = make_many(20)
    pinned, first = make_many(2, start=100)
    put(pinned, Block.TOP, 2, is_pinned=True)
    assert compose(NOW).top == [newest[1], newest[2], pinned, newest[3]]

    put(first, Block.TOP, 0)

    assert compose(NOW).top == [first, newest[1], pinned, newest[2]]


def test_chosen_articles_flow_round_the_pinned_one_and_drop_off_the_end() -> None:
    make_many(20)
    pinned, *chosen = make_many(6, start=100)
    put(pinned, Block.TOP, 1, is_pinned=True)
    for position, article in enumerate(chosen):
        put(article, Block.TOP, position)

    assert compose(NOW).top == [chosen[0], pinned, chosen[1], chosen[2]]


def test_of_two_pinned_at_one_place_the_newer_slot_keeps_it() -> None:
    make_many(20)
    older, newer = make_many(2, start=100)
    put(older, Block.TOP, 1, is_pinned=True)
    put(newer, Block.TOP, 1, is_pinned=True)

    top = compose(NOW).top

    assert top[1] == newer
    assert older in top


def test_one_pinned_beyond_the_end_has_the_last_place() -> None:
    make_many(20)
    (pinned,) = make_many(1, start=100)
    put(pinned, Block.TOP, 29, is_pinned=True)

    assert compose(NOW).top[-1] == pinned


@pytest.mark.parametrize("block", [Block.HOT, Block.OPINION, Block.LATEST, "section", "own-1"])
def test_the_choice_wins_over_the_rule_wherever_it_stands(block: str) -> None:
    category = make_category()
    newest, *_others = make_many(60, category=category, is_hot=True)
    make_block("own-1", size=3)
    put(newest, section_key(category) if block == "section" else block)

    blocks = {filled.plan.key: filled.articles for filled in compose(NOW).blocks}

    assert [key for key, articles in blocks.items() if newest in articles] == [
        section_key(category) if block == "section" else block
    ]


def test_no_article_stands_there_twice_with_blocks_of_all_kinds() -> None:
    category = make_category()
    articles = make_many(60, category=category, is_hot=True, kind=Kind.OPINION)
    for number, filling in enumerate((Filling.NEWEST, Filling.HOT, Filling.OPINION)):
        make_block(f"own-{number}", size=5, filling=filling, position=number)
    make_block("own-9", size=5, filling=Filling.CATEGORY, category=category, position=9)
    for block in ("own-0", "own-9", Block.HOT):
        put(articles[40], block)
        put(articles[3], block, 1)

    shown = [article for block in compose(NOW).blocks for article in block.articles]

    assert len(shown) == len(set(shown)) > 40


def test_own_blocks_cost_a_query_more_at_most(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    regions = [make_category(in_menu=number < 3) for number in range(8)]
    for region in regions:
        make_many(10, category=region)
    for number, region in enumerate(regions):
        make_block(f"own-{number}", filling=Filling.CATEGORY, category=region)
    for number, article in enumerate(Article.objects.order_by("pk")[:6]):
        put(article, f"own-{number}", is_pinned=True)

    with django_assert_max_num_queries(14):
        client.get("/")
