"""Pressing the board's buttons as a browser does, and reading what stands where."""

from typing import Any
from xml.etree.ElementTree import Element

from django.http import HttpResponse
from django.test import Client

from articles.frontpage import compose
from articles.models import Article
from tests.pages import parse, read

BOARD = "/admin/articles/board/"
ACT = f"{BOARD}act/"


def order(block: str) -> list[Article]:
    """The articles of a block as readers see them now."""
    return next(filled.articles for filled in compose().blocks if filled.plan.key == block)


def block_of(page: Element, key: str) -> Element:
    """The section of the board that shows a block."""
    found = page.find(f".//section[@data-block='{key}']")
    assert found is not None
    return found


def fields_of(place: Element, do: str) -> dict[str, Any]:
    """What the form below `place` that has the button `do` sends when it is pressed."""
    for form in place.iter("form"):
        buttons = [each for each in form.iter("button") if each.get("value") == do]
        if buttons:
            assert "disabled" not in buttons[0].attrib
            sent = {each.get("name", ""): each.get("value", "") for each in form.iter("input")}
            chosen = {each.get("name", ""): each.find("option").get("value") for each in form.iter("select")}
            return {**sent, **chosen, "do": do}
    raise AssertionError(f"no button {do}")


def card_of(page: Element, article: Article, block: str | None = None) -> Element:
    """The card of an article on the board, in `block` if told."""
    place = page if block is None else block_of(page, block)
    return next(each for each in place.iter("li") if each.get("data-article") == str(article.pk))


def press(desk: Client, article: Article, do: str, **values: Any) -> HttpResponse:
    """Open the board, fill in `values` beside the button `do` of the article's card, and press it."""
    return desk.post(ACT, fields_of(card_of(read(desk, BOARD), article), do) | values)


def press_block(desk: Client, block: str, do: str) -> HttpResponse:
    """Open the board and press the button `do` in the head of `block`."""
    return desk.post(ACT, fields_of(block_of(read(desk, BOARD), block).find("./header"), do))


def board_after(response: HttpResponse) -> Element:
    """The board that an answer to the script brings."""
    page = HttpResponse(f"<!doctype html><body>{response.json()['html']}")
    return parse(page)
