"""What a writer may ask for on the receipt: a confirmation, to follow, to have the comment taken back."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from comments.choices import Cause, MailKind, Outcome, Reason, Status
from comments.models import Comment, OutboxMessage, Subscription, WithdrawalRequest
from comments.privacy import address_digest, mask
from comments.receipt import receipt_of, receipt_url
from comments.stamp import make_stamp
from tests.factories import make_comment
from tests.pages import parse, read, words

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 2, 10, 5, tzinfo=UTC)
CANARY = "canary-7431@kanari.example"


def ask(client: Client, comment: Comment, what: str, **values: Any) -> Any:
    """Press the button `what` on the receipt."""
    headers = values.pop("headers", None)
    fields = {"ask": what, "note": "", "stamp": make_stamp(comment.article_id), **values}
    return client.post(f"{receipt_url(comment)}ask/", fields, headers=headers)


def buttons(client: Client, comment: Comment) -> set[str]:
    page = read(client, receipt_url(comment))
    return {button.get("value", "") for button in page.findall(".//button[@name='ask']")}


def test_a_confirmation_is_sent_for(client: Client) -> None:
    comment = make_comment(status=Status.PENDING)

    response = ask(client, comment, "confirm")

    message = OutboxMessage.objects.get()
    assert response.status_code == 303
    assert (message.kind, message.comment, message.subscription) == (MailKind.CONFIRM, comment, None)
    assert words(read(client, response.headers["Location"]).find(".//p[@role='status']"))


def test_nobody_hears_whether_a_mail_goes(client: Client) -> None:
    comment, spam = make_comment(status=Status.PENDING), make_comment(status=Status.SPAM)

    answers = [ask(client, comment, "confirm"), ask(client, comment, "confirm"), ask(client, spam, "confirm")]

    pages = [read(client, answer.headers["Location"]) for answer in answers]
    assert len({words(page.find(".//p[@role='status']")) for page in pages}) == 1
    assert OutboxMessage.objects.count() == 1


@pytest.mark.parametrize(("what", "of_comment"), [("answers", True), ("all", False)])
def test_following_is_asked_for(client: Client, what: str, of_comment: bool) -> None:
    comment = make_comment()

    ask(client, comment, what)

    wish = Subscription.objects.get()
    assert (wish.comment, wish.confirmed_at) == (comment if of_comment else None, None)
    assert OutboxMessage.objects.get().subscription == wish


def test_a_request_to_take_it_back_runs_for_seventy_two_hours(client: Client) -> None:
    with time_machine.travel(NOW, tick=False):
        comment = make_comment()
        ask(client, comment, "withdraw", note="كتبته على عجل")
        page = words(read(client, receipt_url(comment)).find(".//section[@id='asked']"))

    request = WithdrawalRequest.objects.get()
    assert (request.comment, request.note, request.outcome) == (comment, "كتبته على عجل", Outcome.OPEN)
    assert request.due_at == NOW + timedelta(hours=72)
    assert "5 نونبر 2026" in page
    assert Comment.objects.get().status == Status.APPROVED


def test_there_is_one_open_request_at_a_time(client: Client) -> None:
    comment = make_comment()

    for note in ("أول", "ثان"):
        ask(client, comment, "withdraw", note=note)

    assert [request.note for request in WithdrawalRequest.objects.all()] == ["أول"]
    assert buttons(client, comment) == {"confirm", "answers", "all"}


def test_the_answer_to_a_request_is_shown_and_another_may_follow(client: Client, moderator: Any) -> None:
    comment = make_comment()
    ask(client, comment, "withdraw")
    answered = {"outcome": Outcome.DISMISSED, "answer": "الرد: يبقى", "answered_by": moderator}
    WithdrawalRequest.objects.update(answered_at=timezone.now(), **answered)

    assert "الرد: يبقى" in client.get(receipt_url(comment)).content.decode()
    assert "withdraw" in buttons(client, comment)
    ask(client, comment, "withdraw")
    assert WithdrawalRequest.objects.filter(outcome=Outcome.OPEN).count() == 1


def test_what_was_rejected_is_not_taken_back(client: Client) -> None:
    comment = make_comment(status=Status.REJECTED)

    ask(client, comment, "withdraw")

    assert "withdraw" not in buttons(client, comment)
    assert not WithdrawalRequest.objects.exists()


def test_a_comment_without_an_address_offers_no_mail(client: Client) -> None:
    assert buttons(client, make_comment(email="")) == {"withdraw"}


STATES = {
    "approved": lambda comment, by: comment.approve(by=by),
    "told": lambda comment, by: comment.reject(by=by, cause=Cause.INSULT),
    "not told": lambda comment, by: comment.reject(by=by, cause=Cause.ADVERTISING),
    "spam": lambda comment, by: comment.mark_spam(by=by),
    "withdrawn": lambda comment, by: comment.decide(Status.REJECTED, by=by, reason=Reason.WITHDRAWN),
}


@pytest.mark.parametrize(
    ("deed", "state", "cause"),
    [
        ("approved", "published", ""),
        ("told", "refused", str(Cause.INSULT.label)),
        ("not told", "refused", ""),
        ("spam", "waiting", ""),
        ("withdrawn", "taken_back", ""),
    ],
)
def test_it_tells_what_became_of_the_comment(client: Client, moderator: Any, deed: str, state: str, cause: str) -> None:
    comment = make_comment(status=Status.PENDING)

    STATES[deed](comment, moderator)

    receipt = receipt_of(comment)
    content = client.get(receipt_url(comment)).content.decode()
    assert (receipt.state, receipt.cause) == (state, cause)
    assert cause in content
    assert str(Cause.ADVERTISING.label) not in content


def test_what_was_published_and_went_was_taken_down(moderator: Any) -> None:
    comment = make_comment()

    comment.reject(by=moderator, cause=Cause.HATE)

    assert (receipt_of(comment).state, receipt_of(comment).cause) == ("taken_down", "")


def test_the_newsrooms_answer_is_shown(client: Client) -> None:
    comment = make_comment(submitted_at=NOW)
    make_comment(comment.article, parent=comment, staff=True, text="جواب الجريدة")
    make_comment(comment.article, parent=comment, staff=True, status=Status.PENDING, text="جواب لم ينشر")
    make_comment(comment.article, parent=comment, text="جواب قارئ")

    content = client.get(receipt_url(comment)).content.decode()

    assert "جواب الجريدة" in content
    assert "جواب لم ينشر" not in content
    assert "جواب قارئ" not in content


@pytest.mark.parametrize("values", [{"stamp": ""}, {"stamp": "x"}, {"ask": "x"}, {"ask": ""}, {"note": "س" * 501}])
def test_what_is_wrong_comes_back_with_the_note(client: Client, values: dict[str, str]) -> None:
    comment = make_comment()

    response = ask(client, comment, **{"what": "withdraw", "note": "ملاحظة", **values})

    page = parse(response)
    assert response.status_code == 422
    assert words(page.find(".//div[@class='form-errors']"))
    assert values.get("note", "ملاحظة") in "".join(page.find(".//textarea[@name='note']").itertext())
    assert not WithdrawalRequest.objects.exists()


FOREIGN = [{"Origin": "https://evil.example"}, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site"}]


@pytest.mark.parametrize("headers", FOREIGN)
@pytest.mark.parametrize("what", ["confirm", "all", "withdraw"])
def test_a_foreign_page_asks_for_nothing(what: str, headers: dict[str, str]) -> None:
    comment = make_comment()

    response = ask(Client(enforce_csrf_checks=True), comment, what, headers=headers)

    assert response.status_code == 403
    assert [model.objects.count() for model in (OutboxMessage, Subscription, WithdrawalRequest)] == [0, 0, 0]


@pytest.mark.parametrize("method", ["get", "head", "put"])
def test_asking_takes_a_post(client: Client, method: str) -> None:
    assert getattr(client, method)(f"{receipt_url(make_comment())}ask/").status_code == 405


def test_a_program_asks_for_nothing(client: Client) -> None:
    comment = make_comment()

    assert ask(client, comment, "withdraw", website="x").status_code == 303
    assert not WithdrawalRequest.objects.exists()


def test_no_page_of_it_tells_the_address(client: Client) -> None:
    comment = make_comment(email=CANARY)

    answers = [ask(client, comment, what) for what in ("confirm", "answers", "withdraw", "x")]
    answers += [client.get(answer.headers["Location"]) for answer in answers[:3]]

    told = "".join(f"{answer.content.decode()}{answer.headers}" for answer in answers)
    assert [trace for trace in (CANARY, "canary", address_digest(CANARY), mask(CANARY)) if trace in told] == []
