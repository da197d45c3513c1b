"""The front page board as it is read: what it shows, what it tells, what it costs."""

from datetime import timedelta
from typing import Any
from xml.etree.ElementTree import Element

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from articles.choices import Block, Status
from articles.models import Article, Category, FrontPageBlock, FrontPageSlot
from tests.factories import make_article, make_category, make_slot
from tests.pages import read, words

pytestmark = pytest.mark.django_db

BOARD = "/admin/articles/board/"
PREVIEW = f"{BOARD}preview/"
HOUR = timedelta(hours=1)


@pytest.fixture
def desk(login: Any, editor: User) -> Client:
    return login(editor)


def make_old(title: str = "", days: int = 30, **values: Any) -> Article:
    return make_article(title, published_at=timezone.now() - timedelta(days=days), **values)


def block(page: Element, key: str) -> Element:
    found = page.find(f".//section[@data-block='{key}']")
    assert found is not None
    return found


def cards(page: Element, key: str) -> list[Element]:
    return block(page, key).findall("./ol/li")


def articles_of(page: Element, key: str) -> list[str]:
    return [card.get("data-article", "") for card in cards(page, key)]


def waiting(page: Element, key: str) -> list[Element]:
    return block(page, key).findall("./ul/li")


def question(moment: Any) -> dict[str, str]:
    there = timezone.localtime(moment)
    return {"at_0": there.strftime("%Y-%m-%d"), "at_1": there.strftime("%H:%M")}


def test_the_board_shows_every_block_of_the_page(desk: Client) -> None:
    category = make_category()
    make_article(category=category)
    FrontPageBlock.objects.create(key="own-1", name_ar="جهات", position=5)

    page = read(desk, BOARD)

    keys = [each.get("data-block") for each in page.iter("section") if each.get("data-block")]
    assert set(keys) == {*Block.values, f"section-{category.pk}", "own-1"}


def test_what_was_chosen_and_what_fills_by_rule_look_different(desk: Client) -> None:
    chosen, newest = make_old(), make_article()
    slot = make_slot(chosen, block=Block.TOP)

    page = read(desk, BOARD)

    (lead,), (top,) = cards(page, Block.LEAD), cards(page, Block.TOP)
    assert (lead.get("data-article"), lead.get("data-slot")) == (str(newest.pk), None)
    assert (top.get("data-article"), top.get("data-slot")) == (str(chosen.pk), str(slot.pk))
    assert "board-card--filled" in lead.get("class", "")
    assert "board-card--chosen" in top.get("class", "")


def test_the_board_shows_the_page_that_readers_see(desk: Client, client: Client) -> None:
    category = make_category()
    for number in range(30):
        make_old(days=number + 1, category=category, is_hot=number % 5 == 0)

    page, board = read(client), read(desk, BOARD)

    titles = [words(link) for link in page.findall(".//section[@class='latest']//a")[1:]]
    stored = [Article.objects.get(pk=key).title for key in articles_of(board, Block.LATEST)]
    assert titles == stored


@pytest.mark.parametrize(
    ("values", "slot"),
    [
        ({}, {"starts_at": timezone.now() + HOUR}),
        ({"published_at": timezone.now() + HOUR}, {}),
        ({"status": Status.WITHDRAWN}, {}),
    ],
    ids=["slot-later", "article-later", "withdrawn"],
)
def test_what_is_not_on_the_page_waits_below_its_block_and_says_why(
    desk: Client, values: dict[str, Any], slot: dict[str, Any]
) -> None:
    article = make_article(**values)
    make_slot(article, **slot)

    (card,) = waiting(read(desk, BOARD), Block.LEAD)

    assert card.get("data-article") == str(article.pk)
    assert words(card.find(".//span[@class='board-facts__why']"))


def test_a_second_place_of_an_article_tells_where_it_stands_already(desk: Client) -> None:
    article = make_article()
    make_slot(article)
    make_slot(article, block=Block.TOP)

    page = read(desk, BOARD)

    (card,) = waiting(page, Block.TOP)
    assert articles_of(page, Block.LEAD) == [str(article.pk)]
    assert "1" in words(card.find(".//span[@class='board-facts__why']"))


def test_places_that_ended_do_not_clutter_the_board(desk: Client) -> None:
    article = make_old()
    make_slot(article, block=Block.TOP, ends_at=timezone.now() - timedelta(minutes=1))
    for number in range(30):
        make_article(published_at=timezone.now() - number * HOUR)

    page = read(desk, BOARD)

    assert str(article.pk) not in articles_of(page, Block.TOP)
    assert waiting(page, Block.TOP) == []


