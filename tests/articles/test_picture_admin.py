"""The library in the admin: found by every word, counted where used, deleted only when nothing shows it."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.db.models import ProtectedError
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.html import escape

from articles.admin import pictures as library
from articles.choices import Status
from articles.models import Article, ArticleFigure, Picture
from articles.uses import Uses, count_uses, is_used
from newsroom.models import SiteSettings
from tests.admin_forms import act, told
from tests.factories import make_article, make_author, make_picture, make_user, picture_bytes
from tests.pages import parse, words

pytestmark = pytest.mark.django_db

LIBRARY = "/admin/articles/picture/"


@pytest.fixture
def desk(login: Any, editor: User) -> Client:
    return login(editor)


def shown(desk: Client, **query: str) -> set[int]:
    """The pictures that the list shows."""
    page = parse(desk.get(LIBRARY, query))
    links = [link.get("href", "") for link in page.iter("a") if "library__link" in (link.get("class") or "")]
    return {int(link.split("/")[-3]) for link in links}


def figure(picture: Picture) -> str:
    return f'<figure class="figure"><img src="{picture.file.url}" alt="صورة"></figure>'


@pytest.fixture(autouse=True)
def _figures_pass(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a body lets through is another subject."""
    monkeypatch.setattr("articles.html.clean_html", lambda html: html)


def show_in_text(article: Article, *pictures: Picture) -> None:
    article.body = "<p>نص</p>" + "".join(figure(picture) for picture in pictures)
    article.save()


@pytest.mark.parametrize("term", ["قطار", "القطار وجدة", "IMG_2042", "وكالة", "benali", "سميرة", "سميرة قطار"])
def test_the_search_knows_words_credit_file_name_and_colleague(desk: Client, term: str) -> None:
    uploader = make_user("journalist", username="benali", first_name="سميرة")
    upload = SimpleUploadedFile("IMG_2042.jpg", picture_bytes())
    wanted = make_picture(file=upload, alt="القطار في وجدة", credit="الوكالة", uploaded_by=uploader)
    make_picture(alt="ميناء", credit="صحيفة")

    assert shown(desk, q=term) == {wanted.pk}


def test_an_unknown_word_finds_nothing_and_says_so(desk: Client) -> None:
    make_picture()

    assert shown(desk, q="لاشيءكهذا") == set()


def test_the_filters_find_what_they_name(desk: Client, editor: User) -> None:
    mine = make_picture(uploaded_by=editor)
    bare, uncredited, used, old = make_picture(alt=""), make_picture(credit=""), make_picture(), make_picture()
    make_article(picture=used)
    Picture.objects.filter(pk=old.pk).update(uploaded_at=timezone.now() - timedelta(days=40))

    assert shown(desk, by="me") == {mine.pk}
    assert shown(desk, lacks="alt") == {bare.pk}
    assert shown(desk, lacks="credit") == {uncredited.pk}
    assert shown(desk, lacks="use") == {mine.pk, bare.pk, uncredited.pk, old.pk}
    assert shown(desk, since="month") == shown(desk, since="day") == {mine.pk, bare.pk, uncredited.pk, used.pk}
    assert shown(desk, by="me", lacks="use") == {mine.pk}


def test_all_uses_are_counted_and_no_article_twice() -> None:
    picture, other, idle = make_picture(), make_picture(), make_picture()
    both = make_article(picture=picture)
    show_in_text(both, picture)
    show_in_text(make_article(status=Status.DRAFT), picture, other)
    make_author(portrait=picture)
    SiteSettings.objects.create(name="الجريدة", logo=picture)

    uses = count_uses([picture.pk, other.pk, idle.pk])

    assert uses == {picture.pk: Uses(2, 2), other.pk: Uses(1, 0), idle.pk: Uses()}
    assert set(Picture.objects.filter(is_used())) == {picture, other}
    assert str(uses[picture.pk]) != str(uses[other.pk])


@pytest.mark.parametrize("code", ["ar", "fr", "en"])
def test_a_figure_is_noted_with_the_save_and_forgotten_with_it(code: str) -> None:
    picture, article = make_picture(), make_article(title_fr="Titre", title_en="Title")

    setattr(article, f"body_{code}", figure(picture))
    article.save()
    noted = list(ArticleFigure.objects.values_list("article", "picture"))
    setattr(article, f"body_{code}", "<p>نص</p>")
    article.save()

    assert noted == [(article.pk, picture.pk)]
    assert not ArticleFigure.objects.exists()


def test_a_deleted_article_uses_nothing() -> None:
    picture, article = make_picture(), make_article(status=Status.DRAFT)
    show_in_text(article, picture)

    article.delete()

    assert count_uses([picture.pk]) == {picture.pk: Uses()}


def test_the_form_lists_where_a_picture_is_used(desk: Client) -> None:
    picture = make_picture()
    above, inside = make_article("في الأعلى", picture=picture), make_article("في النص")
    show_in_text(inside, picture)
    author = make_author("سميرة", portrait=picture)

    page = desk.get(f"{LIBRARY}{picture.pk}/change/").content.decode()

    for shown_in in (above, inside, author):
        assert f"/{shown_in._meta.model_name}/{shown_in.pk}/change/" in page


