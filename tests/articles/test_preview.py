"""The preview: an article as readers will see it, from what stands in the form, saved or not."""

from html import unescape
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from html5lib import parse as parse_html

from articles.choices import Status
from articles.models import Article, Tag
from newsroom.models import PageGeneration
from tests.admin_forms import columns, form_data, parse
from tests.factories import make_article, make_author, make_category, make_user

pytestmark = pytest.mark.django_db

ADD = "/admin/articles/article/add/"
NEW = "/admin/articles/article/preview/"
WRITES = ("INSERT", "UPDATE", "DELETE", "REPLACE")


def change(article: Article) -> str:
    return f"/admin/articles/article/{article.pk}/change/"


def preview(article: Article) -> str:
    return f"/admin/articles/article/{article.pk}/preview/"


def shown(response: Any) -> dict[str, str]:
    """The pages in the frames, by the language of their document."""
    assert response.status_code == 200
    pages = [frame.get("srcdoc", "") for frame in parse(response).iter("iframe")]
    return {parse_html(page, namespaceHTMLElements=False).get("lang", ""): page for page in pages}


def typed(desk: Client, address: str, **values: Any) -> dict[str, Any]:
    return form_data(desk.get(address)) | values


def test_unsaved_text_is_shown_and_not_saved(login: Any, journalist: User) -> None:
    article = make_article("المحفوظ", status=Status.DRAFT, owner=journalist)
    desk = login(journalist)
    data = typed(desk, change(article), title_ar="لم يحفظ بعد", body_ar="<p>نص <strong>جديد</strong></p>")
    before, versions = columns(article), Article.history.model.objects.count()  # type: ignore[attr-defined]
    generations = list(PageGeneration.objects.values_list("key", "value").order_by("key"))

    with CaptureQueriesContext(connection) as queries:
        page = shown(desk.post(preview(article), data))["ar"]

    assert "لم يحفظ بعد" in page
    assert "<p>نص <strong>جديد</strong></p>" in page
    assert [query["sql"] for query in queries if query["sql"].lstrip().upper().startswith(WRITES)] == []
    assert columns(article) == before
    assert Article.history.model.objects.count() == versions  # type: ignore[attr-defined]
    assert list(PageGeneration.objects.values_list("key", "value").order_by("key")) == generations


def test_an_article_that_was_never_saved_is_shown(login: Any, journalist: User) -> None:
    category, author = make_category("أخبار"), make_author("كاتبة")
    desk = login(journalist)
    values = {"title_ar": "أول", "tags": "ماء، وسم جديد", "category": category.pk, "byline": [author.pk]}

    page = shown(desk.post(NEW, typed(desk, ADD, **values)))["ar"]

    assert all(text in page for text in ("أول", "أخبار", "كاتبة", "ماء", "وسم جديد"))
    assert not Article.objects.exists()
    assert not Tag.objects.exists()


def test_each_language_that_has_a_title_has_its_page(login: Any, editor: User) -> None:
    desk = login(editor)
    data = typed(desk, ADD, title_ar="عنوان", title_fr="Titre", body_fr="<p>Texte</p>")

    pages = shown(desk.post(NEW, data))

    assert set(pages) == {"ar", "fr"}
    assert "<p>Texte</p>" in pages["fr"]
    assert 'dir="ltr"' in pages["fr"]
    assert "Texte" not in pages["ar"]


def test_a_form_with_mistakes_shows_what_is_there(login: Any, editor: User) -> None:
    desk = login(editor)
    data = typed(desk, ADD, title_ar="ط" * 501, summary_ar="خلاصة", category="", published_at_0="أمس")

    response = desk.post(NEW, data)

    page = shown(response)["ar"]
    assert "ط" * 501 in page
    assert "خلاصة" in page
    assert len(list(parse(response).iter("strong"))) >= 1


def test_nothing_typed_reaches_the_page_as_a_script(login: Any, editor: User) -> None:
    desk, attack = login(editor), "<script>x()</script><img src=x onerror=x()>"
    names = ("kicker_ar", "title_ar", "summary_ar", "body_ar", "tags")

    page = shown(desk.post(NEW, typed(desk, ADD, **dict.fromkeys(names, attack))))["ar"]

    elements = list(parse_html(page, namespaceHTMLElements=False).iter())
    assert not [each for each in elements if each.tag == "script"]
    assert not [name for each in elements for name in each.attrib if name.startswith("on")]


@pytest.mark.parametrize("body", ["<div>" * 300 + "عميق", "<p>" + "ن" * 300_000 + "</p>"], ids=["deep", "long"])
def test_a_body_that_no_save_takes_does_not_break_the_preview(login: Any, editor: User, body: str) -> None:
    desk = login(editor)

    page = shown(desk.post(NEW, typed(desk, ADD, title_ar="عنوان", body_ar=body)))["ar"]

    assert "عنوان" in page
    assert len(page) < 100_000


