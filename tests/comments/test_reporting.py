"""A reader reports a comment: what is filed, who hears of it, and who is believed."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from articles.models import Article
from comments.choices import Complaint, Outcome, Queue, Reason, Status
from comments.models import Comment, Decision, Report, Tally
from comments.models.reporting import REPORTS_AN_HOUR
from comments.privacy import address_digest, digest, mask
from comments.stamp import make_stamp
from newsroom.models import PageGeneration
from tests.factories import make_article, make_comment
from tests.pages import parse, words

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 2, 10, 5, tzinfo=UTC)
CANARY = "canary-7431@kanari.example"


def address_of(comment: Comment) -> str:
    return f"/comments/{comment.pk}/report/"


def report(client: Client, comment: Comment, **values: Any) -> Any:
    """Send what a browser sends from the form; `ip` is the reader's connection."""
    ip = values.pop("ip", "192.0.2.1")
    fields = {"complaint": "insult", "note": "", "website": "", "stamp": make_stamp(comment.article_id), **values}
    headers = fields.pop("headers", None)
    return client.post(address_of(comment), fields, REMOTE_ADDR=ip, headers=headers)


def reporter(ip: str = "192.0.2.1") -> str:
    return digest("connection", ip)


def past(outcome: Outcome, count: int = 1, ip: str = "192.0.2.1") -> None:
    """Reports of this connection that were judged long ago."""
    for _ in range(count):
        Report.objects.create(
            comment=make_comment(),
            complaint=Complaint.FALSE,
            reporter=reporter(ip),
            revision=1,
            outcome=outcome,
            at=NOW - timedelta(days=30),
        )


def test_the_form_offers_every_reason_and_changes_nothing(client: Client) -> None:
    comment = make_comment()

    response = client.get(address_of(comment))

    values = {
        field.get("value") for field in parse(response).findall(".//form[@id='report-form']//input[@type='radio']")
    }
    assert response.status_code == 200
    assert values == set(Complaint.values)
    assert response.headers["Cache-Control"] == "private, no-store"
    assert not response.cookies
    assert not Report.objects.exists()


def test_a_report_puts_the_comment_before_the_moderators_and_leaves_it_up(client: Client) -> None:
    comment = make_comment()

    response = report(client, comment, complaint="hate", note="سطر\r\nثان")

    filed = Report.objects.get()
    comment.refresh_from_db()
    assert response.status_code == 303
    assert client.get(response.headers["Location"]).status_code == 200
    assert (filed.complaint, filed.note, filed.weight, filed.revision) == ("hate", "سطر\nثان", 1.0, 1)
    assert (comment.status, comment.queue) == (Status.APPROVED, Queue.REPORTED)
    assert Tally.objects.get(key="queue:reported").value == 1
    decision = Decision.objects.filter(comment=comment).latest("pk")
    assert (decision.reason, decision.from_status, decision.to_status, decision.by) == (
        Reason.REPORTED,
        Status.APPROVED,
        Status.APPROVED,
        None,
    )


def test_the_connection_is_stored_as_a_keyed_hash_alone(client: Client) -> None:
    report(client, make_comment(), ip="198.51.100.7")

    assert Report.objects.get().reporter == reporter("198.51.100.7")


def test_many_reports_are_one_item_of_the_queue_further_ahead(client: Client) -> None:
    comment, other = make_comment(), make_comment()
    report(client, other)

    for number in range(3):
        report(client, comment, ip=f"192.0.2.{number}")

    comment.refresh_from_db()
    other.refresh_from_db()
    assert Report.objects.filter(comment=comment).count() == 3
    assert Decision.objects.filter(comment=comment, reason=Reason.REPORTED).count() == 1
    assert 100 <= comment.rank < other.rank < 150


def test_a_hundred_reports_do_not_pass_by_a_hot_event(client: Client) -> None:
    comment = make_comment()
    for number in range(60):
        Report.objects.file(comment, Complaint.INSULT, reporter=str(number))

    comment.refresh_from_db()
    assert comment.rank == 100


def test_the_same_reader_counts_once_for_a_text(client: Client) -> None:
    comment = make_comment()

    first, second = report(client, comment), report(client, comment, complaint="spam")

    assert (first.status_code, first.headers["Location"]) == (second.status_code, second.headers["Location"])
    assert Report.objects.count() == 1


def test_a_report_after_review_reopens_nothing_until_the_text_changes(client: Client, moderator: Any) -> None:
    comment = make_comment()
    report(client, comment)
    comment.approve(by=moderator)

    report(client, comment, ip="192.0.2.2")
    comment.refresh_from_db()
    after_review = comment.queue
    Comment.objects.filter(pk=comment.pk).update(revision=2)
    report(client, comment, ip="192.0.2.1")

    comment.refresh_from_db()
    assert (after_review, comment.queue) == ("", Queue.REPORTED)
    assert Report.objects.filter(comment=comment).count() == 3


def test_a_comment_that_the_editor_in_chief_has_stays_there(client: Client) -> None:
    comment = make_comment()
    Comment.objects.filter(pk=comment.pk).update(queue=Queue.ESCALATED)

    report(client, comment)

    comment.refresh_from_db()
    assert comment.queue == Queue.ESCALATED


