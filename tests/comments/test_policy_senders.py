"""What the policy does about who sends: floods, bans, rejections, trust and its proof."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import User
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from comments.choices import Mode, Queue, Reason, Status
from comments.models import Ban, Comment, CommentSettings, Policy, Sender, WithdrawalRequest, WordRule
from comments.policy import FloodError, Verdict, decide, is_sampled, receive
from comments.privacy import address_digest
from tests.comments.test_policy_steps import ADDRESS, NETWORK, make_sender, submission
from tests.factories import comment_data, make_article, make_comment, make_user

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


def sent(count: int, **values: Any) -> None:
    article = make_article()
    for number in range(count):
        make_comment(article, text=f"نص رقم {number} من القارئ", **values)


@pytest.mark.parametrize(("count", "refused"), [(4, False), (5, True)])
def test_one_address_sends_as_many_as_the_settings_say(count: int, refused: bool) -> None:
    sent(count, email=ADDRESS)

    if refused:
        with pytest.raises(FloodError):
            decide(submission(make_article()))
    else:
        assert decide(submission(make_article())).reason == Reason.HELD


def test_many_senders_may_share_a_connection_but_not_without_end() -> None:
    CommentSettings.objects.create(rate_limit=1)
    sent(9, ip_digest="one connection")
    assert decide(submission(make_article(), ip_digest="one connection"))

    sent(1, ip_digest="one connection")

    with pytest.raises(FloodError):
        decide(submission(make_article(), ip_digest="one connection"))
    assert decide(submission(make_article(), ip_digest="another"))
    assert decide(submission(make_article(), ip_digest=""))


def test_ten_minutes_later_one_may_send_again() -> None:
    sent(5, email=ADDRESS, submitted_at=timezone.now() - timedelta(minutes=10))

    assert decide(submission(make_article()))


def test_the_limit_can_be_switched_off() -> None:
    CommentSettings.objects.create(check_rate=False)
    sent(5, email=ADDRESS)

    assert decide(submission(make_article()))


def test_a_flood_is_refused_with_the_text_kept_and_survives_an_empty_cache(client: Client) -> None:
    article = make_article()
    for number in range(5):
        assert (
            client.post(f"/news/{article.pk}/comments/", comment_data(article, text=f"رقم {number}")).status_code == 303
        )
    cache.clear()

    response = Client().post(f"/news/{article.pk}/comments/", comment_data(article, text="كلام لا يضيع"))

    assert response.status_code == 429
    assert response.headers["Retry-After"] == "600"
    assert "كلام لا يضيع" in response.content.decode()
    assert Comment.objects.count() == 5


def test_a_double_click_on_the_last_one_leads_to_its_receipt(client: Client) -> None:
    with time_machine.travel(datetime(2026, 11, 2, 10, 5, tzinfo=UTC), tick=False):
        article = make_article()
        data = [comment_data(article, text=f"رقم {number}") for number in (0, 1, 2, 3, 4, 4)]
        answers = [client.post(f"/news/{article.pk}/comments/", each).status_code for each in data]

    assert answers == [303] * 6
    assert Comment.objects.count() == 5


def ban(**values: Any) -> Ban:
    return Ban.objects.create(by=make_user(), **values)


def test_a_banned_sender_is_rejected_openly() -> None:
    ban(sender=make_sender())

    verdict = decide(submission(make_article(), network=""), mode=Mode.POST)

    assert (verdict.status, verdict.reason, verdict.queue) == (Status.REJECTED, Reason.BANNED, "")


@pytest.mark.parametrize("scope", ["article", "category"])
def test_a_ban_counts_where_it_was_made(scope: str) -> None:
    article = make_article()
    ban(network=NETWORK, **{scope: getattr(article, scope, article)})

    assert decide(submission(article)).reason == Reason.BANNED
    assert decide(submission(make_article())).reason == Reason.HELD


@pytest.mark.parametrize("network", ["", "203.0.114.0/24", "2001:db8::/48"])
def test_a_banned_network_is_no_other_network(network: str) -> None:
    ban(network=NETWORK)

    assert decide(submission(make_article(), network=network)).reason == Reason.HELD


def test_a_ban_ends_with_its_time_or_is_lifted() -> None:
    over, lifted = ban(network=NETWORK, until=timezone.now() + HOUR), ban(network=NETWORK)
    lifted.lift(by=make_user())
    assert decide(submission(make_article())).reason == Reason.BANNED

    with time_machine.travel(over.until, tick=False):
        assert decide(submission(make_article())).reason == Reason.HELD


@pytest.mark.parametrize(("days", "reason"), [(6, Reason.RECENT_REJECTIONS), (8, Reason.HELD)])
def test_a_rejection_is_remembered_for_a_week(days: int, reason: Reason) -> None:
    with time_machine.travel(timezone.now() - timedelta(days=days), tick=False):
        make_comment(email=ADDRESS).reject(by=make_user())

    verdict = decide(submission(make_article()))

    assert verdict.reason == reason
    assert verdict.detail == ("1" if reason == Reason.RECENT_REJECTIONS else "")


def test_what_was_approved_again_is_forgotten_and_the_policys_own_rejections_do_not_count() -> None:
    comment, user = make_comment(email=ADDRESS), make_user()
    comment.reject(by=user)
    comment.approve(by=user)
    taken_back = make_comment(email=ADDRESS)
    taken_back.reject(by=user, reason=Reason.WITHDRAWN)
    WordRule.objects.create(phrase="حمار", action="reject")
    caught = submission(make_article(), text="أنت حمار")
    receive(caught, decide(caught))

    assert caught.status == Status.REJECTED
    assert decide(submission(make_article())).reason == Reason.HELD


def judged(count: int, status: str) -> list[Comment]:
    """Comments of the sender that were decided on some time ago."""
    at = timezone.now() - timedelta(days=60)
    return [make_comment(email=ADDRESS, status=status, submitted_at=at) for _ in range(count)]


def test_what_nobody_read_earns_no_trust() -> None:
    sender = make_sender(verified_at=timezone.now())
    for number in range(9):
        comment = submission(make_article(), text=f"نص لم يقرأه أحد {number}")
        receive(comment, Verdict(Status.APPROVED, Reason.POST_MODERATED))

    assert sender.trust == 0


def test_what_its_writer_took_back_and_what_the_policy_refused_cost_no_trust(moderator: User) -> None:
    sender = make_sender(verified_at=timezone.now())
    first, *_others = judged(6, "approved")

    WithdrawalRequest.objects.ask(first).uphold(by=moderator)
    receive(submission(make_article(), text="نص رفضته قاعدة"), Verdict(Status.REJECTED, Reason.RULE))

    assert sender.trust == 5


@pytest.mark.parametrize(
    ("verified", "approved", "refused", "proved", "reason"),
    [
        (True, 5, 0, True, Reason.TRUSTED),
        (True, 4, 0, True, Reason.HELD),
        (True, 9, 1, True, Reason.HELD),
        (True, 10, 1, True, Reason.TRUSTED),
        (False, 50, 0, True, Reason.HELD),
        (True, 50, 0, False, Reason.HELD),
        (False, 50, 0, False, Reason.HELD),
    ],
)
@pytest.mark.parametrize("refusal", ["rejected", "spam"])
def test_trust_takes_a_confirmed_address_its_proof_and_approvals(
    verified: bool, approved: int, refused: int, proved: bool, reason: Reason, refusal: str
) -> None:
    CommentSettings.objects.create(sample_percent=0)
    make_sender(verified_at=timezone.now() if verified else None)
    judged(approved, "approved")
    judged(refused, refusal)

    verdict = decide(submission(make_article()), proved=proved)

    assert verdict.reason == reason
    assert verdict.status == (Status.APPROVED if reason == Reason.TRUSTED else Status.PENDING)


def test_a_sample_of_the_trusted_is_read() -> None:
    CommentSettings.objects.create(sample_percent=100)
    make_sender(verified_at=timezone.now())
    judged(5, "approved")

    verdict = decide(submission(make_article()), proved=True)

    assert (verdict.status, verdict.reason, verdict.queue) == (Status.PENDING, Reason.SAMPLE, Queue.SAMPLE)


def test_the_sample_is_about_as_large_as_it_should_be_and_the_same_for_the_same() -> None:
    article = make_article()
    comments = [submission(article, text=f"نص {number}") for number in range(1000)]
    for comment in comments:
        comment.prepare()

    assert 20 < sum(is_sampled(comment, 5) for comment in comments) < 90
    assert not any(is_sampled(comment, 0) for comment in comments)
    assert all(is_sampled(comment, 100) for comment in comments)
    assert is_sampled(comments[0], 37) == is_sampled(comments[0], 37)


@pytest.mark.parametrize("network", ["127.0.0.0/24", "::/48", "10.1.2.0/24", "192.168.0.0/24", "fd00:1:2::/48"])
def test_readers_behind_an_unnamed_proxy_are_not_counted_as_one(network: str) -> None:
    sent(60, ip_digest="the proxy", network=network)

    assert decide(submission(make_article(), ip_digest="the proxy", network=network))


def test_a_comment_tells_its_connection_only_as_a_hash_and_a_network(client: Client) -> None:
    article = make_article(title_fr="Le train")

    client.post(f"/fr/news/{article.pk}/comments/", comment_data(article), REMOTE_ADDR="198.51.100.7")
    client.post(f"/news/{article.pk}/comments/", comment_data(article, text="ثان"), REMOTE_ADDR="2001:db8:1:2::3")

    first, second = Comment.objects.order_by("pk")
    assert (first.network, first.language) == ("198.51.100.0/24", "fr")
    assert (second.network, second.language) == ("2001:db8:1::/48", "ar")
    assert len(first.ip_digest) == 64
    assert "198.51.100.7" not in first.ip_digest


def test_a_post_costs_the_same_number_of_queries_whatever_there_is(client: Client) -> None:
    article = make_article()

    def cost(number: int) -> int:
        data = comment_data(article, text=f"نص جديد {number}", email=f"a{number}@b.ma")
        with CaptureQueriesContext(connection) as queries:
            assert client.post(f"/news/{article.pk}/comments/", data).status_code == 303
        return len(queries)

    cost(0)
    few = cost(1)
    for number in range(20):
        WordRule.objects.create(phrase=f"كلمة{number}")
        ban(network=f"203.0.{number}.0/24")
        make_user("journalist", first_name=f"فلان {number}")
    Policy.objects.create(category=article.category)
    sent(20)
    cost(2)  # compiles the rules

    assert cost(3) == few
    assert few <= 27
    assert Sender.objects.filter(email_digest=address_digest("a3@b.ma")).exists()
