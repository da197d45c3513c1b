"""Pages as search engines read them, whatever stands in the database."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import html5lib
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from articles.choices import Kind
from articles.models import Article, Correction, GalleryPicture
from articles.structured import script
from articles.wording import machine_time
from newsroom.models import SocialAccount
from tests.factories import make_article, make_author, make_category, make_picture, make_site, picture_bytes
from tests.pages import read

DATA = "application/ld+json"


def told(client: Client, address: str) -> list[dict[str, Any]]:
    """What the page at `address` says in JSON-LD."""
    blocks = [each.text or "" for each in read(client, address).iter("script") if each.get("type") == DATA]
    assert len(blocks) == 1
    whole = json.loads(blocks[0])
    assert whole["@context"] == "https://schema.org"
    return whole["@graph"]


def of(client: Client, article: Article) -> dict[str, Any]:
    return told(client, article.get_absolute_url())[0]


def photo() -> Any:
    return make_picture(file=SimpleUploadedFile("photo.jpg", picture_bytes(size=(1400, 1000))), caption="شرح")


@given(st.dictionaries(st.text(), st.text() | st.characters(categories=["Cs", "Cc", "Zl", "Zp"])))
def test_any_text_stays_one_element_that_reads_back(data: dict[str, str]) -> None:
    markup = script(data)

    page = html5lib.parseFragment(markup, namespaceHTMLElements=False, treebuilder="etree")
    assert [each.tag for each in page.iter()] == ["DOCUMENT_FRAGMENT", "script"]
    assert json.loads(page[0].text) == data
    markup.encode()


@pytest.mark.parametrize(
    "text", ["</script><script>alert(1)</script>", "<!--<script>", "]]>", "\u2028\u2029", "&quot;"]
)
def test_no_character_that_html_reads_stands_in_the_block(text: str) -> None:
    inside = script({"name": text}).removeprefix(f'<script type="{DATA}">').removesuffix("</script>")

    assert not set("<>&\u2028\u2029") & set(inside)


@pytest.mark.django_db
def test_an_article_says_what_it_is(client: Client) -> None:
    make_site(logo=photo())
    category, author = make_category("الحكومة"), make_author("سعيد", role="صحافي")
    article = make_article(
        "قطار سريع إلى أكادير",
        category=category,
        tags=("السكك",),
        picture=photo(),
        summary="خلاصة",
        body="<p>ست كلمات</p>",
    )
    article.authors.add(author)

    found = of(client, article)

    address = f"http://testserver{article.get_absolute_url()}"
    assert (found["@type"], found["headline"], found["description"]) == ("NewsArticle", article.title, "خلاصة")
    assert found["mainEntityOfPage"] == found["url"] == address
    person = {"@type": "Person", "name": "سعيد", "url": f"http://testserver{author.get_absolute_url()}"}
    assert found["author"] == [person | {"jobTitle": "صحافي"}]
    assert found["publisher"]["@type"] == "NewsMediaOrganization"
    assert found["publisher"]["name"] == "بريد الأطلس"
    assert found["publisher"]["logo"]["width"] == 1400
    assert (found["articleSection"], found["keywords"], found["inLanguage"]) == (["الحكومة"], ["السكك"], "ar")
    assert (found["isAccessibleForFree"], found["wordCount"]) == (True, 2)
    assert [image.split("/")[-1][:6] for image in found["image"][:2]] == ["w-1280", "s-960."]
    assert found["dateModified"] == found["datePublished"] == machine_time(article.published_at)  # type: ignore[arg-type]
    assert "correction" not in found


@pytest.mark.django_db
def test_every_picture_that_it_names_is_served(client: Client) -> None:
    make_site()
    article = make_article(picture=photo())

    for address in of(client, article)["image"]:
        assert client.get(address.removeprefix("http://testserver")).status_code == 200


def test_times_carry_the_offset_of_moroccos_clocks() -> None:
    assert machine_time(datetime(2026, 8, 5, 13, 30, tzinfo=UTC)) == "2026-08-05T14:30:00+01:00"
    assert machine_time(datetime(2026, 11, 5, 13, 30, tzinfo=UTC)) == "2026-11-05T13:30:00+00:00"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("kind", "name"),
    [(Kind.OPINION, "OpinionNewsArticle"), (Kind.SPONSORED, "AdvertiserContentArticle"), (Kind.REPLY, "NewsArticle")],
)
def test_the_kind_decides_the_type(client: Client, kind: str, name: str) -> None:
    assert of(client, make_article(kind=kind))["@type"] == name


@pytest.mark.django_db
def test_a_video_names_its_video(client: Client) -> None:
    article = make_article(kind=Kind.VIDEO, video_address="https://video.example/watch?v=1&t=2", picture=photo())

    video = of(client, article)["video"]

    assert (video["@type"], video["url"]) == ("VideoObject", "https://video.example/watch?v=1&t=2")
    assert {"name", "description", "uploadDate", "thumbnailUrl"} <= set(video)
    assert "video" not in of(client, make_article(video_address="https://video.example/"))


@pytest.mark.django_db
def test_a_correction_stands_beside_its_article(client: Client) -> None:
    article = make_article(published_at=timezone.now() - timedelta(days=2))
    note = Correction.objects.create(article=article, note="كان الرقم خطأ.")
    article.refresh_from_db()

    found = of(client, article)

    told_of = {"@type": "CorrectionComment", "text": "كان الرقم خطأ.", "datePublished": machine_time(note.at)}
    assert found["correction"] == [told_of]
    assert found["dateModified"] == machine_time(article.updated_at)  # type: ignore[arg-type]


@pytest.mark.django_db
def test_the_pages_above_are_told_from_the_front_page_down(client: Client) -> None:
    article = make_article(category=make_category("الحكومة"))

    crumbs = told(client, article.get_absolute_url())[1]["itemListElement"]

    assert [crumb["position"] for crumb in crumbs] == list(range(1, len(crumbs) + 1))
    assert crumbs[0]["item"] == "http://testserver/"
    assert [crumb["name"] for crumb in crumbs[1:]] == ["الحكومة", article.title]


@pytest.mark.django_db
def test_the_front_page_tells_of_site_search_and_newspaper(client: Client) -> None:
    site = make_site()
    SocialAccount.objects.create(site=site, network="x", address="https://x.example/press")

    website, newspaper = told(client, "/fr/")

    assert (website["@type"], website["url"]) == ("WebSite", "http://testserver/fr/")
    assert website["potentialAction"]["target"]["urlTemplate"] == "http://testserver/fr/search/?q={words}"
    assert newspaper["sameAs"] == ["https://x.example/press"]


@pytest.mark.django_db
def test_an_authors_page_is_a_profile(client: Client) -> None:
    author = make_author("سعيد", role="صحافي", bio="يكتب عن الماء.", portrait=photo())

    profile, crumbs = told(client, author.get_absolute_url())

    assert (profile["@type"], profile["mainEntity"]["name"]) == ("ProfilePage", "سعيد")
    assert profile["mainEntity"]["description"] == "يكتب عن الماء."
    assert crumbs["itemListElement"][-1]["item"] == f"http://testserver{author.get_absolute_url()}"


@pytest.mark.django_db
def test_an_endless_title_has_a_short_headline_and_a_lost_logo_none(client: Client) -> None:
    logo = photo()
    make_site(logo=logo)
    Path(logo.file.path).unlink()

    found = of(client, make_article("كلمة " * 80))

    assert len(found["headline"]) <= 110
    assert found["headline"].endswith("…")
    assert "logo" not in found["publisher"]


@pytest.mark.django_db
def test_a_gallery_without_its_pictures_in_the_context_is_a_page(client: Client) -> None:
    article = make_article(kind=Kind.GALLERY)
    GalleryPicture.objects.create(article=article, picture=photo())

    assert of(client, article)["@type"] == "NewsArticle"
