"""Writing an article in the admin: what the journalist types is kept, cleaned, and refused beside its field."""

import json
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from articles.choices import Status
from articles.models import Article, Author, Tag
from tests.admin_forms import columns, errors_beside, form_data, handlers, inline_scripts, nonce, parse
from tests.factories import make_article, make_author, make_category, make_comment, make_picture, make_tag, make_user

pytestmark = pytest.mark.django_db

ADD = "/admin/articles/article/add/"
PAGES = ("change", "history")
DEEP = "<blockquote>" * 300 + "عمق" + "</blockquote>" * 300
BAD: dict[str, tuple[str, Any]] = {
    "no-title": ("title_ar", ""),
    "long-title": ("title_ar", "ع" * 501),
    "bell-in-title": ("title_ar", "عنوان\x07"),
    "bell-in-english": ("title_en", "bell\x07"),
    "long-kicker": ("kicker_fr", "k" * 101),
    "long-summary": ("summary_ar", "م" * 1001),
    "no-category": ("category", ""),
    "strange-category": ("category", "999999"),
    "strange-filing": ("filed_under", ["999999"]),
    "strange-author": ("byline", ["999999"]),
    "strange-picture": ("picture", "999999"),
    "strange-kind": ("kind", "poem"),
    "deep-body": ("body_ar", DEEP),
    "heavy-body": ("body_fr", "<p>" + "x" * 500_001 + "</p>"),
    "control-in-body": ("body_ar", "<p>قبل\x0bبعد</p>"),
    "long-tag": ("tags", "و" * 101),
    "bell-in-tag": ("tags", "وسم\x07"),
}


@pytest.fixture
def desk(login: Any, journalist: User) -> Client:
    return login(journalist)


def address(article: Article) -> str:
    return reverse("admin:articles_article_change", args=[article.pk])


def add(desk: Client, **values: Any) -> HttpResponse:
    values = {"title_ar": "عودة القطار إلى وجدة", **values}
    if "category" not in values:
        values["category"] = make_category().pk
    return desk.post(ADD, form_data(desk.get(ADD)) | values)


def set_byline(desk: Client, article: Article, *authors: Author) -> None:
    chosen = {"byline": [author.pk for author in authors]}
    assert desk.post(address(article), form_data(desk.get(address(article))) | chosen).status_code == 302


def byline(article: Article) -> list[Author]:
    return [each.author for each in article.bylines.order_by("position", "pk")]


def names(article: Article, relation: str) -> set[str]:
    return {each.name for each in getattr(article, relation).all()}


def test_a_journalist_adds_an_article_with_all_its_filing(desk: Client, journalist: User) -> None:
    main, regions, world = make_category("أخبار"), make_category("جهات المملكة"), make_category("العالم")
    authors, picture = [make_author("سميرة المريني"), make_author("حسن الإدريسي")], make_picture()

    response = add(
        desk,
        kicker_ar="نقل",
        summary_ar="بعد توقف دام سنة كاملة.",
        body_ar="<p>وصل القطار.</p>",
        category=main.pk,
        filed_under=[regions.pk, world.pk],
        tags="السكك الحديدية، وجدة، النقل",
        byline=[author.pk for author in authors],
        picture=picture.pk,
    )

    article = Article.objects.get()
    assert (response.status_code, response.headers["Location"]) == (302, "/admin/articles/article/")
    assert (article.title, article.kicker, article.summary) == (
        "عودة القطار إلى وجدة",
        "نقل",
        "بعد توقف دام سنة كاملة.",
    )
    assert (article.body, article.category, article.picture) == ("<p>وصل القطار.</p>", main, picture)
    assert names(article, "categories") == {"أخبار", "جهات المملكة", "العالم"}
    assert names(article, "tags") == {"السكك الحديدية", "وجدة", "النقل"}
    assert byline(article) == authors


def test_a_new_article_is_a_draft_of_its_journalist(desk: Client, journalist: User) -> None:
    add(desk)

    article = Article.objects.get()
    assert (article.status, article.owner, article.published_at) == (Status.DRAFT, journalist, None)
    assert article.slug == "عودة-القطار-إلى-وجدة"


