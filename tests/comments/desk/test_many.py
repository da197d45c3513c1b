"""One decision on many comments: those alike, of one sender, on one article; above fifty the count is typed."""

import re
import uuid

import pytest
from django.http import HttpResponse
from django.test import Client

from comments.choices import Queue, Status
from comments.desk import orders
from comments.models import Comment, Decision
from tests.comments.desk.forms import DESK, last, press, standing, waiting
from tests.factories import make_article, make_comment
from tests.pages import parse

pytestmark = pytest.mark.django_db


def fill(count: int) -> list[Comment]:
    """Comments that are alike, on one article, by one sender."""
    article = make_article()
    return [waiting(article=article, group=7, email="one@example.ma") for _ in range(count)]


def hidden_fields(response: HttpResponse) -> dict[str, list[str]]:
    """What the page that asks for the count would send on."""
    fields: dict[str, list[str]] = {}
    form = next(form for form in parse(response).iter("form") if form.get("class") == "desk-count")
    for field in form.iter("input"):
        if field.get("type") == "hidden":
            fields.setdefault(field.get("name", ""), []).append(field.get("value", ""))
    return fields


def pending() -> int:
    return Comment.objects.filter(status=Status.PENDING).count()


def test_one_decision_serves_all_that_are_alike(desk: Client) -> None:
    alike = [waiting(group=5) for _ in range(3)]
    other, decided = waiting(group=6), make_comment(status="approved", group=5)

    press(desk, f"spam:alike:{alike[1].pk}", *alike)

    assert standing(*alike, other, decided) == ["spam", "spam", "spam", "pending", "approved"]
    assert len({last(each).act for each in alike}) == 1


def test_a_comment_that_nothing_resembles_is_decided_alone(desk: Client) -> None:
    one, other = waiting(), waiting()

    press(desk, f"spam:alike:{one.pk}", one)

    assert standing(one, other) == [Status.SPAM, Status.PENDING]


def test_all_that_wait_of_one_sender_in_every_queue(desk: Client) -> None:
    mine = [waiting(queue, email="One@example.ma") for queue in (Queue.KNOWN, Queue.RULE)]
    other = waiting(email="two@example.ma")

    press(desk, f"reject:sender:{mine[0].pk}", mine[0], cause="advertising")

    assert standing(*mine, other) == ["rejected", "rejected", "pending"]
    assert last(mine[1]).cause == "advertising"


def test_all_that_wait_on_one_article(desk: Client) -> None:
    first, other = waiting(), waiting()
    second = waiting(Queue.FIRST, article=first.article)

    press(desk, f"approve:article:{first.pk}", first)

    assert standing(first, second, other) == ["approved", "approved", "pending"]


def test_a_card_says_how_many_wait_that_are_alike(desk: Client) -> None:
    comments = [waiting(group=5) for _ in range(3)]
    make_comment(status="rejected", group=5)

    cards = list(parse(desk.get(DESK)).iter("article"))

    assert [(card.get("data-card"), card.get("data-alike")) for card in cards] == [(str(comments[0].pk), "3")]


def test_the_next_of_its_kind_takes_the_place_of_one_decided_alone(desk: Client) -> None:
    first, second = (waiting(group=5) for _ in range(2))

    press(desk, f"approve:one:{first.pk}", first)

    assert [card.get("data-card") for card in parse(desk.get(DESK)).iter("article")] == [str(second.pk)]


def test_the_buttons_of_a_card_decide_on_all_that_are_alike(desk: Client) -> None:
    first, *_others = [waiting(group=5) for _ in range(3)]
    alone = waiting()

    page = parse(desk.get(DESK))

    values = {button.get("value") for button in page.iter("button")}
    assert {f"approve:alike:{first.pk}", f"approve:one:{first.pk}", f"approve:one:{alone.pk}"} <= values


def test_up_to_fifty_are_decided_at_once(desk: Client) -> None:
    comments = fill(50)

    press(desk, f"approve:article:{comments[0].pk}")

    assert pending() == 0


@pytest.mark.parametrize("scope", ["article", "sender", "alike"])
def test_above_fifty_nothing_happens_until_their_number_is_typed(desk: Client, scope: str) -> None:
    comments = fill(51)
    order = f"reject:{scope}:{comments[0].pk}"

    page = press(desk, order, script=False, cause="topic")
    wrong = press(desk, order, script=False, typed="50")
    assert pending() == 51
    fields = hidden_fields(page)
    desk.post(f"{DESK}decide/", {**fields, "typed": "51"})

    assert b"desk-count" in wrong.content
    assert pending() == 0
    assert set(Decision.objects.filter(act=fields["act"][0]).values_list("cause", flat=True)) == {"topic"}


def test_the_script_is_told_to_ask(desk: Client) -> None:
    comments = fill(51)

    response = press(desk, "approve:visible", *comments)

    assert (response.status_code, response.json()) == (409, {"confirm": 51})
    assert pending() == 51


def test_what_came_after_the_question_is_not_meant(desk: Client) -> None:
    comments = fill(51)
    fields = hidden_fields(press(desk, f"spam:article:{comments[0].pk}", script=False))
    late = waiting(article=comments[0].article)

    desk.post(f"{DESK}decide/", {**fields, "typed": "51"})

    assert standing(comments[50], late) == [Status.SPAM, Status.PENDING]


def test_the_number_is_asked_again_when_it_changed(desk: Client) -> None:
    comments = fill(52)
    fields = hidden_fields(press(desk, f"spam:article:{comments[0].pk}", script=False))
    comments[1].delete()

    again = desk.post(f"{DESK}decide/", {**fields, "typed": "52"})

    assert re.search("51", again.content.decode())
    assert pending() == 51


def test_no_request_decides_without_bound(desk: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(orders, "MOST_AT_ONCE", 3)
    comments = fill(5)

    press(desk, f"spam:article:{comments[0].pk}")
    too_many = press(desk, "spam:visible", *comments)

    assert standing(*comments) == ["spam", "spam", "spam", "pending", "pending"]
    assert too_many.status_code == 400


def test_a_wide_decision_sent_twice_reaches_no_further_than_once(desk: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(orders, "MOST_AT_ONCE", 60)
    comments = fill(120)
    asked = hidden_fields(press(desk, f"reject:article:{comments[0].pk}", script=False))

    for _ in range(2):
        desk.post(f"{DESK}decide/", {**asked, "typed": "60"})

    assert pending() == 60


def test_what_came_in_after_a_wide_decision_is_left_when_it_is_sent_again(desk: Client) -> None:
    comments = fill(3)
    act = uuid.uuid4()
    press(desk, f"spam:article:{comments[0].pk}", act=act)
    late = waiting(article=comments[0].article)

    press(desk, f"spam:article:{comments[0].pk}", act=act)

    assert standing(*comments, late) == ["spam"] * 3 + ["pending"]
