"""Breadcrumbs: the pages above the one at hand."""

from xml.etree.ElementTree import Element

import html5lib
import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory

from articles.trails import Crumb, trail_of
from tests.factories import make_category

pytestmark = pytest.mark.django_db


def test_a_child_stands_below_its_parent() -> None:
    parent = make_category("جهات المملكة")
    child = make_category("الشرق", parent=parent)

    assert trail_of(child) == [
        Crumb("جهات المملكة", parent.get_absolute_url()),
        Crumb("الشرق", child.get_absolute_url()),
    ]
    assert trail_of(parent) == [Crumb("جهات المملكة", parent.get_absolute_url())]
    assert trail_of(None) == []


def crumbs(**context: object) -> Element:
    markup = render_to_string("_breadcrumbs.html", context, RequestFactory().get("/"))
    return html5lib.parseFragment(markup, namespaceHTMLElements=False).find("nav")


def test_breadcrumbs_begin_at_the_front_page_and_the_page_at_hand_is_no_link() -> None:
    nav = crumbs(trail=[Crumb("الحكومة", "/category/gov/")], here="الميزانية")

    items = nav.findall("ol/li")
    assert [link.get("href") for link in nav.iter("a")] == ["/", "/category/gov/"]
    assert [item.get("aria-current") for item in items] == [None, None, "page"]
    assert items[2].find("a") is None


def test_a_page_without_a_name_of_its_own_here_ends_with_what_is_above_it() -> None:
    nav = crumbs(trail=[Crumb("الحكومة", "/category/gov/")])

    assert len(nav.findall("ol/li")) == 2
    assert nav.get("aria-label")


def test_a_label_that_looks_like_markup_is_only_text() -> None:
    nav = crumbs(trail=[Crumb("<script>alert(1)</script>", "/x/")], here="<b>x</b>")

    assert nav.findall(".//script") == nav.findall(".//b") == []
