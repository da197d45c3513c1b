"""The article's page: what it shows."""

from datetime import UTC, datetime, timedelta
from urllib.parse import unquote

import pytest
import time_machine
from django.test import Client
from django.utils import timezone, translation
from pytest_django import DjangoAssertNumQueries

from articles.bidi import isolate
from articles.models import Article, Byline, Correction, RelatedArticle
from tests.factories import make_article, make_author, make_category, make_comment, make_picture, make_tag
from tests.pages import read, words

pytestmark = pytest.mark.django_db


def test_the_head_names_the_short_address(client: Client) -> None:
    article = make_article()

    link = read(client, article.get_absolute_url()).find(".//link[@rel='shortlink']")

    assert link is not None
    assert link.attrib["href"] == f"http://testserver{article.get_short_url()}"


QUERIES = 16


def address_in(code: str, article: Article) -> str:
    with translation.override(code):
        return article.get_absolute_url()


def test_every_category_is_a_label_the_main_one_first(client: Client) -> None:
    main, first, second = make_category("العالم", position=9), make_category("الحكومة"), make_category("أخبار")
    article = make_article(category=main)
    article.categories.add(second, first)

    labels = read(client, article.get_absolute_url()).findall(".//article/header//ul/li/a")

    assert [(words(label), label.get("href")) for label in labels] == [
        (category.name, category.get_absolute_url()) for category in (main, first, second)
    ]


def test_the_page_shows_headline_byline_and_summary(client: Client) -> None:
    article = make_article("عودة القطار إلى وجدة", kicker="نقل", summary="بعد توقف دام سنة كاملة.")
    authors = [make_author("سميرة المريني"), make_author("حسن الإدريسي")]
    for position, author in enumerate(reversed(authors)):
        Byline.objects.create(article=article, author=author, position=position)

    page = read(client, article.get_absolute_url())

    shown = page.find(f".//main[@id='content']/article[@data-article='{article.pk}']")
    assert shown is not None
    assert words(shown.find(".//h1")) == "عودة القطار إلى وجدة"
    assert [words(link) for link in shown.findall(".//a[@rel='author']")] == ["حسن الإدريسي", "سميرة المريني"]
    assert "نقل" in words(shown)
    assert "بعد توقف دام سنة كاملة." in words(shown)
    assert words(page.find("head/title")).startswith(isolate("عودة القطار إلى وجدة"))


@time_machine.travel(datetime(2026, 8, 6, 9, 0, tzinfo=UTC), tick=False)
def test_the_date_is_written_as_in_morocco(client: Client) -> None:
    article = make_article(published_at=datetime(2026, 8, 5, 13, 30, tzinfo=UTC))

    shown = words(read(client, article.get_absolute_url()).find(".//article/header//time"))

    weekday, day, month, year, dash, clock = shown.split()
    assert (weekday, day, year, dash, clock) == ("الأربعاء", "5", "2026", "-", "14:30")
    assert month.isalpha()


def test_the_body_stands_as_it_was_stored(client: Client) -> None:
    body = '<h2>خلفيات</h2><p>قال «الوزير»: <strong>نعم</strong> &amp; <a href="https://example.ma/?a=1">المصدر</a></p>'
    article = make_article(body=body)
    article.refresh_from_db()

    content = client.get(article.get_absolute_url()).content.decode()

    assert "<strong>نعم</strong>" in article.body
    assert article.body in content


def test_a_change_of_the_text_and_a_correction_are_told(client: Client) -> None:
    article = make_article(published_at=timezone.now() - timedelta(days=1))
    before = len(read(client, article.get_absolute_url()).findall(".//article/header//time"))

    article.body = "<p>نص مصحح</p>"
    article.save()
    Correction.objects.create(article=article, note="ذكرنا خطأ أن الجلسة كانت يوم الاثنين.")

    page = read(client, article.get_absolute_url())
    assert len(page.findall(".//article/header//time")) == before + 1
    assert "ذكرنا خطأ أن الجلسة كانت يوم الاثنين." in words(page.find(".//article"))


