"""The pictures of a gallery in the writing form: who chooses them, and who hears of it."""

from typing import Any

import pytest
from django.contrib.auth.models import User

from articles.choices import Kind, Status
from articles.models import Article, GalleryPicture, Picture
from articles.uses import articles_with, count_uses
from newsroom.models import PageGeneration
from tests.admin_forms import errors_beside, form_data, save, typed
from tests.factories import make_article, make_category, make_picture, make_user

pytestmark = pytest.mark.django_db

ADD = "/admin/articles/article/add/"


def address(article: Article) -> str:
    return f"/admin/articles/article/{article.pk}/change/"


def rows(*pictures: Picture, start: int = 0) -> dict[str, Any]:
    """What the form sends for so many new pictures, in this order."""
    data: dict[str, Any] = {"gallery-TOTAL_FORMS": start + len(pictures)}
    for place, picture in enumerate(pictures, start):
        data |= {f"gallery-{place}-picture": picture.pk, f"gallery-{place}-position": place, f"gallery-{place}-id": ""}
    return data


def shown(article: Article) -> list[int]:
    return [row.picture_id for row in article.gallery.in_order()]


def test_a_journalist_hangs_pictures_in_the_own_draft(login: Any, journalist: User) -> None:
    article = make_article(kind=Kind.GALLERY, status=Status.DRAFT, owner=journalist)
    pictures = [make_picture(), make_picture()]

    response = save(login(journalist), address(article), **rows(*pictures))

    assert response.status_code == 302
    assert shown(article) == [picture.pk for picture in pictures]


def test_a_new_article_takes_its_gallery_along(login: Any, journalist: User) -> None:
    picture, category = make_picture(), make_category()
    values = {"title_ar": "ألبوم", "kind": Kind.GALLERY, "category": category.pk}

    save(login(journalist), ADD, **values, **rows(picture))

    assert shown(Article.objects.get()) == [picture.pk]


@pytest.mark.parametrize("status", [Status.IN_REVIEW, Status.PUBLISHED])
def test_a_journalist_changes_no_gallery_of_what_was_handed_in(login: Any, journalist: User, status: Status) -> None:
    article = make_article(kind=Kind.GALLERY, status=status, owner=journalist)

    forged = {"gallery-INITIAL_FORMS": 0, **rows(make_picture())}
    response = login(journalist).post(address(article), forged)

    assert response.status_code == 403
    assert shown(article) == []


def test_a_journalist_changes_no_gallery_of_another(login: Any, journalist: User) -> None:
    article = make_article(kind=Kind.GALLERY, status=Status.DRAFT, owner=make_user("journalist"))

    login(journalist).post(address(article), {"gallery-INITIAL_FORMS": 0, **rows(make_picture())})

    assert shown(article) == []


def test_an_editor_puts_the_pictures_of_any_article_in_another_order(login: Any, editor: User) -> None:
    article = make_article(kind=Kind.GALLERY)
    first, second = (
        GalleryPicture.objects.create(article=article, picture=make_picture(), position=place) for place in range(2)
    )

    save(login(editor), address(article), **{"gallery-0-position": 5})

    assert shown(article) == [second.picture_id, first.picture_id]


def test_the_same_picture_twice_is_told_beside_it(login: Any, journalist: User) -> None:
    article = make_article(kind=Kind.GALLERY, status=Status.DRAFT, owner=journalist)
    picture = make_picture()

    response = save(login(journalist), address(article), **rows(picture, picture))

    assert response.status_code == 200
    assert shown(article) == []


def test_a_video_is_not_handed_in_without_its_address(login: Any, journalist: User) -> None:
    article = make_article(kind=Kind.VIDEO, status=Status.DRAFT, owner=journalist)
    desk = login(journalist)

    saved = save(desk, address(article))
    held = save(desk, address(article), _step_submit="1")

    assert saved.status_code == 302
    assert held.status_code == 200
    assert errors_beside(held, "video_address") != []
    assert typed(held)["kind"] == Kind.VIDEO
    article.refresh_from_db()
    assert article.status == Status.DRAFT


@pytest.mark.parametrize("typed_in", ["ftp://example.ma/a.mp4", "javascript:alert(1)", "ليس عنوانا"])
def test_an_address_that_is_no_web_page_is_refused_beside_its_field(
    login: Any, journalist: User, typed_in: str
) -> None:
    article = make_article(kind=Kind.VIDEO, status=Status.DRAFT, owner=journalist)

    response = save(login(journalist), address(article), video_address=typed_in)

    assert errors_beside(response, "video_address") != []


def test_an_unsaved_gallery_is_shown_again(login: Any, journalist: User) -> None:
    article = make_article(kind=Kind.GALLERY, status=Status.DRAFT, owner=journalist)

    data = form_data(login(journalist).get(address(article)))

    assert data["gallery-TOTAL_FORMS"] == "0"
    assert data["gallery-__prefix__-position"] == "0"


def change(name: str, row: GalleryPicture) -> None:
    rows = GalleryPicture.objects.filter(pk=row.pk)
    ways = {
        "save": row.save,
        "delete": row.delete,
        "rows updated": lambda: rows.update(position=4),
        "rows deleted": rows.delete,
        "rows made": lambda: GalleryPicture.objects.bulk_create(
            [GalleryPicture(article=row.article, picture=make_picture())]
        ),
    }
    ways[name]()


@pytest.mark.parametrize("name", ["save", "delete", "rows updated", "rows deleted", "rows made"])
def test_the_page_hears_of_every_change(name: str) -> None:
    row = GalleryPicture.objects.create(article=make_article(kind=Kind.GALLERY), picture=make_picture())
    key = f"article:{row.article_id}"
    before = PageGeneration.objects.get(key=key).value

    change(name, row)

    assert PageGeneration.objects.get(key=key).value != before


def test_a_picture_of_a_gallery_is_in_use_in_one_article() -> None:
    picture = make_picture()
    picture.refresh_from_db()
    article = make_article(body=f'<p>نص</p><figure><img src="{picture.address}" alt="س"></figure>')
    alone = make_article(kind=Kind.GALLERY)
    for each in (article, alone):
        GalleryPicture.objects.create(article=each, picture=picture)
    Article.objects.filter(pk=alone.pk).update(picture=picture)

    assert count_uses([picture.pk])[picture.pk].articles == 2
    assert set(Article.objects.filter(articles_with(picture))) == {article, alone}
