"""What the head of a page tells networks: one address, a title, a picture; and nothing where no one should look."""

from datetime import timedelta
from typing import Any
from xml.etree.ElementTree import Element

import pytest
from django.test import Client
from django.utils import timezone

from articles.paging import write_cursor
from comments.receipt import receipt_url
from tests.factories import make_article, make_author, make_category, make_comment, make_page, make_picture, make_site
from tests.pages import parse, read

pytestmark = pytest.mark.django_db


def metas(page: Element) -> dict[str, str]:
    pairs = ((meta.get("property") or meta.get("name") or "", meta.get("content") or "") for meta in page.iter("meta"))
    return {name: content for name, content in pairs if name}


def canonical(page: Element) -> list[str]:
    return [link.get("href") or "" for link in page.iter("link") if link.get("rel") == "canonical"]


def test_an_article_is_shared_with_its_card_and_its_facts(client: Client) -> None:
    make_site()
    article = make_article(
        "قطار سريع", title_fr="Un train", summary="خلاصة", tags=("السكك", "أكادير"), published_at=timezone.now()
    )

    found = metas(read(client, article.get_absolute_url()))

    assert (found["og:type"], found["og:title"], found["og:description"]) == ("article", "قطار سريع", "خلاصة")
    assert (found["og:locale"], found["og:locale:alternate"]) == ("ar_MA", "fr_MA")
    assert found["og:site_name"] == "بريد الأطلس"
    assert (found["og:image:width"], found["og:image:height"]) == ("1200", "630")
    assert found["og:image:alt"] == "قطار سريع"
    assert found["twitter:card"] == "summary_large_image"
    assert found["article:section"] == str(article.category)
    assert "article:modified_time" not in found
    assert client.get(found["og:image"].removeprefix("http://testserver")).status_code == 200


def test_a_french_page_is_shared_with_a_french_card(client: Client) -> None:
    article = make_article("قطار", title_fr="Un train")

    found = metas(read(client, f"/fr/news/{article.pk}/un-train/"))

    assert found["og:title"] == "Un train"
    assert found["og:image"].endswith("-fr.jpg")
    assert found["og:locale:alternate"] == "ar_MA"


def test_without_a_summary_the_first_words_describe(client: Client) -> None:
    article = make_article(body="<h2>عنوان</h2><p>" + "كلمة <strong>أخرى</strong> " * 100 + "</p>")

    found = metas(read(client, article.get_absolute_url()))["description"]

    assert found.startswith("عنوان كلمة أخرى")
    assert found.endswith("…")
    assert len(found) <= 200
    assert "<" not in found


def test_an_article_of_nothing_but_a_title_has_no_description(client: Client) -> None:
    assert "description" not in metas(read(client, make_article(body="").get_absolute_url()))


def test_a_title_of_400_characters_holds(client: Client) -> None:
    article = make_article("كلمة" * 100, body="<p>" + "x" * 5000 + "</p>")

    found = metas(read(client, article.get_absolute_url()))

    assert len(found["og:title"]) <= 300
    assert client.get(found["og:image"].removeprefix("http://testserver")).status_code == 200


def test_controls_of_direction_reach_no_head(client: Client) -> None:
    article = make_article()
    type(article).objects.filter(pk=article.pk).update(title_ar="قطار\u202e سريع\u2066")

    assert metas(read(client, article.get_absolute_url()))["og:title"] == "قطار سريع"


def test_a_list_that_goes_on_is_a_page_of_its_own(client: Client) -> None:
    category = make_category(description="وصف")
    cursor = write_cursor(timezone.now() + timedelta(days=1), 5)

    first = read(client, f"{category.get_absolute_url()}?utm_source=x")
    second = read(client, f"{category.get_absolute_url()}?before={cursor}&x=1")

    whole = f"http://testserver{category.get_absolute_url()}"
    assert (canonical(first), canonical(second)) == ([whole], [f"{whole}?before={cursor}"])
    assert [link.get("hreflang") for link in second.iter("link") if link.get("hreflang")] == []
    assert (metas(first).get("description"), metas(second).get("description")) == ("وصف", None)


@pytest.mark.parametrize("address", ["/", "/latest/", "/hot/", "/corrections/", "/imprint/", "/fr/", "/en/latest/"])
def test_every_listed_page_has_one_address_and_a_title(client: Client, address: str) -> None:
    page = read(client, address)

    assert canonical(page) == [f"http://testserver{address}"]
    assert metas(page)["og:url"] == f"http://testserver{address}"
    assert metas(page)["og:title"]
    assert metas(page)["twitter:card"] == "summary_large_image"
    assert client.get(metas(page)["og:image"].removeprefix("http://testserver")).status_code == 200


def test_other_pages_describe_themselves(client: Client) -> None:
    page = make_page(body_ar="<p>نحن جريدة.</p>")
    author = make_author(bio="يكتب عن الماء.", portrait=make_picture())

    assert metas(read(client, page.get_absolute_url()))["description"] == "نحن جريدة."
    found = metas(read(client, author.get_absolute_url()))
    assert (found["og:type"], found["description"]) == ("profile", "يكتب عن الماء.")
    assert "/media/" in found["og:image"]


def test_a_page_without_words_of_its_own_is_described_by_its_name_and_the_newspaper(client: Client) -> None:
    make_site(tagline="يومية مستقلة")

    found = metas(read(client, make_category("الحكومة").get_absolute_url()))

    assert found["description"] == "الحكومة - يومية مستقلة"


def test_a_former_card_of_the_site_leads_to_the_present_one(client: Client) -> None:
    site = make_site(tagline="أخبار الجبل")
    former = metas(read(client))["og:image"].removeprefix("http://testserver")
    site.tagline = "أخبار السهل"
    site.save()

    response = client.get(former)

    assert response.status_code == 302
    assert client.get(response.headers["Location"]).headers["Content-Type"] == "image/jpeg"
    assert client.get("/card/site-zz-ar.jpg").status_code == 404


def test_arabic_is_for_readers_of_no_language_of_ours(client: Client) -> None:
    links = {link.get("hreflang"): link.get("href") for link in read(client, "/fr/latest/").iter("link")}

    assert links["x-default"] == links["ar"] == "http://testserver/latest/"


@pytest.mark.parametrize("kind", ["search", "receipt", "missing", "error report"])
def test_what_no_one_should_find_tells_nothing(client: Client, kind: str) -> None:
    comment: Any = make_comment()
    addresses = {"search": "/search/?q=الماء", "receipt": receipt_url(comment), "missing": "/none/"}
    address = addresses.get(kind, f"/news/{comment.article_id}/error/")

    page = parse(client.get(address))  # type: ignore[arg-type]

    assert "noindex" in metas(page)["robots"]
    assert canonical(page) == []
    assert not {"og:title", "og:url", "og:image", "description", "twitter:card"} & set(metas(page))
    assert [script for script in page.iter("script") if script.get("type") == "application/ld+json"] == []
    assert [link for link in page.iter("link") if link.get("hreflang")] == []
