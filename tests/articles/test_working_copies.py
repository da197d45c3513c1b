"""Unsaved text: kept while someone writes, offered again, gone with the save, and nobody else's."""

import json
import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles.choices import Status
from articles.models import Article, WorkingCopy
from articles.models.desk import KEPT_FOR, MOST_COPIES
from newsroom.tick import forget_working_copies
from tests.admin_forms import columns, form_data, parse
from tests.factories import make_article, make_author, make_category, make_picture, make_tag, make_user

pytestmark = pytest.mark.django_db

ADD = "/admin/articles/article/add/"
KEEP_NEW = "/admin/articles/article/keep/"
TYPED = {"title_ar": "عنوان لم يحفظ", "body_ar": "<p>فقرة لم تحفظ</p>"}


@pytest.fixture
def desk(login: Any, journalist: User) -> Client:
    return login(journalist)


@pytest.fixture
def draft(journalist: User) -> Article:
    return make_article("عنوان محفوظ", status=Status.DRAFT, owner=journalist)


def change(article: Article) -> str:
    return reverse("admin:articles_article_change", args=[article.pk])


def keep(desk: Client, article: Article | None, fields: Any, key: Any = None, **more: Any) -> HttpResponse:
    address = reverse("admin:articles_article_keep", args=[article.pk]) if article else KEEP_NEW
    pairs = [[name, each] for name, value in fields.items() for each in (value if isinstance(value, list) else [value])]
    told = {"key": str(key or uuid.uuid4()), "fields": pairs, **more}
    return desk.post(address, json.dumps(told), content_type="application/json")


def notices(response: HttpResponse) -> str:
    boxes = [each for each in parse(response).iter("div") if each.get("class") == "writing-notices"]
    return "".join(text for box in boxes for text in box.itertext())


def restored(desk: Client, address: str, copy: WorkingCopy) -> dict[str, Any]:
    return form_data(desk.get(address, {"unsaved": str(copy.key)}))


def test_what_is_typed_is_kept_without_changing_the_article(desk: Client, draft: Article) -> None:
    before = columns(draft)

    response = keep(desk, draft, TYPED)

    assert response.status_code == 200
    assert columns(draft) == before
    assert WorkingCopy.objects.get().fields["title_ar"] == [TYPED["title_ar"]]


def test_an_unsaved_text_is_offered_and_shown_in_the_form(desk: Client, draft: Article) -> None:
    keep(desk, draft, form_data(desk.get(change(draft))) | TYPED)

    page = desk.get(change(draft))
    shown = restored(desk, change(draft), WorkingCopy.objects.get())

    assert "عنوان لم يحفظ" in notices(page)
    assert form_data(page)["title_ar"] == "عنوان محفوظ"
    assert {name: shown[name] for name in TYPED} == TYPED


def test_fields_that_are_no_text_come_back_as_well(desk: Client) -> None:
    main, other, picture, authors = make_category(), make_category(), make_picture(), [make_author(), make_author()]
    filed = {"category": str(main.pk), "filed_under": str(other.pk), "picture": str(picture.pk), "kind": "opinion"}
    filed |= {"tags": "وجدة، القطار", "byline": [str(author.pk) for author in authors]}
    make_tag("وجدة")

    keep(desk, None, form_data(desk.get(ADD)) | TYPED | filed)

    shown = restored(desk, ADD, WorkingCopy.objects.get())
    assert {name: shown[name] for name in filed} == filed


def test_a_restored_text_is_saved_and_its_copy_goes_with_it(desk: Client) -> None:
    keep(desk, None, form_data(desk.get(ADD)) | TYPED | {"category": make_category().pk})
    copy = WorkingCopy.objects.get()

    response = desk.post(f"{ADD}?unsaved={copy.key}", restored(desk, ADD, copy))

    assert response.status_code == 302
    assert Article.objects.get().title == TYPED["title_ar"]
    assert not WorkingCopy.objects.exists()


def test_a_save_forgets_the_copy_of_its_own_form_alone(desk: Client, draft: Article) -> None:
    form = form_data(desk.get(change(draft)))
    keep(desk, draft, form | TYPED, form["working_copy"])
    keep(desk, draft, form | {"title_ar": "من نافذة أخرى"})

    desk.post(change(draft), form | TYPED)

    assert [copy.fields["title_ar"] for copy in WorkingCopy.objects.all()] == [["من نافذة أخرى"]]


def test_a_save_that_is_refused_keeps_the_copy(desk: Client, draft: Article) -> None:
    form = form_data(desk.get(change(draft))) | {"title_ar": ""}
    keep(desk, draft, form, form["working_copy"])

    response = desk.post(change(draft), form)

    assert response.status_code == 200
    assert form_data(response)["working_copy"] == form["working_copy"]
    assert WorkingCopy.objects.count() == 1


def test_two_windows_never_write_over_each_other(desk: Client, draft: Article) -> None:
    keep(desk, draft, {"title_ar": "الأولى"})
    keep(desk, draft, {"title_ar": "الثانية"})

    assert {copy.fields["title_ar"][0] for copy in WorkingCopy.objects.all()} == {"الأولى", "الثانية"}


def test_a_text_that_was_restored_and_kept_again_is_there_once(desk: Client, draft: Article) -> None:
    keep(desk, draft, {"title_ar": "قبل"})
    former = WorkingCopy.objects.get()

    keep(desk, draft, {"title_ar": "بعد"}, replaces=str(former.key))

    assert [copy.fields["title_ar"] for copy in WorkingCopy.objects.all()] == [["بعد"]]