def test_a_journalist_learns_no_colleagues_draft_from_a_picture(login: Any, journalist: User) -> None:
    picture = make_picture()
    make_article("مسودتي", picture=picture, status=Status.DRAFT, owner=journalist)
    make_article("سر الزميل", picture=picture, status=Status.DRAFT, owner=make_user("journalist"))

    page = login(journalist).get(f"{LIBRARY}{picture.pk}/change/").content.decode()

    assert "مسودتي" in page
    assert "سر الزميل" not in page


@pytest.mark.parametrize("way", ["form", "bulk"])
@pytest.mark.parametrize("place", ["article", "figure", "author", "logo"])
def test_a_picture_in_use_is_not_deleted_and_why_is_told(desk: Client, way: str, place: str) -> None:
    picture = make_picture(alt="القطار")
    use(picture, place)

    if way == "form":
        response = desk.post(f"{LIBRARY}{picture.pk}/delete/", {"post": "yes"})
    else:
        response = act(desk, LIBRARY, "delete_selected", picture)

    assert response.status_code == 302
    assert ["القطار" in str(message) for message in told(response)] == [True]
    assert Picture.objects.filter(pk=picture.pk).exists()
    with pytest.raises(ProtectedError):
        picture.delete()


def use(picture: Picture, place: str) -> None:
    if place == "article":
        make_article(picture=picture, status=Status.DRAFT)
    elif place == "figure":
        show_in_text(make_article(), picture)
    elif place == "author":
        make_author(portrait=picture)
    else:
        SiteSettings.objects.create(name="الجريدة", logo=picture)


def test_of_many_only_those_that_nothing_shows_are_deleted(desk: Client) -> None:
    used, idle = make_picture(alt="باق"), make_picture(alt="زائل")
    make_article(picture=used)

    asked = act(desk, LIBRARY, "delete_selected", used, idle)
    data = {"action": "delete_selected", "post": "yes", "_selected_action": [used.pk, idle.pk]}
    response = desk.post(LIBRARY, data)

    assert asked.status_code == 200
    assert response.status_code == 302
    assert list(Picture.objects.all()) == [used]


@pytest.mark.parametrize("way", ["form", "bulk"])
def test_a_journalist_deletes_not_even_own_pictures(login: Any, journalist: User, way: str) -> None:
    picture, desk = make_picture(uploaded_by=journalist), login(journalist)

    if way == "form":
        assert desk.post(f"{LIBRARY}{picture.pk}/delete/", {"post": "yes"}).status_code == 403
    else:
        act(desk, LIBRARY, "delete_selected", picture)

    assert Picture.objects.filter(pk=picture.pk).exists()


def test_the_queries_of_the_library_do_not_grow(desk: Client, editor: User) -> None:
    def fill(count: int) -> int:
        for _ in range(count):
            make_article(picture=make_picture(uploaded_by=editor))
        with CaptureQueriesContext(connection) as captured:
            assert desk.get(LIBRARY).status_code == 200
        return len(captured)

    fill(1)
    with_few = fill(2)

    assert fill(12) == with_few <= 15


def test_no_more_is_counted_than_can_be_paged(desk: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(library, "MOST_COUNTED", 3)
    make_picture(), make_picture()
    few = desk.get(LIBRARY)
    make_picture(), make_picture()

    with CaptureQueriesContext(connection) as captured:
        many = desk.get(LIBRARY)

    assert (few.context["cl"].result_count, many.context["cl"].result_count) == (2, 3)
    assert (few.context["is_cut"], many.context["is_cut"]) == (False, True)
    counts = [each["sql"] for each in captured if "COUNT(" in each["sql"] and "articles_picture" in each["sql"]]
    assert counts
    assert all("LIMIT 3" in sql or "GROUP BY" in sql for sql in counts)


def test_hostile_words_of_a_picture_are_only_text(desk: Client) -> None:
    hostile = "\"'><img src=x onerror=alert(1)>"
    picture = make_picture(file=SimpleUploadedFile("a.jpg", picture_bytes()), alt=hostile, credit=hostile)
    Picture.objects.filter(pk=picture.pk).update(original_name=hostile)

    for address in (LIBRARY, f"{LIBRARY}{picture.pk}/change/", f"{LIBRARY}picker/", f"{LIBRARY}picker/?part=1"):
        response = desk.get(address)

        assert escape(hostile) in response.content.decode()
        assert [image for image in parse(response).iter("img") if image.get("src") == "x"] == []


def test_every_picture_has_its_words_beside_it(desk: Client) -> None:
    make_picture(alt="محطة القطار", credit="و.م.ع")

    item = next(each for each in parse(desk.get(LIBRARY)).iter("li") if each.get("class") == "library__item")

    assert "محطة القطار" in words(item)
    assert "و.م.ع" in words(item)
