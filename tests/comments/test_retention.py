"""manage.py purge_personal_data: each kind of data goes when its time is over, and no earlier."""

from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from comments.choices import MailKind
from comments.models import (
    Ban,
    Comment,
    CommentSettings,
    OutboxMessage,
    Report,
    Sender,
    SenderProof,
    Subscription,
    Tally,
)
from comments.personal_data import retention
from comments.privacy import address_digest
from tests.factories import make_article, make_comment

pytestmark = pytest.mark.django_db

OLD = {"ip_digest": "a" * 64, "network": "192.0.2.0/24"}


def ago(days: int) -> Any:
    return timezone.now() - timedelta(days=days)


def purge(**options: Any) -> str:
    output = StringIO()
    call_command("purge_personal_data", stdout=output, **options)
    return output.getvalue()


def kept(comment: Comment) -> tuple[bool, bool]:
    """Whether the connection and the address of the comment are still there."""
    row = Comment.objects.values_list("ip_digest", "network", "email", "email_digest").get(pk=comment.pk)
    return any(row[:2]), any(row[2:])


def test_connections_go_first_and_addresses_later() -> None:
    CommentSettings.objects.create(keep_ip_days=30, keep_email_days=365)
    comments = [make_comment(submitted_at=ago(days), **OLD) for days in (29, 31, 364, 366)]

    purge()

    assert [kept(each) for each in comments] == [(True, True), (False, True), (False, True), (False, False)]


def test_the_days_can_be_told() -> None:
    comment = make_comment(submitted_at=ago(3), **OLD)

    purge(ip_days=4, email_days=4)
    assert kept(comment) == (True, True)
    purge(ip_days=2, email_days=2)
    assert kept(comment) == (False, False)


def test_a_dry_run_says_how_much_and_changes_nothing() -> None:
    comment = make_comment(submitted_at=ago(3000), **OLD)

    told = purge(dry_run=True)

    assert "connections of comments: 1" in told
    assert "addresses of comments: 1" in told
    assert kept(comment) == (True, True)


def test_what_is_kept_for_legal_reasons_is_left_alone() -> None:
    comment = make_comment(submitted_at=ago(3000), legal_hold=True, **OLD)

    purge()

    assert kept(comment) == (True, True)
    assert Sender.objects.exists()


def test_a_second_run_finds_nothing() -> None:
    make_comment(submitted_at=ago(3000), **OLD)

    assert "1" in purge()
    assert purge() == "Nothing has had its time.\n"


def test_more_than_a_batch_goes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retention, "BATCH", 2)
    for _ in range(5):
        make_comment(submitted_at=ago(40), **OLD)

    assert retention.purge() == {"connections of comments": 5}


def test_texts_states_and_counters_stay() -> None:
    comment = make_comment(submitted_at=ago(3000), **OLD)
    before = Comment.objects.values_list("text", "html", "status", "revision").get(pk=comment.pk)

    purge()

    assert Comment.objects.values_list("text", "html", "status", "revision").get(pk=comment.pk) == before
    assert Tally.objects.get(pk="status:approved").value == 1


def test_hashes_of_reporters_go_with_the_connections() -> None:
    comment = make_comment()
    reports = [
        Report.objects.create(comment=comment, complaint="spam", reporter=letter * 64, revision=1, at=ago(days))
        for letter, days in (("a", 31), ("b", 29))
    ]

    purge()

    assert [Report.objects.get(pk=each.pk).reporter for each in reports] == ["", "b" * 64]


def subscribe(days: int, confirmed: bool) -> Subscription:
    address = f"follower{days}{confirmed}@example.ma"
    return Subscription.objects.create(
        article=make_article(),
        email=address,
        email_digest=address_digest(address),
        created_at=ago(days),
        confirmed_at=ago(days) if confirmed else None,
    )


def test_subscriptions_that_nobody_confirmed_go_after_a_month_others_with_the_addresses() -> None:
    left = [subscribe(29, False), subscribe(31, True)]
    subscribe(31, False), subscribe(800, True)

    purge()

    assert list(Subscription.objects.order_by("pk")) == left


def test_senders_of_whom_nothing_is_left_go_unless_a_ban_needs_them(moderator: Any) -> None:
    comments = [make_comment(submitted_at=ago(3000)) for _ in range(3)]
    plain, banned, held = (Sender.objects.get(email_digest=each.email_digest) for each in comments)
    Ban.objects.create(sender=banned, by=moderator)
    Sender.objects.filter(pk=held.pk).update(always_hold=True)
    active = make_comment()

    purge()

    left = set(Sender.objects.values_list("email_digest", flat=True))
    assert left == {banned.email_digest, held.email_digest, active.email_digest}
    assert plain.email_digest not in left


def test_old_proofs_and_sent_mail_go() -> None:
    comment = make_comment()
    sender = Sender.objects.get()
    proofs = [SenderProof.objects.create(sender=sender, token_digest=letter * 64) for letter in "ab"]
    SenderProof.objects.filter(pk=proofs[0].pk).update(at=ago(366))
    for values in ({"sent_at": ago(31)}, {"failed_at": ago(31)}, {"sent_at": ago(29)}, {"created_at": ago(90)}):
        OutboxMessage.objects.create(kind=MailKind.CONFIRM, comment=comment, **values)

    purge()

    assert list(SenderProof.objects.all()) == [proofs[1]]
    assert OutboxMessage.objects.count() == 2


@pytest.mark.parametrize("days", ["-1", "x", "1.5", "1000000"])
def test_days_are_whole_numbers(days: str) -> None:
    with pytest.raises(CommandError):
        call_command("purge_personal_data", "--ip-days", days)


def test_the_network_of_a_ban_goes_when_the_ban_is_over(moderator: Any) -> None:
    now = timezone.now()
    for days in (-40, 40):
        Ban.objects.create(network="192.0.2.0/24", by=moderator, until=now + timedelta(days=days))

    retention.purge()

    assert [ban.until > now for ban in Ban.objects.all()] == [True]


def test_what_is_put_on_hold_while_the_purge_runs_stays(moderator: Any) -> None:
    comment = make_comment(submitted_at=timezone.now() - timedelta(days=1000), **OLD)
    rule = next(rule for rule in retention.rules() if rule.name == "addresses of comments")
    keys = list(rule.rows.values_list("pk", flat=True))

    comment.hold_legally(by=moderator, note="شكاية")
    rule.end(rule.rows.filter(pk__in=keys))

    assert Comment.objects.get().email_digest == comment.email_digest