def test_a_new_article_may_be_submitted_with_the_same_click(desk: Client, journalist: User) -> None:
    buttons = [field.get("name") for field in parse(desk.get(ADD)).iter("input")]

    add(desk, _step_submit="1")

    assert "_step_submit" in buttons
    assert Article.objects.get().status == Status.IN_REVIEW
    assert Article.objects.get().status_changes.get().by == journalist


def test_a_tag_line_finds_the_tags_that_exist_in_another_spelling(desk: Client) -> None:
    tag = make_tag("أخنوش")

    add(desk, tags="اخنوش، الحكومة")

    assert tag in Article.objects.get().tags.all()
    assert Tag.objects.count() == 2


@pytest.mark.parametrize(("field", "value"), BAD.values(), ids=list(BAD))
def test_bad_input_is_told_beside_its_field_and_nothing_is_stored(desk: Client, field: str, value: Any) -> None:
    response = add(desk, **{field: value})

    assert response.status_code == 200
    assert len(errors_beside(response, field)) == 1
    assert not Article.objects.exists()


def test_what_was_typed_is_kept_beside_an_error(desk: Client) -> None:
    author, category = make_author(), make_category("الحكومة")
    typed = {
        "title_ar": "",
        "summary_ar": "ملخص «مهم» & <b>طويل</b>",
        "body_ar": "<p>نص كتب في ساعة كاملة.</p>",
        "title_fr": "Le train revient à Oujda",
        "tags": "القطار، وجدة",
        "category": str(category.pk),
    }

    response = add(desk, **typed, filed_under=[category.pk], byline=[author.pk])

    kept = form_data(response)
    assert {field: kept[field] for field in typed} == typed
    assert (kept["filed_under"], kept["byline"]) == (str(category.pk), str(author.pk))


def test_a_journalist_changes_the_own_draft(desk: Client, journalist: User) -> None:
    article = make_article(status=Status.DRAFT, owner=journalist)
    changed = form_data(desk.get(address(article))) | {"title_ar": "عنوان أوضح"}

    response = desk.post(address(article), changed)

    article.refresh_from_db()
    assert response.status_code == 302
    assert (article.title, article.owner, article.status) == ("عنوان أوضح", journalist, Status.DRAFT)


def test_saving_again_without_a_change_keeps_everything(desk: Client) -> None:
    filing = [make_category("جهات المملكة").pk, make_category("العالم").pk]
    authors = [make_author("سميرة المريني"), make_author("حسن الإدريسي")]
    languages = {"title_fr": "Le train revient", "body_fr": "<p>Il est là.</p>", "title_en": "The train is back"}
    body = '<h2>خلفيات</h2><p>قال: <strong>نعم</strong> &amp; <a href="https://example.ma/?a=1&amp;b=2">هنا</a></p>'
    filed = {"filed_under": filing, "byline": [author.pk for author in authors], "tags": "وجدة، القطار"}
    add(desk, **languages, **filed, body_ar=body, kind="opinion")
    article = Article.objects.get()
    before, related = columns(article), {relation: names(article, relation) for relation in ("categories", "tags")}

    response = desk.post(address(article), form_data(desk.get(address(article))))

    article = Article.objects.get()
    assert response.status_code == 302
    assert columns(article) | {"modified_at": None} == before | {"modified_at": None}
    assert {relation: names(article, relation) for relation in related} == related
    assert byline(article) == authors


def test_a_newcomer_follows_those_who_stand_in_the_byline(desk: Client, journalist: User) -> None:
    first, second, third = make_author(), make_author(), make_author()
    article = make_article(status=Status.DRAFT, owner=journalist)
    article.bylines.create(author=third, position=0)
    article.bylines.create(author=second, position=1)

    set_byline(desk, article, first, second, third)

    assert byline(article) == [third, second, first]