def test_the_page_has_every_hook(client: Client) -> None:
    article = make_article()
    RelatedArticle.objects.create(article=article, related=make_article())

    page = read(client, article.get_absolute_url())

    for path in (
        ".//nav[@id='menu']",
        ".//main[@id='content']",
        ".//section[@id='related']",
        ".//section[@id='comments']",
        ".//form[@id='comment-form']",
        ".//a[@id='back-to-top']",
    ):
        assert len(page.findall(path)) == 1, path
    identifiers = [element.get("id") for element in page.iter() if element.get("id")]
    assert len(identifiers) == len(set(identifiers))


def test_the_binding_labels_are_arabic(client: Client) -> None:
    article = make_article()
    RelatedArticle.objects.create(article=article, related=make_article())

    page = read(client, article.get_absolute_url())

    form, back_to_top = page.find(".//form[@id='comment-form']"), page.find(".//a[@id='back-to-top']")
    assert words(page.find(".//*[@id='related']//h2")) == "مقالات ذات صلة"
    assert words(form.find("h2")) == "أضف تعليقاً"
    assert "لن يتم نشر عنوان بريدك الإلكتروني. الحقول الإلزامية مشار إليها بـ *" in words(form)
    assert back_to_top.get("aria-label") == "زر الذهاب إلى الأعلى"


def test_the_editors_picks_stand_first_among_the_related(client: Client) -> None:
    category = make_category()
    article = make_article(category=category)
    picked = make_article("اختيار المحررين", published_at=timezone.now() - timedelta(days=300))
    make_article(category=category)
    RelatedArticle.objects.create(article=article, related=picked)

    links = read(client, article.get_absolute_url()).findall(".//*[@id='related']//h3/a")

    assert words(links[0]) == "اختيار المحررين"
    assert article.title not in [words(link) for link in links]


def test_an_article_alone_has_no_related_section(client: Client) -> None:
    page = read(client, make_article().get_absolute_url())

    assert page.find(".//*[@id='related']") is None


def test_a_merged_tag_is_shown_as_the_one_it_was_merged_into(client: Client) -> None:
    article = make_article(tags=("فاس", "مدينة فاس"))
    kept, merged = article.tags.get(name="فاس"), article.tags.get(name="مدينة فاس")
    merged.merged_into = kept
    merged.save()

    tags = read(client, article.get_absolute_url()).findall(".//a[@rel='tag']")

    assert [(words(tag), tag.get("href")) for tag in tags] == [("فاس", kept.get_absolute_url())]


@pytest.mark.parametrize(("code", "direction"), [("ar", "rtl"), ("fr", "ltr"), ("en", "ltr")])
def test_the_page_says_its_language_and_direction(client: Client, code: str, direction: str) -> None:
    article = make_article("قطار", title_fr="Le train", title_en="The train")

    page = read(client, address_in(code, article))

    assert (page.get("lang"), page.get("dir")) == (code, direction)
    assert words(page.find(".//h1")) == getattr(article, f"title_{code}")


@pytest.mark.parametrize("translated", [(), ("fr",), ("en",), ("fr", "en")], ids=str)
def test_only_existing_languages_are_alternates(client: Client, translated: tuple[str, ...]) -> None:
    article = make_article("قطار", **{f"title_{code}": f"Train {code}" for code in translated})

    page = read(client, article.get_absolute_url())

    alternates = {link.get("hreflang"): link.get("href") for link in page.findall(".//link[@hreflang]")}
    expected = {code: f"http://testserver{address_in(code, article)}" for code in ("ar", *translated)}
    assert alternates == expected | {"x-default": expected["ar"]}
    offered = {link.get("hreflang") for link in page.findall(".//body//a[@hreflang]")}
    assert offered == set(translated)