def test_the_frame_may_run_and_reach_nothing(login: Any, editor: User) -> None:
    response = login(editor).get(preview(make_article()))

    (frame,) = parse(response).iter("iframe")
    assert set(frame.get("sandbox", "").split()) == {"allow-popups", "allow-popups-to-escape-sandbox"}
    assert "<script" not in frame.get("srcdoc", "")
    assert "frame-ancestors 'none'" in response.headers["Content-Security-Policy"]
    assert "unsafe" not in response.headers["Content-Security-Policy"]


def test_links_leave_the_frame_alone(login: Any, editor: User) -> None:
    article = make_article(body='<p><a href="https://example.ma/">رابط</a></p>')

    page = shown(login(editor).get(preview(article)))["ar"]

    links = [each for each in parse_html(page, namespaceHTMLElements=False).iter("a") if each.get("href")]
    leaving = [link for link in links if not link.get("href", "").startswith("#")]
    assert leaving
    assert {link.get("target") for link in leaving} == {"_blank"}


def test_comments_are_closed_and_nothing_can_be_sent(login: Any, editor: User) -> None:
    page = shown(login(editor).get(preview(make_article())))["ar"]

    assert "comment-form" not in page
    assert "<form" not in page


def test_the_preview_is_private(login: Any, editor: User) -> None:
    response = login(editor).get(preview(make_article()))

    assert response.headers["Cache-Control"] == "private, no-store"
    assert response.headers["X-Robots-Tag"] == "noindex"


def test_a_draft_without_a_time_is_dated_as_if_it_appeared_now(login: Any, editor: User) -> None:
    article = make_article(status=Status.DRAFT)

    page = shown(login(editor).get(preview(article)))["ar"]

    assert 'datetime=""' not in page
    assert Article.objects.get(pk=article.pk).published_at is None


def test_related_articles_are_published_ones_alone(login: Any, editor: User) -> None:
    category = make_category()
    make_article("مسودة سرية", category=category, status=Status.DRAFT)
    make_article("منشور", category=category)
    article = make_article(category=category, status=Status.DRAFT)

    page = shown(login(editor).get(preview(article)))["ar"]

    assert "منشور" in page
    assert "مسودة سرية" not in page


def test_the_form_offers_it_behind_the_buttons_that_save(login: Any, journalist: User) -> None:
    article = make_article(owner=journalist, status=Status.DRAFT)

    page = login(journalist).get(change(article)).content.decode()

    assert f'formaction="{preview(article)}"' in page
    assert page.index('name="_save"') < page.index('id="preview-button"')


def test_a_published_article_can_be_looked_at_by_its_journalist(login: Any, journalist: User) -> None:
    article = make_article("منشور", owner=journalist)
    desk = login(journalist)

    assert "منشور" in shown(desk.get(preview(article)))["ar"]
    assert desk.post(preview(article), {"title_ar": "سطو"}).status_code == 403


@pytest.mark.parametrize("method", ["get", "post"])
def test_anothers_draft_answers_as_a_missing_one(login: Any, journalist: User, method: str) -> None:
    other = make_article("سر", owner=make_user("journalist"), status=Status.DRAFT)
    desk = login(journalist)

    found, absent = (getattr(desk, method)(preview(each)) for each in (other, Article(pk=other.pk + 1000)))

    assert found.status_code == absent.status_code == 302
    assert found.headers["Location"] == absent.headers["Location"]
    assert "سر" not in unescape(found.content.decode())


def test_a_moderator_previews_nothing(login: Any, moderator: User) -> None:
    article = make_article("سر", status=Status.DRAFT)

    assert login(moderator).get(preview(article)).status_code in (302, 403)
    assert login(moderator).post(NEW, {"title_ar": "x"}).status_code == 403


def test_without_a_form_there_is_nothing_new_to_show(login: Any, journalist: User) -> None:
    response = login(journalist).get(NEW)

    assert (response.status_code, response.headers["Location"]) == (302, ADD)


def test_a_forged_field_shows_and_changes_nothing(login: Any, journalist: User) -> None:
    article = make_article(owner=journalist, status=Status.DRAFT)
    desk, before = login(journalist), columns(article)
    forged = {"status": "published", "owner": "1", "slug": "forged", "published_at_0": "2020-01-01"}

    page = shown(desk.post(preview(article), typed(desk, change(article), **forged)))["ar"]

    assert "2020" not in page.split("<article", 1)[1]
    assert columns(article) == before
