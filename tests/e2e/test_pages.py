"""Every public page kind in a browser: both directions, phone and desk, light and dark."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import translation
from playwright.sync_api import Page

from articles.models import Article, FrontPageSlot
from comments.receipt import receipt_url
from tests.e2e.conftest import ARTIFACTS, Watch
from tests.factories import make_article, make_author, make_category, make_comment, make_picture, make_tag

pytestmark = pytest.mark.django_db(transaction=True)

SIZES = {"phone": {"width": 390, "height": 844}, "desk": {"width": 1280, "height": 900}}
PAGES = ["front", "category", "hot", "latest", "tag", "author", "article", "comments", "receipt", "search", "missing"]
SENTENCE = "تواصل الجماعات الترابية أشغال تهيئة المساحات الخضراء بالمياه المعالجة في عدد من المدن. "


@pytest.fixture
def site(live_server: Any) -> dict[str, str]:
    """A small newspaper; the address path of each page kind."""
    category, tag, author = make_category("أخبار", slug="news"), make_tag("الماء"), make_author("هيئة التحرير")
    texts = {"title_fr": "Un titre en français", "body_fr": "<p>Un texte en français.</p>", "summary_ar": SENTENCE}
    articles = [
        make_article(
            f"عنوان طويل يصف خبرا محليا رقم {number} في جهات المملكة",
            category=category,
            picture=make_picture(),
            body=f"<h2>عنوان فرعي</h2><p>{SENTENCE * 4}</p><blockquote><p>{SENTENCE}</p></blockquote>",
            is_hot=number < 3,
            tags=(tag.name,),
            **texts,
        )
        for number in range(8)
    ]
    article = articles[0]
    article.authors.add(author)
    FrontPageSlot.objects.create(article=article)
    comment = make_comment(article, text="تعليق فيه رابط https://example.com/a?b=1 وكلمات بالفرنسية bonjour")
    make_comment(article, parent=comment)
    return {
        "front": "/",
        "category": "/category/news/",
        "hot": "/hot/",
        "latest": "/latest/",
        "tag": tag.get_absolute_url(),
        "author": author.get_absolute_url(),
        "article": _path(article),
        "comments": f"/news/{article.pk}/comments/?reply={comment.pk}",
        "receipt": receipt_url(comment),
        "search": "/search/?q=خبر محلي&sort=relevance",
        "missing": "/no-such-page/",
    }


def _path(article: Article) -> str:
    return article.get_absolute_url()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", ["ar", "fr"])
def test_pages_hold(
    page: Page, live_server: Any, site: dict[str, str], watch: Watch, language: str, size: str, scheme: Any
) -> None:
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    page.set_viewport_size(SIZES[size])  # type: ignore[arg-type]
    axe, findings = Axe(), {}

    for kind in PAGES:
        page.goto(live_server.url + _in_language(site, kind, language))
        page.wait_for_load_state("load")
        page.screenshot(path=ARTIFACTS / f"{kind}-{language}-{size}-{scheme}.png", full_page=True)
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            findings[kind, "scrolls sideways"] = True
        if faults := axe.run(page).response["violations"]:
            findings[kind, "axe"] = [(fault["id"], fault["nodes"][0]["html"][:120]) for fault in faults]

    watch.faults = [fault for fault in watch.faults if "404" not in fault]  # the missing page says so itself
    assert findings == {}


def _in_language(site: dict[str, str], kind: str, language: str) -> str:
    if language == "ar":
        return site[kind]
    if kind == "article":
        with translation.override(language):
            return Article.objects.get(pk=int(site["article"].split("/")[2])).get_absolute_url()
    return f"/{language}{site[kind]}"


def test_search_works_by_keyboard_from_any_page(page: Page, live_server: Any, watch: Watch) -> None:
    article = make_article("وزارة الصحة تعلن", body="<p>نص</p>")
    page.goto(live_server.url)

    page.focus("#search-box")
    page.keyboard.type("للوزارات")
    page.keyboard.press("Enter")
    page.wait_for_selector("ol#results")
    marked = page.inner_text("ol#results mark")
    page.focus("ol#results h2 a")
    page.keyboard.press("Enter")
    page.wait_for_selector("article[data-article]")

    assert marked == "وزارة"
    assert page.get_attribute("article[data-article]", "data-article") == str(article.pk)


def test_a_long_name_an_endless_word_and_a_foreign_script_do_not_break_the_page(
    page: Page, live_server: Any, watch: Watch
) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    article = make_article("ك" * 400, body=f"<p>{'كلمة' * 300}</p>")
    make_comment(article, name="ⵜⴰⵎⴰⵣⵉⵖⵜ", text="https://example.com/" + "a" * 2000)

    page.goto(live_server.url + article.get_absolute_url())

    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