def test_a_search_finds_every_spelling_of_what_is_published_or_scheduled(desk: Client) -> None:
    found = make_article("إعلان نتائج الأولمبياد")
    later = make_article("الأولمبياد غدا", published_at=timezone.now() + HOUR)
    draft = make_article("مسودة عن الأولمبياد", status=Status.DRAFT)

    response = desk.get(f"{BOARD}found/", {"q": "الاولمبياد"}).content.decode()

    assert f'data-article="{found.pk}"' in response
    assert f'data-article="{later.pk}"' in response
    assert f'data-article="{draft.pk}"' not in response


def test_a_search_tells_where_an_article_stands_already(desk: Client) -> None:
    article = make_article("أمطار على الشمال")
    make_slot(article)

    page = read(desk, f"{BOARD}?q=أمطار")

    (card,) = page.findall(".//div[@id='board-found']//li")
    assert words(card.find(".//span[@class='board-facts__why']"))


@pytest.mark.parametrize("q", ["\u0000", "%", "'\"<script>", "ا" * 3000, "؟"], ids=repr)
def test_any_search_is_answered(desk: Client, q: str) -> None:
    make_article()

    response = desk.get(BOARD, {"q": q})

    assert response.status_code == 200
    assert "'\"<script>" not in response.content.decode()


def test_the_preview_shows_the_page_at_its_time(desk: Client) -> None:
    now = make_article("خبر الآن")
    later = make_article("خبر الغد", published_at=timezone.now() + 20 * HOUR)
    chosen = make_old("خبر يختاره المحرر غدا")
    make_slot(chosen, starts_at=timezone.now() + 22 * HOUR)

    today = desk.get(PREVIEW, question(timezone.now() + HOUR)).content.decode()
    tomorrow = desk.get(PREVIEW, question(timezone.now() + 24 * HOUR))

    assert now.title in today
    assert later.title not in today
    assert later.title in tomorrow.content.decode()
    assert tomorrow.context["page"].lead == chosen


def test_the_preview_is_nobodys_to_store_or_to_find(desk: Client) -> None:
    response = desk.get(PREVIEW, question(timezone.now()))

    assert response.headers["Cache-Control"] == "private, no-store"
    assert response.headers["X-Robots-Tag"] == "noindex"
    assert 'rel="canonical"' not in response.content.decode()


def test_the_preview_in_french_shows_the_french_page(desk: Client) -> None:
    make_article("خبر بالعربية")
    make_article("خبر مترجم", title_fr="Pluies sur le Rif")

    page = desk.get(f"/fr{PREVIEW}", question(timezone.now() + HOUR)).content.decode()

    assert "Pluies sur le Rif" in page
    assert "خبر بالعربية" not in page


@pytest.mark.parametrize("sent", [{}, {"at_0": "x", "at_1": "y"}, {"at_0": "2026-02-31", "at_1": "10:00"}])
def test_a_preview_of_no_time_is_told_beside_its_field(desk: Client, sent: dict[str, str]) -> None:
    response = desk.get(PREVIEW, sent)

    assert response.status_code == 422
    assert 'class="errorlist"' in response.content.decode()


def test_the_index_leads_to_the_board_and_not_to_single_slots(desk: Client) -> None:
    index = desk.get("/admin/").content.decode()

    assert f'href="{BOARD}"' in index
    assert "frontpageslot" not in index
    assert desk.get("/admin/articles/frontpageslot/").headers["Location"] == BOARD


def fill(category: Category, count: int) -> None:
    for number in range(count):
        article = make_old("كلمة", days=number + 1, category=category, is_hot=number % 3 == 0)
        make_slot(article, block=[Block.LEAD, Block.TOP, Block.HOT][number % 3], position=number)


def test_the_board_costs_the_same_with_many_articles(
    desk: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    category = make_category()
    fill(category, 2)
    with django_assert_max_num_queries(20) as few:
        desk.get(BOARD, {"q": "كلمة"})
    for _ in range(4):
        fill(make_category(), 12)

    with django_assert_max_num_queries(len(few)):
        desk.get(BOARD, {"q": "كلمة"})


def test_the_slots_of_a_deleted_category_disturb_nobody(desk: Client, client: Client) -> None:
    FrontPageSlot.objects.create(article=make_article(), block="section-999999")

    assert desk.get(BOARD).status_code == client.get("/").status_code == 200
