"""Who may open the desk: absent and forbidden look the same, and the editor-in-chief has a queue of their own."""

import uuid
from typing import Any

import pytest
from django.test import Client

from comments.choices import Queue, Status
from comments.desk.urls import urlpatterns
from tests.comments.desk.forms import DESK, press, results, standing, waiting
from tests.factories import make_user
from tests.pages import parse

pytestmark = pytest.mark.django_db

PATHS = ["", "cards/?queue=known", "news/?queue=known", "recent/", "{pk}/edit/", "{pk}/reply/"]
POSTS = ["decide/", "undo/", "lease/", "{pk}/edit/", "{pk}/reply/"]
OUTSIDERS = pytest.mark.parametrize("role", ["journalist", "administrator", ""])


def addresses(paths: list[str], pk: int) -> list[str]:
    return [DESK + path.format(pk=pk) for path in paths]


def test_every_address_of_the_core_is_asked_below() -> None:
    named = {str(each.pattern).replace("<key:pk>", "{pk}") for each in urlpatterns}

    assert {path.split("?")[0] for path in [*PATHS, *POSTS]} <= named


@OUTSIDERS
def test_others_are_refused_alike_whether_the_comment_is_there_or_not(login: Any, role: str) -> None:
    client, comment = login(make_user(role)), waiting()

    for pk in (comment.pk, comment.pk + 1_000):
        assert {client.get(address).status_code for address in addresses(PATHS, pk)} == {403}
        assert {client.post(address).status_code for address in addresses(POSTS, pk)} == {403}
    assert standing(comment) == [Status.PENDING]


def test_who_is_not_logged_in_is_sent_to_the_login(client: Client) -> None:
    comment = waiting()

    for address in addresses(PATHS, comment.pk):
        assert client.get(address).url.startswith("/admin/login/?next=")
    for address in addresses(POSTS, comment.pk):
        assert client.post(address).url.startswith("/admin/login/?next=")


@OUTSIDERS
def test_others_see_no_way_to_the_desk(login: Any, role: str) -> None:
    links = [link.get("href") for link in parse(login(make_user(role)).get("/admin/")).iter("a")]

    assert DESK not in links


def test_an_editor_sees_only_what_was_passed_on(login: Any, editor: Any) -> None:
    client = login(editor)
    waiting(Queue.RULE)
    escalated = waiting(Queue.ESCALATED)

    page = parse(client.get(DESK))

    assert [link.get("data-queue") for link in page.iter("a") if link.get("data-queue")] == ["escalated"]
    assert [card.get("data-card") for card in page.iter("article")] == [str(escalated.pk)]
    assert client.get(f"{DESK}?queue=rule").status_code == 404


def test_an_editor_decides_on_what_was_passed_on_alone(login: Any, editor: Any) -> None:
    client = login(editor)
    other, escalated = waiting(), waiting(Queue.ESCALATED)

    response = press(client, "approve:picked", other, escalated)

    assert results(response) == {other.pk: "gone"}
    assert standing(other, escalated) == [Status.PENDING, Status.APPROVED]


def test_a_comment_that_is_not_the_editors_looks_absent(login: Any, editor: Any) -> None:
    client, other = login(editor), waiting()

    for pk in (other.pk, other.pk + 1_000):
        assert client.get(f"{DESK}{pk}/edit/").status_code == 404
        assert client.post(f"{DESK}lease/", {"pk": pk}).json() == {"mine": False, "by": ""}


def test_a_moderator_does_not_decide_on_what_was_passed_on(login: Any, moderator: Any) -> None:
    escalated = waiting(Queue.ESCALATED)

    response = press(login(moderator), f"approve:one:{escalated.pk}", escalated)

    assert results(response) == {escalated.pk: "late"}
    assert standing(escalated) == [Status.PENDING]


def test_a_wide_decision_passes_over_what_is_not_ours(login: Any, moderator: Any) -> None:
    one = waiting()
    escalated = waiting(Queue.ESCALATED, article=one.article)

    press(login(moderator), f"approve:article:{one.pk}", one)

    assert standing(one, escalated) == [Status.APPROVED, Status.PENDING]


def test_a_deactivated_moderator_is_out(login: Any, moderator: Any) -> None:
    client, comment = login(moderator), waiting()
    moderator.is_active = False
    moderator.save()

    response = client.post(f"{DESK}decide/", {"act": uuid.uuid4(), "do": f"approve:one:{comment.pk}"})

    assert response.url.startswith("/admin/login/")
    assert standing(comment) == [Status.PENDING]
