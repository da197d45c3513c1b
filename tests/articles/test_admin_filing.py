"""Categories, tags, authors, pictures and the front page's places in the admin: a wrong form is told, never a crash."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import Model
from django.test import Client

from articles.models import Author, Category, FrontPageSlot, Picture, Tag
from tests.admin_forms import act, columns, errors_beside, form_data, parse, save
from tests.factories import make_article, make_author, make_category, make_picture, make_tag, make_user, picture_bytes

pytestmark = pytest.mark.django_db

ADMIN = "/admin/articles"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
JPEG = picture_bytes(size=(400, 300))
BAD_FILES = {
    "text-renamed": ("photo.jpg", b"just words, no picture"),
    "svg": ("photo.svg", SVG),
    "svg-renamed": ("photo.png", SVG),
    "truncated-jpeg": ("photo.jpg", JPEG[: len(JPEG) // 2]),
    "empty": ("photo.jpg", b""),
    "bmp": ("photo.bmp", picture_bytes("BMP")),
}


@pytest.fixture
def desk(login: Any, editor: User) -> Client:
    return login(editor)


def change(stored: Model) -> str:
    return f"{ADMIN}/{stored._meta.model_name}/{stored.pk}/change/"


def upload(desk: Client, name: str, content: bytes, **values: Any) -> Any:
    return save(desk, f"{ADMIN}/picture/add/", file=SimpleUploadedFile(name, content), **values)


def test_an_editor_adds_a_category_without_choosing_a_slug(desk: Client) -> None:
    response = save(desk, f"{ADMIN}/category/add/", name_ar="جهات المملكة", name_fr="Régions", position="3")

    category = Category.objects.get()
    assert response.status_code == 302
    assert (category.name, category.name_fr, category.slug) == ("جهات المملكة", "Régions", "جهات-المملكة")
    assert Client().get(category.get_absolute_url()).status_code == 200


@pytest.mark.parametrize("kind", ["category", "author"])
@pytest.mark.parametrize("slug", ["", "العالم"], ids=["empty", "typed"])
def test_two_of_one_name_get_two_addresses_or_a_form_error(desk: Client, kind: str, slug: str) -> None:
    model = {"category": Category, "author": Author}[kind]
    first = model.objects.create(name="العالم", slug="العالم")

    response = save(desk, f"{ADMIN}/{kind}/add/", name_ar="العالم", slug=slug)

    if response.status_code == 200:
        assert len(errors_beside(response, "slug")) == 1
    else:
        assert model.objects.exclude(pk=first.pk).get().slug not in ("", first.slug)


@pytest.mark.parametrize("slug", ["a/b", "كلمة كلمة", "?", "..", "a_b!"], ids=ascii)
@pytest.mark.parametrize("kind", ["category", "tag", "author"])
def test_no_slug_takes_a_page_down(desk: Client, kind: str, slug: str) -> None:
    stored = {"category": make_category, "tag": make_tag, "author": make_author}[kind]()
    article = make_article(category=make_category(), tags=(stored.name,) if kind == "tag" else ())
    if kind == "author":
        article.bylines.create(author=stored)

    response = save(desk, change(stored), slug=slug)

    stored.refresh_from_db()
    assert response.status_code == 302 or errors_beside(response, "slug")
    for page in ("/", article.get_absolute_url(), stored.get_absolute_url()):
        assert Client().get(page).status_code == 200


@pytest.mark.parametrize("kind", ["category", "tag", "author"])
def test_a_slug_that_becomes_another_ones_is_told_or_numbered(desk: Client, kind: str) -> None:
    make = {"category": make_category, "tag": make_tag, "author": make_author}[kind]
    make("الأول", slug="one-two")
    other = make("الثاني")

    response = save(desk, change(other), slug="one two")

    other.refresh_from_db()
    assert response.status_code == 302 or errors_beside(response, "slug")
    assert other.slug != "one-two"


def test_a_category_cannot_stand_under_itself(desk: Client) -> None:
    category = make_category()

    response = save(desk, change(category), parent=category.pk)

    assert response.status_code == 200
    assert "errorlist" in response.content.decode()
    assert Category.objects.get().parent is None


def test_a_category_in_use_is_not_deleted(desk: Client) -> None:
    article = make_article()

    response = desk.post(f"{ADMIN}/category/{article.category_id}/delete/", {"post": "yes"})

    assert response.status_code == 200
    assert Category.objects.filter(pk=article.category_id).exists()


def test_an_editor_adds_a_tag_without_choosing_a_slug(desk: Client) -> None:
    response = save(desk, f"{ADMIN}/tag/add/", name="السكك الحديدية", label_ar="القطارات")

    assert response.status_code == 302
    assert (Tag.objects.get().slug, str(Tag.objects.get())) == ("السكك-الحديدية", "القطارات")


@pytest.mark.parametrize("name", ["اخنوش", "أخنوش", "أَخْنُوش", "أخنـوش ", "اخنوش\u200f"], ids=ascii)
def test_another_spelling_of_a_tag_is_told_beside_the_name(desk: Client, name: str) -> None:
    make_tag("أخنوش")

    response = save(desk, f"{ADMIN}/tag/add/", name=name, slug="another-address")

    assert response.status_code == 200
    assert "أخنوش" in " ".join(errors_beside(response, "name"))
    assert Tag.objects.count() == 1


def test_a_tag_cannot_be_renamed_to_another_ones_spelling(desk: Client) -> None:
    make_tag("أخنوش")
    other = make_tag("الحكومة")

    response = save(desk, change(other), name="اخنوش")

    assert response.status_code == 200
    assert errors_beside(response, "name")
    assert Tag.objects.get(pk=other.pk).name == "الحكومة"


def test_a_tag_keeps_its_own_name_when_saved_again(desk: Client) -> None:
    tag = make_tag("أخنوش")
    before = columns(tag)

    response = save(desk, change(tag), label_fr="Akhannouch")

    assert response.status_code == 302
    assert columns(tag) == before | {"label_fr": "Akhannouch", "folded_text": "اخنوش akhannouch"}


@pytest.mark.parametrize("query", ["أخنوش", "اخنوش", "أَخْنُوش"], ids=ascii)
def test_the_search_for_tags_finds_every_spelling(desk: Client, query: str) -> None:
    make_tag("أخنوش")
    make_tag("وجدة")

    page = desk.get(f"{ADMIN}/tag/", {"q": query}).content.decode()

    assert "أخنوش</a>" in page
    assert "وجدة</a>" not in page


def test_an_editor_adds_an_author(desk: Client) -> None:
    account = make_user("journalist")

    response = save(desk, f"{ADMIN}/author/add/", name_ar="سميرة المريني", role_ar="صحفية", user=account.pk)

    author = Author.objects.get()
    assert response.status_code == 302
    assert (author.name, author.role, author.user) == ("سميرة المريني", "صحفية", account)
    assert Client().get(author.get_absolute_url()).status_code == 200


def test_an_account_has_one_author(desk: Client) -> None:
    author = make_author(user=make_user("journalist"))

    response = save(desk, f"{ADMIN}/author/add/", name_ar="اسم آخر", slug="other", user=author.user_id)

    assert response.status_code == 200
    assert len(errors_beside(response, "user")) == 1


@pytest.mark.parametrize("role", ["journalist", "editor"])
def test_a_picture_is_stored_with_what_is_said_of_it(login: Any, role: str) -> None:
    response = upload(login(make_user(role)), "صورة.jpg", JPEG, alt_ar="قطار في المحطة", credit="الجريدة")

    picture = Picture.objects.get()
    assert response.status_code == 302
    assert (picture.alt, picture.credit, picture.width, picture.height) == ("قطار في المحطة", "الجريدة", 400, 300)
    assert picture.file.name.endswith(".jpg")
    assert picture.file.storage.exists(picture.file.name)


@pytest.mark.parametrize(("name", "content"), BAD_FILES.values(), ids=list(BAD_FILES))
def test_a_bad_file_is_told_beside_it(desk: Client, name: str, content: bytes) -> None:
    response = upload(desk, name, content, alt_ar="وصف كتب بعناية")

    assert response.status_code == 200
    assert len(errors_beside(response, "file")) == 1
    assert form_data(response)["alt_ar"] == "وصف كتب بعناية"
    assert not Picture.objects.exists()


def test_a_missing_file_and_a_focus_outside_are_told(desk: Client) -> None:
    missing = save(desk, f"{ADMIN}/picture/add/")
    outside = upload(desk, "photo.jpg", JPEG, focus_x="101")

    assert len(errors_beside(missing, "file")) == 1
    assert len(errors_beside(outside, "focus_x")) == 1
    assert not Picture.objects.exists()


def test_a_bad_file_does_not_replace_a_good_one(desk: Client) -> None:
    picture = make_picture()
    before = columns(picture)

    response = save(desk, change(picture), file=SimpleUploadedFile("new.jpg", b"words"), alt_ar="وصف")

    assert response.status_code == 200
    assert len(errors_beside(response, "file")) == 1
    assert columns(picture) == before


def test_the_words_of_a_picture_change_without_its_file(desk: Client) -> None:
    picture = make_picture()
    before = columns(picture)

    response = save(desk, change(picture), alt_ar="وصف أدق")

    changed = columns(picture)
    assert response.status_code == 302
    assert (changed["alt_ar"], changed["file"], changed["digest"]) == ("وصف أدق", before["file"], before["digest"])


def test_an_editor_puts_an_article_on_the_front_page(desk: Client) -> None:
    article = make_article()

    response = save(desk, f"{ADMIN}/frontpageslot/add/", block="lead", article=article.pk)

    assert response.status_code == 302
    assert FrontPageSlot.objects.get().article == article


@pytest.mark.parametrize("end", ["2026-01-01 09:00:00", "2026-01-01 10:00:00"], ids=["before", "at-once"])
def test_a_slot_that_ends_before_it_starts_is_told(desk: Client, end: str) -> None:
    times = {"starts_at_0": "2026-01-01", "starts_at_1": "10:00:00"}
    times |= dict(zip(("ends_at_0", "ends_at_1"), end.split(), strict=True))

    response = save(desk, f"{ADMIN}/frontpageslot/add/", article=make_article().pk, **times)

    errors = [each for each in parse(response).iter("ul") if "errorlist" in (each.get("class") or "")]
    assert response.status_code == 200
    assert len(errors) == 1
    assert not FrontPageSlot.objects.exists()


@pytest.mark.parametrize("kind", ["category", "tag", "author", "picture"])
def test_a_journalist_looks_at_the_filing_and_cannot_change_it(login: Any, journalist: User, kind: str) -> None:
    make = {"category": make_category, "tag": make_tag, "author": make_author, "picture": make_picture}[kind]
    desk, stored = login(journalist), make()
    before, base = columns(stored), f"{ADMIN}/{kind}/"

    looks = [desk.get(base), desk.get(change(stored))]
    posts = [desk.post(change(stored), {"name_ar": "سطو", "name": "سطو", "slug": "x", "alt_ar": "سطو"})]
    posts.append(desk.post(f"{base}{stored.pk}/delete/", {"post": "yes"}))
    act(desk, base, "delete_selected", stored)

    assert [response.status_code for response in looks] == [200, 200]
    assert [response.status_code for response in posts] == [403, 403]
    assert columns(stored) == before


@pytest.mark.parametrize("kind", ["category", "tag", "author", "frontpageslot"])
def test_a_journalist_adds_none_of_the_filing(login: Any, journalist: User, kind: str) -> None:
    desk = login(journalist)

    responses = [desk.get(f"{ADMIN}/{kind}/add/"), desk.post(f"{ADMIN}/{kind}/add/", {"name_ar": "سطو"})]

    assert [response.status_code for response in responses] == [403, 403]


def test_only_editors_arrange_the_categories_in_their_list(login: Any, journalist: User, editor: User) -> None:
    category, base = make_category(position=1), f"{ADMIN}/category/"
    data = form_data(login(editor).get(base)) | {"form-0-position": "7", "_save": "1"}

    refused = login(journalist).post(base, data)
    stands = Category.objects.get().position
    accepted = login(editor).post(base, data)

    assert (refused.status_code, stands) == (403, 1)
    assert (accepted.status_code, Category.objects.get(pk=category.pk).position) == (302, 7)
