"""Who is writing: told to the next, taken over knowingly, and never a save over what was not seen."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import User
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles.choices import Status
from articles.models import Article, EditLock
from articles.models.desk import LOCK_ENDS_AFTER
from tests.admin_forms import columns, form_data, parse
from tests.factories import make_article, make_category, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def article() -> Article:
    return make_article("عنوان أول", status=Status.DRAFT, owner=make_user("journalist"))


def at(name: str, article: Article) -> str:
    return reverse(f"admin:articles_article_{name}", args=[article.pk])


def as_user(user: User) -> Client:
    desk = Client()
    desk.force_login(user)
    return desk


def lock(desk: Client, article: Article) -> str:
    return desk.post(at("lock", article), "{}", content_type="application/json").json()["held"]


def conflict(response: HttpResponse) -> str:
    sections = [each for each in parse(response).iter("section") if "conflict" in (each.get("class") or "")]
    return "".join("".join(section.itertext()) for section in sections)


def overwriting(response: HttpResponse) -> dict[str, str]:
    pressed = [each for each in parse(response).iter("button") if each.get("name") == "_overwrite"]
    return {"_overwrite": pressed[0].get("value", "")}


def test_who_comes_second_is_told_who_writes(article: Article) -> None:
    first, second = as_user(make_user("editor", first_name="سعاد")), as_user(make_user("editor"))

    assert lock(first, article) == ""

    assert "سعاد" in lock(second, article)
    assert "سعاد" in second.get(at("change", article)).content.decode()
    assert "data-held" not in first.get(at("change", article)).content.decode()


def test_taking_over_is_a_press_of_a_button_and_told_to_the_first(article: Article) -> None:
    souad, other = make_user("editor", first_name="سعاد"), make_user("editor", first_name="كريم")
    first, second = as_user(souad), as_user(other)
    lock(first, article)

    assert second.get(at("take_over", article)).status_code == 405
    response = second.post(at("take_over", article))

    assert response.headers["Location"] == at("change", article)
    assert EditLock.objects.get().user == other
    assert "كريم" in lock(first, article)


def test_a_lock_ends_two_minutes_after_the_last_beat(article: Article) -> None:
    first, second = as_user(make_user("editor")), as_user(make_user("editor"))
    start = timezone.now()
    with time_machine.travel(start, tick=False):
        lock(first, article)
    with time_machine.travel(start + LOCK_ENDS_AFTER, tick=False):
        assert lock(second, article) != ""
    with time_machine.travel(start + LOCK_ENDS_AFTER + timedelta(seconds=1), tick=False):
        assert lock(second, article) == ""


def test_a_beat_keeps_the_lock_and_the_time_it_was_taken(article: Article) -> None:
    first, second = as_user(make_user("editor")), as_user(make_user("editor"))
    start = timezone.now()
    for minute in range(5):
        with time_machine.travel(start + timedelta(minutes=minute), tick=False):
            lock(first, article)

            assert lock(second, article) != ""
    assert EditLock.objects.get().taken_at == start


def test_leaving_the_form_frees_the_article_for_its_holder_alone(article: Article) -> None:
    first, second = as_user(make_user("editor")), as_user(make_user("editor"))
    lock(first, article)

    assert second.post(at("unlock", article)).status_code == 204
    assert EditLock.objects.exists()
    assert first.post(at("unlock", article)).status_code == 204
    assert not EditLock.objects.exists()


def test_saving_frees_the_article(article: Article, login: Any, editor: User) -> None:
    desk = login(editor)
    lock(desk, article)

    desk.post(at("change", article), form_data(desk.get(at("change", article))))

    assert not EditLock.objects.exists()


def test_looking_at_a_form_takes_no_lock(article: Article, login: Any, editor: User) -> None:
    login(editor).get(at("change", article))

    assert not EditLock.objects.exists()


@pytest.mark.parametrize("route", ["lock", "unlock", "take-over"])
@pytest.mark.parametrize("role", ["journalist", "moderator", "administrator", ""])
def test_anothers_article_answers_as_a_missing_one(login: Any, article: Article, route: str, role: str) -> None:
    desk = login(make_user(role))
    EditLock.take(article, article.owner)

    responses = [(key, desk.post(f"/admin/articles/article/{key}/{route}/")) for key in (article.pk, article.pk + 1000)]
    found, absent = (response.content.decode().replace(f"/{key}/", "/…/") for key, response in responses)

    assert found == absent
    assert {response.status_code for _key, response in responses} == {404}
    assert EditLock.objects.get().user == article.owner


def test_a_save_over_an_unseen_change_is_refused_with_both_versions(article: Article) -> None:
    first, second = as_user(make_user("editor", first_name="سعاد")), as_user(make_user("editor"))
    early, late = form_data(first.get(at("change", article))), form_data(second.get(at("change", article)))
    assert first.post(at("change", article), early | {"title_ar": "عنوان سعاد"}).status_code == 302
    before = columns(article)

    response = second.post(at("change", article), late | {"title_ar": "عنوان كريم", "body_ar": "<p>نص كريم</p>"})

    assert response.status_code == 200
    assert columns(article) == before
    assert form_data(response)["title_ar"] == "عنوان كريم"
    told = conflict(response)
    assert [words for words in ("سعاد", "عنوان سعاد", "عنوان كريم", "نص كريم") if words not in told] == []


def test_a_save_over_a_seen_change_is_possible_knowingly(article: Article, login: Any, editor: User) -> None:
    desk = login(editor)
    late = form_data(desk.get(at("change", article)))
    desk.post(at("change", article), late | {"title_ar": "عنوان الأول"})
    refused = desk.post(at("change", article), late | {"title_ar": "عنوان الثاني"})

    response = desk.post(at("change", article), form_data(refused) | overwriting(refused))

    article.refresh_from_db()
    assert response.status_code == 302
    assert article.title == "عنوان الثاني"


def test_a_third_change_is_not_overwritten_by_consent_to_the_second(article: Article, login: Any, editor: User) -> None:
    desk = login(editor)
    late = form_data(desk.get(at("change", article)))
    desk.post(at("change", article), late | {"title_ar": "عنوان الأول"})
    refused = desk.post(at("change", article), late | {"title_ar": "عنوان الثاني"})
    desk.post(at("change", article), form_data(desk.get(at("change", article))) | {"title_ar": "عنوان الثالث"})

    again = desk.post(at("change", article), form_data(refused) | overwriting(refused))

    article.refresh_from_db()
    assert "عنوان الثالث" in conflict(again)
    assert article.title == "عنوان الثالث"


def test_a_step_pressed_in_a_stale_form_is_refused_alike(article: Article, login: Any, editor: User) -> None:
    desk = login(editor)
    late = form_data(desk.get(at("change", article)))
    article.title = "عنوان آخر"
    article.save()

    response = desk.post(at("change", article), late | {"_step_publish": "1"})

    article.refresh_from_db()
    assert response.status_code == 200
    assert conflict(response)
    assert (article.status, article.title) == (Status.DRAFT, "عنوان آخر")


def test_a_step_of_somebody_else_makes_a_form_stale_too(article: Article, login: Any, editor: User) -> None:
    desk = login(editor)
    late = form_data(desk.get(at("change", article)))
    article.publish(by=editor)

    response = desk.post(at("change", article), late | {"title_ar": "عنوان كتب على مسودة"})

    article.refresh_from_db()
    assert str(Status.PUBLISHED.label) in conflict(response)
    assert article.title == "عنوان أول"


def test_a_post_without_a_version_is_saved(article: Article, login: Any, editor: User) -> None:
    desk = login(editor)
    sent = form_data(desk.get(at("change", article))) | {"title_ar": "من برنامج"}
    sent.pop("version")
    article.category = make_category()
    article.save()

    assert desk.post(at("change", article), sent).status_code == 302

    article.refresh_from_db()
    assert article.title == "من برنامج"