def test_the_canonical_address_is_the_pages_own(client: Client) -> None:
    article = make_article("قطار", title_fr="Le train")

    for code in ("ar", "fr"):
        page = read(client, f"{address_in(code, article)}?utm_source=elsewhere")

        assert page.find(".//link[@rel='canonical']").get("href") == f"http://testserver{address_in(code, article)}"


def test_a_title_of_markup_is_only_text(client: Client) -> None:
    hostile = "</title><script>alert(1)</script>\"'><img src=x onerror=alert(2)>"
    article = make_article(
        hostile,
        kicker=hostile[:100],
        summary=hostile,
        category=make_category(hostile),
        picture=make_picture(alt=hostile, caption=hostile, credit=hostile),
        tags=(hostile,),
    )
    Byline.objects.create(article=article, author=make_author(hostile))
    Correction.objects.create(article=article, note=hostile)
    neighbour = make_article(category=article.category)

    for address in (article.get_absolute_url(), neighbour.get_absolute_url(), "/", "/latest/"):
        page = read(client, address)

        elements = list(page.iter())
        assert hostile in words(page.find("body"))
        assert {script.get("type") for script in page.iter("script") if script.text} <= {"application/ld+json"}
        assert [element for element in elements if {"onerror", "onload"} & set(element.keys())] == []
        assert all(image.get("src") != "x" for image in page.findall(".//img"))
    page = read(client, article.get_absolute_url())
    assert words(page.find("head/title")).startswith(isolate(hostile))
    assert page.find(".//meta[@property='og:title']").get("content") == hostile
    assert unquote(article.get_absolute_url()).endswith("onerror-alert-2/")


def test_the_page_shows_its_picture_even_where_the_file_is_lost(client: Client) -> None:
    article = make_article(picture=make_picture(alt="محطة القطار", caption="المحطة صباحا", credit="و.م.ع"))
    article.picture.file.storage.delete(article.picture.file.name)

    page = read(client, article.get_absolute_url())

    image = page.find(".//article//figure/picture/img")
    assert (image.get("src"), image.get("alt")) == (article.picture.file.url, "محطة القطار")
    assert (image.get("width"), image.get("height")) == ("64", "48")
    assert words(page.find(".//figcaption")) == "المحطة صباحا (و.م.ع)"
    assert read(client, "/").find(f".//img[@src='{article.picture.file.url}']") is not None


def test_an_article_without_a_picture_is_a_page(client: Client) -> None:
    page = read(client, make_article().get_absolute_url())

    assert page.find(".//article//img") is None


def test_queries_do_not_grow_with_what_the_page_shows(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    article = make_article(picture=make_picture())

    for count in (1, 25):
        fill(article, count)
        with django_assert_num_queries(QUERIES):
            page = read(client, article.get_absolute_url())

    assert len(page.findall(".//a[@rel='tag']")) == 26
    assert len(page.findall(".//li[@data-comment]")) == 2 * 26


def test_queries_do_not_grow_with_merged_tags(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    article = make_article()
    fill(article, 1)

    for number in range(10):
        tag = make_tag(f"قديم {number}", merged_into=make_tag(f"جديد {number}"))
        article.tags.add(tag)

    with django_assert_max_num_queries(QUERIES + 1):
        page = read(client, article.get_absolute_url())
    assert len(page.findall(".//a[@rel='tag']")) == 11


def fill(article: Article, count: int) -> None:
    """Give `article` more of everything that its page lists."""
    for _ in range(count):
        tag = make_tag()
        article.tags.add(tag)
        article.categories.add(make_category())
        Byline.objects.create(article=article, author=make_author())
        Correction.objects.create(article=article, note="تصحيح")
        neighbour = make_article(picture=make_picture(), category=article.category)
        neighbour.tags.add(tag)
        RelatedArticle.objects.create(article=article, related=neighbour)
        make_comment(article, parent=make_comment(article))