def test_an_unsaved_text_can_be_discarded(desk: Client, draft: Article) -> None:
    keep(desk, draft, TYPED)

    response = desk.post(reverse("admin:articles_article_discard", args=[WorkingCopy.objects.get().key]))

    assert response.headers["Location"] == change(draft)
    assert not WorkingCopy.objects.exists()


def test_nobody_else_sees_restores_or_discards_an_unsaved_text(
    client: Client, journalist: User, draft: Article
) -> None:
    client.force_login(journalist)
    keep(client, draft, TYPED)
    copy = WorkingCopy.objects.get()
    discard = reverse("admin:articles_article_discard", args=[copy.key])

    client.force_login(make_user("editor"))

    assert TYPED["title_ar"] not in client.get(change(draft)).content.decode()
    assert restored(client, change(draft), copy)["title_ar"] == "عنوان محفوظ"
    assert client.post(discard).status_code == 404
    assert WorkingCopy.objects.count() == 1


def test_anothers_article_answers_as_a_missing_one(desk: Client) -> None:
    other = make_article(status=Status.DRAFT, owner=make_user("journalist"))

    responses = [(key, keep(desk, Article(pk=key), TYPED)) for key in (other.pk, other.pk + 1000)]

    found, absent = (response.content.decode().replace(f"/{key}/", "/…/") for key, response in responses)
    assert found == absent
    assert {response.status_code for _key, response in responses} == {404}
    assert not WorkingCopy.objects.exists()


@pytest.mark.parametrize("status", [Status.IN_REVIEW, Status.PUBLISHED, Status.WITHDRAWN], ids=str)
def test_what_was_handed_in_is_not_kept_for_its_journalist(desk: Client, journalist: User, status: Status) -> None:
    article = make_article(status=status, owner=journalist)

    assert keep(desk, article, TYPED).status_code == 404


@pytest.mark.parametrize("role", ["moderator", "administrator", ""], ids=["moderator", "administrator", "no-role"])
def test_others_keep_nothing(login: Any, role: str, draft: Article) -> None:
    desk = login(make_user(role))

    assert {keep(desk, article, TYPED).status_code for article in (None, draft)} == {404}
    assert not WorkingCopy.objects.exists()


def test_an_ended_session_leads_to_the_login_and_not_to_an_answer(client: Client, draft: Article) -> None:
    assert keep(client, draft, TYPED).status_code == 302
    assert not WorkingCopy.objects.exists()


def test_a_text_of_more_than_two_megabytes_is_refused_in_a_sentence(desk: Client, draft: Article) -> None:
    response = keep(desk, draft, {"body_ar": "x" * 2_100_000})

    assert response.status_code == 413
    assert response.json()["error"]
    assert not WorkingCopy.objects.exists()


@pytest.mark.parametrize("body", ["", "[", "[]", "{}", '{"key": "x", "fields": []}', '{"key": 1, "fields": {"a": 1}}'])
def test_what_is_no_form_is_refused(desk: Client, body: str) -> None:
    response = desk.post(KEEP_NEW, body, content_type="application/json")

    assert response.status_code == 400
    assert not WorkingCopy.objects.exists()


def test_characters_that_no_database_takes_do_not_stop_the_keeping(desk: Client, draft: Article) -> None:
    body = f'{{"key": "{uuid.uuid4()}", "fields": [["title_ar", "قبل\\u0000\\ud800بعد"]]}}'
    address = reverse("admin:articles_article_keep", args=[draft.pk])

    response = desk.post(address, body, content_type="application/json")

    assert response.status_code == 200
    assert WorkingCopy.objects.get().fields == {"title_ar": ["قبلبعد"]}


def test_nonsense_in_every_field_is_shown_again_and_breaks_nothing(desk: Client) -> None:
    script = "<script>alert(1)</script>"
    nonsense = {name: script for name in form_data(desk.get(ADD)) if name not in ("working_copy", "version")}
    nonsense |= {"picture": script, "byline": [script, "9" * 30], "filed_under": script}

    keep(desk, None, nonsense)
    page = desk.get(ADD, {"unsaved": str(WorkingCopy.objects.get().key)})

    assert page.status_code == 200
    assert script not in page.content.decode()
    assert form_data(page)["title_ar"] == script


def test_the_form_of_a_new_article_lists_all_my_unsaved_texts(desk: Client) -> None:
    keep(desk, None, {"title_ar": "نص أول"})
    keep(desk, None, {"title_fr": "Deuxième texte"})

    told = notices(desk.get(ADD))

    assert "نص أول" in told
    assert "Deuxième texte" in told


def test_one_person_fills_no_disk(desk: Client, journalist: User) -> None:
    for number in range(MOST_COPIES + 3):
        WorkingCopy.keep(journalist, None, uuid.uuid4(), {"title_ar": [str(number)]})

    assert WorkingCopy.objects.count() == MOST_COPIES
    assert {"0", "1", "2"}.isdisjoint(copy.fields["title_ar"][0] for copy in WorkingCopy.objects.all())


def test_what_nobody_came_back_to_goes_after_thirty_days(journalist: User) -> None:
    old, young = (WorkingCopy.keep(journalist, None, uuid.uuid4(), {}) for _each in range(2))
    for copy, age in ((old, KEPT_FOR + timedelta(hours=1)), (young, KEPT_FOR - timedelta(hours=1))):
        WorkingCopy.objects.filter(pk=copy.pk).update(saved_at=timezone.now() - age)

    assert forget_working_copies() == "forgot 1"

    assert WorkingCopy.objects.get() == young
    assert forget_working_copies() == ""


def test_opening_a_form_stores_nothing(desk: Client, draft: Article) -> None:
    desk.get(ADD)
    desk.get(change(draft))

    assert not WorkingCopy.objects.exists()