@pytest.mark.parametrize(
    ("upheld", "dismissed", "weight"), [(0, 0, 1), (0, 1, 1 / 2), (0, 3, 1 / 4), (1, 3, 1), (1, 0, 1)]
)
@time_machine.travel(NOW, tick=False)
def test_a_reporter_who_is_always_wrong_weighs_less(client: Client, upheld: int, dismissed: int, weight: float) -> None:
    past(Outcome.UPHELD, upheld)
    past(Outcome.DISMISSED, dismissed)
    comment = make_comment()

    report(client, comment)

    assert Report.objects.get(comment=comment).weight == pytest.approx(weight)


@pytest.mark.parametrize("status", [Status.PENDING, Status.REJECTED, Status.SPAM])
@pytest.mark.parametrize("method", ["get", "post"])
def test_what_readers_do_not_see_cannot_be_reported(client: Client, method: str, status: Status) -> None:
    comment = make_comment(status=status)

    response = client.get(address_of(comment)) if method == "get" else report(client, comment)

    assert response.status_code == 404
    assert not Report.objects.exists()


def test_a_comment_under_an_article_that_went_cannot_be_reported(client: Client) -> None:
    comment = make_comment()
    Article.objects.update(status="withdrawn")

    assert client.get(address_of(comment)).status_code == 404
    assert report(client, comment).status_code == 404


@pytest.mark.parametrize(
    "values",
    [{"complaint": ""}, {"complaint": "x"}, {"note": "س" * 501}, {"note": "\x07"}, {"stamp": ""}, {"stamp": "x:y"}],
)
def test_what_is_wrong_comes_back_with_the_note(client: Client, values: dict[str, str]) -> None:
    comment = make_comment()

    response = report(client, comment, **{"note": "ملاحظة", **values})

    page = parse(response)
    assert response.status_code == 422
    assert "".join(page.find(".//textarea[@name='note']").itertext()).strip("\n") == values.get("note", "ملاحظة")
    assert words(page.find(".//form[@id='report-form']/div[@class='form-errors']"))
    assert not Report.objects.exists()


@pytest.mark.parametrize(
    "headers", [{"Origin": "https://evil.example"}, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site"}]
)
def test_a_foreign_page_reports_nothing(headers: dict[str, str]) -> None:
    comment = make_comment()

    response = report(Client(enforce_csrf_checks=True), comment, headers=headers)

    assert response.status_code == 403
    assert not Report.objects.exists()


def test_our_own_page_needs_no_cookie() -> None:
    response = report(Client(enforce_csrf_checks=True), make_comment(), headers={"Origin": "http://testserver"})

    assert response.status_code == 303
    assert not response.cookies


def test_a_program_hears_the_same_and_files_nothing(client: Client) -> None:
    comment = make_comment()

    trapped, honest = report(client, comment, website="x"), report(client, comment)

    assert (trapped.status_code, trapped.headers["Location"]) == (honest.status_code, honest.headers["Location"])
    assert Report.objects.count() == 1


def test_a_flood_from_one_connection_is_stopped_for_an_hour(client: Client) -> None:
    with time_machine.travel(NOW, tick=False) as clock:
        comments = [make_comment() for _ in range(REPORTS_AN_HOUR + 1)]
        codes = [report(client, comment).status_code for comment in comments]
        stopped = report(client, comments[-1], note="ملاحظة")
        neighbour = report(client, comments[-1], ip="192.0.2.2").status_code
        clock.move_to(NOW + timedelta(hours=1, seconds=1))
        later = report(client, comments[-1]).status_code

    assert codes == [303] * REPORTS_AN_HOUR + [429]
    assert stopped.headers["Retry-After"] == "3600"
    assert "ملاحظة" in stopped.content.decode()
    assert (neighbour, later) == (303, 303)


def test_readers_pages_are_not_rendered_anew_for_a_report(client: Client) -> None:
    comment = make_comment()
    before = set(PageGeneration.objects.values_list())

    report(client, comment)

    assert set(PageGeneration.objects.values_list()) == before


def test_a_decision_answers_the_reports(client: Client, moderator: Any) -> None:
    wrong, right = make_comment(), make_comment()
    report(client, wrong)
    report(client, right)

    wrong.approve(by=moderator)
    right.reject(by=moderator)

    outcomes = dict(Report.objects.values_list("comment", "outcome"))
    assert outcomes == {wrong.pk: Outcome.DISMISSED, right.pk: Outcome.UPHELD}


def test_its_pages_tell_no_address(client: Client) -> None:
    comment = make_comment(make_article(), email=CANARY)

    answers = [client.get(address_of(comment)), report(client, comment, complaint=""), report(client, comment)]
    answers.append(client.get(answers[-1].headers["Location"]))

    told = "".join(f"{answer.content.decode()}{answer.headers}" for answer in answers)
    assert [trace for trace in (CANARY, "canary", address_digest(CANARY), mask(CANARY)) if trace in told] == []