def test_a_newcomer_follows_even_after_someone_left(desk: Client, journalist: User) -> None:
    first, second, third = make_author(), make_author(), make_author()
    article = make_article(status=Status.DRAFT, owner=journalist)
    for position, author in enumerate([first, second, third]):
        article.bylines.create(author=author, position=position)

    set_byline(desk, article, third)
    set_byline(desk, article, first, third)

    assert byline(article) == [third, first]


def test_tags_and_authors_can_be_taken_off_but_not_the_main_category(desk: Client, journalist: User) -> None:
    article = make_article(status=Status.DRAFT, owner=journalist, tags=("وجدة",))
    article.categories.add(make_category("العالم"))
    article.bylines.create(author=make_author())

    emptied = form_data(desk.get(address(article))) | {"tags": "", "filed_under": [], "byline": []}
    desk.post(address(article), emptied)

    assert list(article.tags.all()) == list(article.authors.all()) == []
    assert list(article.categories.all()) == [article.category]


@pytest.mark.parametrize("field", ["body_ar", "body_fr", "body_en"])
def test_the_body_is_stored_clean_in_every_language(desk: Client, field: str) -> None:
    pasted = '<p style="color:red" onclick="x()">نص <a href="javascript:x()">رابط</a></p><script>x()</script>'

    add(desk, title_fr="Titre", title_en="Title", **{field: pasted})

    assert getattr(Article.objects.get(), field) == '<p>نص <a rel="noopener">رابط</a></p>'


@pytest.mark.parametrize(
    ("language", "direction"), [("ar", "rtl"), ("fr", "ltr"), ("en", "ltr")], ids=["arabic", "french", "english"]
)
@pytest.mark.parametrize("word", ["kicker", "title", "summary", "body"])
def test_each_field_has_the_direction_of_its_language(desk: Client, word: str, language: str, direction: str) -> None:
    page = parse(desk.get(ADD))

    fields = [field for field in page.iter() if field.get("name") == f"{word}_{language}"]

    assert [(field.get("lang"), field.get("dir")) for field in fields] == [(language, direction)]


def test_the_body_is_written_in_the_prose_editor(desk: Client) -> None:
    page = parse(desk.get(ADD))

    bodies = [area for area in page.iter("textarea") if area.get("name", "").startswith("body_")]
    maps = [script for script in page.iter("script") if script.get("type") == "importmap"]
    sources = [script.get("src", "") for script in page.iter("script") if script.get("type") == "module"]

    assert len(bodies) == 3
    assert all("data-django-prose-editor-configurable" in area.attrib for area in bodies)
    assert "django-prose-editor/editor" in json.loads(maps[0].text or "")["imports"]
    assert any("django_prose_editor/configurable" in source for source in sources)


def test_the_import_map_carries_the_nonce_of_the_header(desk: Client) -> None:
    response, again = desk.get(ADD), desk.get(ADD)

    maps = [script for script in inline_scripts(response) if script.get("type") == "importmap"]

    assert [script.get("nonce") for script in maps] == [nonce(response)]
    assert nonce(response) != nonce(again)


def test_no_admin_page_holds_a_script_that_the_policy_stops(login: Any) -> None:
    desk = login(make_user(is_superuser=True))
    article = make_article(owner=make_user("journalist"))
    filing = [article.category, make_picture(), make_tag(), make_author()]
    objects = [article, *filing, make_comment(article), article.owner]
    lists = [reverse(f"admin:{each._meta.app_label}_{each._meta.model_name}_changelist") for each in objects]
    forms = [f"{base}{each.pk}/{page}/" for base, each in zip(lists, objects, strict=True) for page in PAGES]
    others = [ADD, "/admin/", "/admin/articles/", "/admin/auth/user/add/", "/admin/newsroom/sitesettings/add/"]

    for page in [*lists, *forms, *others, f"{lists[1]}{article.category_id}/delete/"]:
        response = desk.get(page)

        assert response.status_code == 200, page
        assert "'unsafe-inline'" not in response.headers["Content-Security-Policy"], page
        assert [script for script in inline_scripts(response) if script.get("nonce") != nonce(response)] == [], page
        assert handlers(response) == [], page
