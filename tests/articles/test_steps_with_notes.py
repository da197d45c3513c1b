"""Steps that ask for a note: returning and withdrawing, one by one and in bulk; and what becomes of the note."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from django.utils import timezone

from articles.choices import Status
from articles.models import Article, ArticleCategory, InvalidTransition, StatusChange
from tests.admin_forms import act, buttons, columns, errors_beside, form_data, levels, save, told
from tests.factories import make_article, make_user
from tests.pages import parse, words

pytestmark = pytest.mark.django_db

LIST = "/admin/articles/article/"
NOTE = "ينقص الخبر رد الوزارة."
ASKING = [("return", Status.IN_REVIEW, Status.DRAFT), ("return", Status.WITHDRAWN, Status.DRAFT)]
ASKING += [("withdraw", Status.PUBLISHED, Status.WITHDRAWN)]
STEPS = pytest.mark.parametrize(("step", "before", "after"), ASKING)


def address(article: Article) -> str:
    return reverse("admin:articles_article_change", args=[article.pk])


def note_page(article: Article, step: str) -> str:
    return reverse("admin:articles_article_step", args=[article.pk, step])


def own(user: User, status: str = Status.DRAFT, **values: Any) -> Article:
    return make_article(status=status, owner=user, **values)


def scheduled(**values: Any) -> Article:
    return make_article(published_at=timezone.now() + timedelta(hours=5), **values)


@STEPS
def test_the_button_saves_the_form_and_leads_to_the_page_that_asks(
    login: Any, editor: User, step: str, before: str, after: str
) -> None:
    desk, article = login(editor), own(make_user("journalist"), before)

    response = save(desk, address(article), title_ar="عنوان منقح", **{f"_step_{step}": "1"})

    article.refresh_from_db()
    assert response.headers["Location"] == note_page(article, step)
    assert (article.title, article.status) == ("عنوان منقح", before)


@STEPS
def test_the_note_is_kept_with_the_step(login: Any, editor: User, step: str, before: str, after: str) -> None:
    desk, article = login(editor), own(make_user("journalist"), before)
    page = note_page(article, step)

    response = desk.post(page, form_data(desk.get(page)) | {"note": NOTE})

    article.refresh_from_db()
    logged = article.status_changes.get()
    assert levels(response) == ["success"]
    assert (article.status, article.return_note) == (after, NOTE if step == "return" else "")
    assert (logged.by, logged.from_status, logged.to_status, logged.note) == (editor, before, after, NOTE)


@pytest.mark.parametrize("note", ["", "   \n ", "ا" * 1001, "سطر\x07"], ids=["empty", "blank", "long", "control"])
@STEPS
def test_a_note_that_will_not_do_is_told_and_kept(
    login: Any, editor: User, step: str, before: str, after: str, note: str
) -> None:
    desk, article = login(editor), own(make_user("journalist"), before)
    stored = columns(article)

    response = desk.post(note_page(article, step), {"note": note})

    assert len(errors_beside(response, "note")) == 1
    assert form_data(response)["note"].strip() == note.strip()
    assert columns(article) == stored


def test_opening_the_page_changes_nothing(login: Any, editor: User) -> None:
    article = own(make_user("journalist"), Status.IN_REVIEW)
    stored = columns(article)

    response = login(editor).get(note_page(article, "return"))

    assert response.status_code == 200
    assert response.headers["Cache-Control"] == "private, no-store"
    assert columns(article) == stored


def test_what_somebody_else_decided_first_is_told(login: Any, editor: User) -> None:
    desk, article = login(editor), own(make_user("journalist"), Status.IN_REVIEW)
    article.publish(by=make_user("editor"))

    response = desk.post(note_page(article, "return"), {"note": NOTE})

    article.refresh_from_db()
    assert levels(response) == ["error"]
    assert (article.status, article.return_note) == (Status.PUBLISHED, "")


def test_the_journalist_finds_the_note_on_the_form_and_in_the_list(login: Any, journalist: User, editor: User) -> None:
    article = own(journalist, Status.IN_REVIEW)
    article.return_to_draft(by=editor, note=f"{NOTE}\n<script>alert(1)</script>")
    desk = login(journalist)

    pages = [desk.get(address(article)), desk.get(LIST)]

    asides = [aside for aside in parse(pages[0]).iter("aside") if aside.get("class") == "return-note"]
    assert NOTE in words(asides[0])
    assert all(NOTE in page.content.decode() for page in pages)
    assert not any("<script>alert" in page.content.decode() for page in pages)


@pytest.mark.parametrize("step", ["submit", "publish"])
def test_the_note_goes_with_the_next_step(editor: User, step: str) -> None:
    article = own(editor, Status.IN_REVIEW)
    article.return_to_draft(by=editor, note=NOTE)

    getattr(article, step)(by=editor)

    article.refresh_from_db()
    assert article.return_note == ""
    assert article.status_changes.filter(note=NOTE).exists()


@pytest.mark.parametrize(("step", "before", "after"), [ASKING[0], ASKING[2]])
def test_a_bulk_action_asks_once_and_takes_each(login: Any, editor: User, step: str, before: str, after: str) -> None:
    desk, articles = login(editor), [make_article(status=before) for _ in range(3)]

    asked = act(desk, LIST, step, *articles)
    response = desk.post(LIST, form_data(asked) | {"note": NOTE})

    steps = StatusChange.objects.filter(article__in=articles)
    assert [each.title in asked.content.decode() for each in articles] == [True] * 3
    assert response.status_code == 302
    assert [(each.note, each.to_status) for each in steps] == [(NOTE, after)] * 3
    assert "3" in str(told(response)[0])


def test_a_bulk_action_without_a_note_keeps_the_choice(login: Any, editor: User) -> None:
    desk, articles = login(editor), [make_article() for _ in range(2)]
    chosen = form_data(act(desk, LIST, "withdraw", *articles))

    response = desk.post(LIST, chosen | {"note": " "})

    assert len(errors_beside(response, "note")) == 1
    assert form_data(response)["_selected_action"] == chosen["_selected_action"]
    assert Article.objects.published().count() == 2


def test_a_bulk_action_asks_nothing_where_nothing_can_move(login: Any, editor: User) -> None:
    response = act(login(editor), LIST, "withdraw", make_article(status=Status.DRAFT))

    assert levels(response) == ["warning"]


def test_no_bulk_action_moves_more_than_two_hundred(login: Any, editor: User) -> None:
    category = make_article().category
    rows = [Article(title=f"خبر {n}", category=category, status=Status.DRAFT) for n in range(201)]
    articles = Article.objects.bulk_create(rows)

    response = act(login(editor), LIST, "publish", *articles)

    assert levels(response) == ["warning"]
    assert Article.objects.published().count() == 1


@pytest.mark.parametrize("method", ["get", "post"])
@STEPS
def test_a_journalist_takes_no_such_step_on_the_own_article(
    login: Any, journalist: User, step: str, before: str, after: str, method: str
) -> None:
    desk, article = login(journalist), own(journalist, before)

    response = getattr(desk, method)(note_page(article, step), {"note": NOTE})

    article.refresh_from_db()
    assert levels(response) == ["error"]
    assert article.status == before
    assert not article.status_changes.exists()


@pytest.mark.parametrize("role", ["journalist", "moderator", "administrator", ""])
@pytest.mark.parametrize("method", ["get", "post"])
def test_for_others_the_page_is_as_that_of_a_missing_article(login: Any, role: str, method: str) -> None:
    desk, article = login(make_user(role)), own(make_user("journalist"), Status.IN_REVIEW)
    missing = Article(pk=article.pk + 1000)

    found, absent = (getattr(desk, method)(note_page(each, "return"), {"note": NOTE}) for each in (article, missing))

    assert (found.status_code, found.headers["Location"]) == (302, "/admin/")
    assert (absent.status_code, absent.headers["Location"]) == (302, "/admin/")
    assert Article.objects.get().status == Status.IN_REVIEW


def test_an_anonymous_visitor_is_sent_to_the_login(client: Any) -> None:
    page = note_page(own(make_user("journalist"), Status.IN_REVIEW), "return")

    for response in (client.get(page), client.post(page, {"note": NOTE})):
        assert response.headers["Location"] == f"/admin/login/?next={page}"
    assert Article.objects.get().status == Status.IN_REVIEW


def test_a_scheduled_article_is_taken_off_the_schedule_and_stays_planned(login: Any, editor: User) -> None:
    desk, article = login(editor), scheduled()
    planned = article.published_at
    offered = buttons(desk, address(article))

    response = save(desk, address(article), _step_unschedule="1")

    article.refresh_from_db()
    assert offered == {"unschedule"}
    assert levels(response) == ["success"]
    assert (article.status, article.published_at, article.planned_for) == (Status.IN_REVIEW, None, planned)
    assert list(ArticleCategory.objects.values_list("published_at", flat=True)) == [None]


def test_what_readers_see_is_not_taken_off_the_schedule(editor: User) -> None:
    article = make_article()

    with pytest.raises(InvalidTransition):
        article.unschedule(by=editor)

    article.refresh_from_db()
    assert article.is_visible
    assert not article.status_changes.exists()


def test_a_journalist_takes_nothing_off_the_schedule(login: Any, journalist: User) -> None:
    article = scheduled(owner=journalist)

    response = act(login(journalist), LIST, "unschedule", article)

    article.refresh_from_db()
    assert response.status_code == 302
    assert article.is_scheduled


def test_the_button_that_publishes_says_when(login: Any, editor: User) -> None:
    desk, now = login(editor), timezone.now()
    times = [None, now + timedelta(days=2), now - timedelta(days=2)]
    articles = [make_article(status=Status.DRAFT, published_at=at) for at in times]

    labels = []
    for article in articles:
        fields = parse(desk.get(address(article))).iter("input")
        labels += [field.get("value", "") for field in fields if field.get("name") == "_step_publish"]

    assert len(set(labels)) == 3
    assert not any(letter.isdigit() for letter in labels[0])
    for label, at in zip(labels[1:], times[1:], strict=True):
        assert timezone.localtime(at).strftime("%H:%M") in label
