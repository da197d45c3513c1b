"""The kinds of articles: what each shows that the others do not."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from articles.choices import Kind, Status
from articles.models import Article, Byline, GalleryPicture
from tests.factories import make_article, make_author, make_category, make_picture
from tests.pages import read, words

pytestmark = pytest.mark.django_db

VIDEO = "https://www.youtube.com/watch?v=abc"


def hang(article: Article, count: int) -> list[GalleryPicture]:
    rows = [
        GalleryPicture(article=article, picture=make_picture(caption=f"صورة رقم {place}"), position=place)
        for place in range(count)
    ]
    return GalleryPicture.objects.bulk_create(rows)


def page_of(client: Client, **values: Any) -> Any:
    return read(client, make_article(**values).get_absolute_url())


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind != Kind.NEWS])
def test_every_kind_but_news_is_said_above_the_headline(client: Client, kind: Kind) -> None:
    label = page_of(client, kind=kind, video_address=VIDEO).find(".//*[@class='article__kind']")

    assert words(label) == kind.label


def test_news_carries_no_label(client: Client) -> None:
    assert page_of(client).find(".//*[@class='article__kind']") is None


def test_a_video_is_a_plain_link_to_its_own_page(client: Client) -> None:
    page = page_of(client, kind=Kind.VIDEO, video_address=VIDEO, picture=make_picture())

    link = page.find(".//a[@class='video']")
    assert (link.get("href"), link.get("target"), link.get("rel")) == (VIDEO, "_blank", "noopener")
    assert "YouTube" in words(link)
    assert link.find(".//img").get("fetchpriority") == "high"
    assert page.findall(".//iframe") == page.findall(".//video") == []


@pytest.mark.parametrize("address", ["", "javascript:alert(1)", "https://", "https://[x"])
def test_a_video_without_an_address_to_open_still_has_its_page(client: Client, address: str) -> None:
    page = page_of(client, kind=Kind.VIDEO, video_address=address, picture=make_picture())

    assert page.find(".//a[@class='video']") is None
    assert page.find(".//article/figure//img") is not None


def test_a_video_without_a_picture_is_a_link_all_the_same(client: Client) -> None:
    link = page_of(client, kind=Kind.VIDEO, video_address=VIDEO).find(".//a[@class='video']")

    assert link.get("href") == VIDEO
    assert link.find(".//img") is None


def test_the_address_of_another_kind_is_not_shown(client: Client) -> None:
    assert page_of(client, kind=Kind.NEWS, video_address=VIDEO).find(".//a[@class='video']") is None


def test_a_gallery_shows_its_pictures_in_order_each_with_its_number(client: Client) -> None:
    article = make_article(kind=Kind.GALLERY)
    rows = hang(article, 3)
    GalleryPicture.objects.filter(pk=rows[0].pk).update(position=9)

    page = read(client, article.get_absolute_url())

    captions = [words(caption) for caption in page.findall(".//ol[@class='gallery']//figcaption")]
    assert [caption.split(" (")[0] for caption in captions] == [
        "1 / 3 صورة رقم 1",
        "2 / 3 صورة رقم 2",
        "3 / 3 صورة رقم 0",
    ]
    images = page.findall(".//ol[@class='gallery']//img")
    assert [image.get("loading") for image in images] == [None, "lazy", "lazy"]
    assert all(image.get("width") and image.get("height") for image in images)


def test_a_gallery_that_opens_with_the_main_picture_shows_it_once(client: Client) -> None:
    article = make_article(kind=Kind.GALLERY, picture=make_picture())
    hang(article, 2)
    GalleryPicture.objects.create(article=article, picture=article.picture, position=0)

    sources = [image.get("src") for image in read(client, article.get_absolute_url()).findall(".//article//img")]

    assert sources.count(article.picture.address) == 1


def test_a_gallery_is_one_query_however_many_pictures(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    article = make_article(kind=Kind.GALLERY)
    plain = make_article(category=article.category)
    with django_assert_num_queries(QUERIES):
        client.get(plain.get_absolute_url())
    hang(article, 12)

    with django_assert_num_queries(QUERIES + 1):
        client.get(article.get_absolute_url())


QUERIES = 15  # of an article with nothing beside its text


def test_an_opinion_shows_portrait_and_role_of_its_author(client: Client) -> None:
    author = make_author("سلمى", role="كاتبة", portrait=make_picture())
    article, news = make_article(kind=Kind.OPINION), make_article()
    for each in (article, news):
        Byline.objects.create(article=each, author=author)

    byline = read(client, article.get_absolute_url()).find(".//*[@class='byline']")

    assert byline.find(".//img").get("src") == author.portrait.address
    assert words(byline) == "سلمى كاتبة"
    assert read(client, news.get_absolute_url()).find(".//*[@class='byline']//img") is None


@pytest.mark.parametrize(("kind", "is_marked"), [(Kind.SPONSORED, True), (Kind.NEWS, False)])
def test_links_of_a_paid_text_say_so_and_no_others(client: Client, kind: Kind, is_marked: bool) -> None:
    body = '<p><a href="https://bank.example/?a=1&amp;b=2">البنك</a> <a href="/latest/">هنا</a></p><p>https://bank.example/x</p>'

    page = page_of(client, kind=kind, body=body)

    links = {link.get("href"): link.get("rel") or "" for link in page.findall(".//*[@class='article__body']//a")}
    assert len(links) == 3
    assert [("sponsored" in rel and "nofollow" in rel) for rel in links.values()] == [is_marked, False, is_marked]


def test_a_paid_text_is_labelled_on_cards_too(client: Client) -> None:
    make_article(kind=Kind.SPONSORED)

    assert "إشهار" in words(read(client, "/latest/").find(".//main"))


@pytest.mark.parametrize("address", ["ftp://example.ma/a", "javascript:alert(1)", "//example.ma", "data:text/html,x"])
def test_only_web_pages_are_addresses_of_videos(address: str) -> None:
    article = make_article(kind=Kind.VIDEO, video_address=address)

    with pytest.raises(ValidationError) as refused:
        article.full_clean()

    assert "video_address" in refused.value.message_dict


@pytest.mark.parametrize("status", list(Status), ids=str)
def test_a_video_that_readers_may_see_needs_its_address_a_draft_does_not(status: Status) -> None:
    article = make_article(kind=Kind.VIDEO, status=status)

    if status in (Status.DRAFT, Status.WITHDRAWN):
        article.full_clean()
    else:
        with pytest.raises(ValidationError) as refused:
            article.full_clean()
        assert "video_address" in refused.value.message_dict


def test_authors_are_told_of_at_the_foot(client: Client) -> None:
    article = make_article(category=make_category())
    known = make_author("سلمى", role="كاتبة", bio=" ".join(["كلمة"] * 100))
    for author in (known, make_author("قسم")):
        Byline.objects.create(article=article, author=author)

    boxes = read(client, article.get_absolute_url()).findall(".//aside[@class='author-box']")

    assert len(boxes) == 1
    assert words(boxes[0]).count("كلمة") == 40
