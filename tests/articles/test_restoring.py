"""The way back to an older version: what it brings, what it leaves, and who may take it."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from articles.choices import Status
from articles.models import Article, Byline, Tag
from articles.restoring import restore
from tests.admin_forms import columns, levels, parse
from tests.factories import make_article, make_author, make_category, make_picture, make_user

pytestmark = pytest.mark.django_db


def versions(article: Article) -> list[Any]:
    return list(Article.history.model.objects.filter(id=article.pk).order_by("history_id"))  # type: ignore[attr-defined]


def address(article: Article, version: Any) -> str:
    return f"/admin/articles/article/{article.pk}/history/{version.history_id}/restore/"


def press(desk: Client, article: Article, version: Any) -> Any:
    """Restore `version`, as the button on the page of the comparison does."""
    return desk.post(address(article, version), {"newest": versions(article)[-1].history_id})


def changed(title: str = "العنوان الأول", **values: Any) -> Article:
    """An article with another text than its first version."""
    values.setdefault("body", "<p>النص الأول</p>")
    article = make_article(title, title_fr="Premier titre", **values)
    article.title_ar, article.title_fr, article.body_ar = "ثان", "Deuxième titre", "<p>النص الثاني</p>"
    article.save()
    return article


def stored(article: Article) -> Article:
    return Article.objects.get(pk=article.pk)


def test_the_texts_of_every_language_come_back(login: Any, editor: User) -> None:
    article = changed()

    response = press(login(editor), article, versions(article)[0])

    assert levels(response) == ["success"]
    back = stored(article)
    assert (back.title_ar, back.title_fr, back.body_ar) == ("العنوان الأول", "Premier titre", "<p>النص الأول</p>")


def test_a_restore_is_a_version_of_who_pressed(login: Any, editor: User) -> None:
    article = changed()
    first = versions(article)[0]

    press(login(editor), article, first)

    last = versions(article)[-1]
    assert len(versions(article)) == 3
    assert (last.history_user, last.restored_from) == (editor, first.history_id)


def test_tags_categories_and_bylines_come_back_in_their_order(login: Any, editor: User) -> None:
    article, other = make_article(tags=("ماء", "سد")), make_category()
    authors = [make_author(), make_author()]
    article.categories.add(other)
    for position, author in enumerate(reversed(authors)):
        Byline.objects.create(article=article, author=author, position=position)
    wanted = versions(article)[-1]
    article.tags.set(["مطر"])
    article.categories.set([])
    article.bylines.all().delete()

    press(login(editor), article, wanted)

    last = versions(article)[-1]
    assert set(last.filing["tags"]) == {"ماء", "سد"}
    assert last.filing["categories"] == wanted.filing["categories"]
    assert last.filing["authors"] == [author.pk for author in reversed(authors)]


def test_state_times_address_flag_and_owner_stay(login: Any, editor: User, journalist: User) -> None:
    article = changed(status=Status.DRAFT)
    first = versions(article)[0]
    article.owner, article.is_hot, article.slug = journalist, True, "another-slug"
    article.hot_until = article.published_at = timezone.now() + timedelta(days=1)
    article.save()
    article.publish(by=editor)
    names = ("status", "published_at", "wall_time", "is_hot", "hot_until", "slug", "owner_id", "planned_for")
    before = columns(article)

    press(login(editor), article, first)

    after = columns(article)
    assert after["title_ar"] == "العنوان الأول"
    assert {name: after[name] for name in names} == {name: before[name] for name in names}


def test_what_was_deleted_since_is_told_and_left_out(login: Any, editor: User) -> None:
    author, category, picture = make_author(), make_category(), make_picture()
    article = make_article("أول", tags=("زائل", "باق"), picture=picture)
    article.categories.add(category)
    Byline.objects.create(article=article, author=author)
    wanted = versions(article)[-1]
    article.title, article.picture = "ثان", None
    article.save()
    article.bylines.all().delete()
    for gone in (author, category, picture, Tag.objects.get(name="زائل")):
        gone.delete()

    response = press(login(editor), article, wanted)

    assert levels(response) == ["warning"] * 4 + ["success"]
    assert stored(article).title == "أول"
    assert list(stored(article).tags.names()) == ["باق"]


def test_restoring_what_stands_there_makes_no_version(login: Any, editor: User) -> None:
    article = changed()
    desk = login(editor)
    press(desk, article, versions(article)[0])

    response = press(desk, article, versions(article)[0])

    assert levels(response)[-1] == "info"
    assert len(versions(article)) == 3


def test_a_change_in_between_is_not_overwritten(login: Any, editor: User) -> None:
    article = changed()
    first, seen = versions(article)
    article.title = "من زميل"
    article.save()

    response = login(editor).post(address(article, first), {"newest": seen.history_id})

    assert levels(response) == ["error"]
    assert stored(article).title == "من زميل"


def test_a_restored_text_of_a_published_article_moves_its_updated_time(login: Any, editor: User) -> None:
    article = changed()
    Article.objects.filter(pk=article.pk).update(updated_at=None)

    press(login(editor), article, versions(article)[0])

    assert stored(article).updated_at is not None


def test_a_journalist_restores_an_own_draft(login: Any, journalist: User) -> None:
    article = changed(status=Status.DRAFT, owner=journalist)

    press(login(journalist), article, versions(article)[0])

    assert stored(article).title == "العنوان الأول"
    assert versions(article)[-1].history_user == journalist


@pytest.mark.parametrize("status", [Status.IN_REVIEW, Status.PUBLISHED, Status.WITHDRAWN])
def test_a_journalist_restores_nothing_that_left_their_hands(login: Any, journalist: User, status: str) -> None:
    article = changed(status=status, owner=journalist)
    before = columns(article)

    response = press(login(journalist), article, versions(article)[0])

    assert response.status_code == 403
    assert columns(article) == before
    assert len(versions(article)) == 2


def test_a_journalist_restores_nothing_of_another(login: Any, journalist: User) -> None:
    article = changed(status=Status.DRAFT, owner=make_user("journalist"))
    before, desk = columns(article), login(journalist)

    response = press(desk, article, versions(article)[0])
    absent = desk.post(f"/admin/articles/article/{article.pk + 1000}/history/1/restore/")

    assert response.status_code == absent.status_code == 302
    assert response.headers["Location"] == absent.headers["Location"]
    assert columns(article) == before


def test_a_moderator_restores_nothing(login: Any, moderator: User) -> None:
    article = changed()
    before = columns(article)

    press(login(moderator), article, versions(article)[0])

    assert columns(article) == before


def test_a_version_of_another_article_is_refused(login: Any, editor: User) -> None:
    article, other = changed(), changed("سر")

    response = login(editor).post(address(article, versions(other)[0]), {"newest": versions(article)[-1].history_id})

    assert response.status_code == 404
    with pytest.raises(ValueError, match="another article"):
        restore(article, versions(other)[0], by=editor)
    assert stored(article).title == "ثان"


def test_the_address_answers_only_a_button(login: Any, editor: User) -> None:
    article = changed()

    assert login(editor).get(address(article, versions(article)[0])).status_code == 405
    assert stored(article).title == "ثان"


def test_the_button_stands_only_where_it_may_be_pressed(login: Any, journalist: User, editor: User) -> None:
    article = changed(owner=journalist)
    page = f"/admin/articles/article/{article.pk}/history/compare/"

    shown = [
        any("/restore/" in (form.get("action") or "") for form in parse(login(user).get(page)).iter("form"))
        for user in (editor, journalist)
    ]

    assert shown == [True, False]


def test_tags_that_were_merged_come_back_as_the_one_they_went_into(editor: User) -> None:
    article = make_article(tags=("المياه",))
    wanted = versions(article)[-1]
    article.tags.clear()
    target = Tag.objects.create(name="الماء")
    Tag.objects.get(name="المياه").merge_into(target, by=editor)

    assert restore(article, wanted, by=editor) == []
    assert list(article.tags.names()) == ["الماء"]
