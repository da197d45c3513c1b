"""The steps of the policy: their order, what each says, and that each can be switched off."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from articles.models import Article
from comments.choices import Action, Mode, Queue, Reason, Status
from comments.models import Ban, Comment, CommentSettings, Decision, Policy, Sender, WordRule
from comments.policy import Verdict, decide, receive
from comments.privacy import address_digest
from tests.factories import make_article, make_author, make_comment, make_user

pytestmark = pytest.mark.django_db

ADDRESS = "said@example.ma"
RULE = "كلب"
TEXT = "شكرا على هذا المقال الجميل."
NETWORK = "203.0.113.0/24"


def submission(article: Article, **values: Any) -> Comment:
    return Comment(article=article, **{"name": "سعيد", "email": ADDRESS, "text": TEXT, "network": NETWORK, **values})


def make_sender(**values: Any) -> Sender:
    return Sender.objects.update_or_create(email_digest=address_digest(ADDRESS), defaults=values)[0]


def rejected_by(user: User) -> None:
    make_comment(email=ADDRESS, status="pending").reject(by=user)
    Comment.objects.update(submitted_at=timezone.now() - timedelta(hours=1))


def trusted() -> None:
    make_sender(verified_at=timezone.now())
    settings = CommentSettings.load()
    settings.trust_after = 1
    settings.save()
    for _ in range(9):
        make_comment(email=ADDRESS, submitted_at=timezone.now() - timedelta(hours=1))


# In the order of the policy: how to make each step say something, and what it says then.
CAUSES: dict[Reason, Callable[[Comment], Any]] = {
    Reason.RULE: lambda comment: WordRule.objects.create(phrase="المقال"),
    Reason.STAFF_NAME: lambda comment: make_author(comment.name),
    Reason.LINKS: lambda comment: CommentSettings.objects.update_or_create(defaults={"max_links": 0}),
    Reason.REPEAT: lambda comment: make_comment(text=comment.text),
    Reason.BANNED: lambda comment: Ban.objects.create(network=NETWORK, by=make_user()),
    Reason.ALWAYS_HELD: lambda comment: make_sender(always_hold=True),
    Reason.RECENT_REJECTIONS: lambda comment: rejected_by(make_user()),
    Reason.TRUSTED: lambda comment: trusted(),
    Reason.POST_MODERATED: lambda comment: Policy.objects.create(mode=Mode.POST),
}
SWITCHES = {
    Reason.STAFF_NAME: "check_names",
    Reason.RULE: "check_rules",
    Reason.LINKS: "check_links",
    Reason.REPEAT: "check_repeats",
    Reason.BANNED: "check_senders",
    Reason.ALWAYS_HELD: "check_senders",
    Reason.RECENT_REJECTIONS: "check_rejections",
    Reason.TRUSTED: "trust_senders",
}
WITH_LINK = f"{TEXT} https://example.com"


@pytest.mark.parametrize("first", range(len(CAUSES)), ids=list(CAUSES))
def test_the_first_step_that_has_something_to_say_decides(first: int) -> None:
    comment = submission(make_article(), text=WITH_LINK)
    make_sender()
    CommentSettings.objects.create(sample_percent=0, max_links=9)
    for cause in list(CAUSES.values())[first:]:
        cause(comment)

    assert decide(comment, proved=True).reason == list(CAUSES)[first]


@pytest.mark.parametrize("reason", SWITCHES, ids=str)
def test_each_step_can_be_switched_off(reason: Reason) -> None:
    comment = submission(make_article(), text=WITH_LINK)
    make_sender()
    CommentSettings.objects.create(sample_percent=0, max_links=9)
    CAUSES[reason](comment)
    assert decide(comment, proved=True).reason == reason

    CommentSettings.objects.update(**{SWITCHES[reason]: False})

    assert decide(comment, proved=True).reason == Reason.HELD


def test_the_trap_can_be_switched_off() -> None:
    CommentSettings.objects.create(check_honeypot=False)

    assert decide(submission(make_article()), honeypot=True).reason == Reason.HELD


def test_a_name_of_the_newsroom_shields_no_insult() -> None:
    WordRule.objects.create(phrase=RULE, action=Action.REJECT)
    make_author("كريم العلوي")

    verdict = decide(submission(make_article(), name="كريم العلوي", text=f"يا {RULE}"))

    assert (verdict.status, verdict.reason) == (Status.REJECTED, Reason.RULE)


def test_a_comment_is_held_unless_told_otherwise() -> None:
    assert decide(submission(make_article())) == Verdict(Status.PENDING, Reason.HELD, Queue.FIRST)


def test_who_was_approved_before_waits_among_the_known() -> None:
    make_comment(email=ADDRESS)

    assert decide(submission(make_article())).queue == Queue.KNOWN


@pytest.mark.parametrize("mode", list(Mode), ids=str)
def test_the_trap_is_spam_under_any_policy(mode: Mode) -> None:
    assert decide(submission(make_article()), honeypot=True, mode=mode) == Verdict(Status.SPAM, Reason.HONEYPOT)


@pytest.mark.parametrize("name", ["Karim Alaoui", "كريم العلوي", "KARIM  ALAOUI", "كَريم العلوى", "Каrim Alaoui"])
@pytest.mark.parametrize("role", ["journalist", "moderator", "author"])
def test_a_name_of_the_newsroom_is_held(name: str, role: str) -> None:
    if role == "author":
        make_author("كريم العلوي", name_fr="Karim Alaoui")
    else:
        make_user(role, first_name="Karim", last_name="Alaoui")
        make_user(role, first_name="كريم", last_name="العلوي")

    assert decide(submission(make_article(), name=name)) == Verdict(Status.PENDING, Reason.STAFF_NAME, Queue.RULE)


@pytest.mark.parametrize("name", ["كريم", "Karim", "العلوي محمد", "كريم العلوية"])
def test_a_name_that_is_like_one_of_the_newsroom_is_not_held(name: str) -> None:
    make_author("كريم العلوي")
    make_user(first_name="Karim", last_name="Alaoui")
    make_user(is_staff=False, first_name=name)

    assert decide(submission(make_article(), name=name)).reason == Reason.HELD


@pytest.mark.parametrize(
    ("action", "status", "queue"),
    [(Action.HOLD, Status.PENDING, Queue.RULE), (Action.REJECT, Status.REJECTED, ""), (Action.SPAM, Status.SPAM, "")],
)
def test_a_rule_does_what_it_says_and_shows_the_place(action: Action, status: Status, queue: str) -> None:
    rule = WordRule.objects.create(phrase=RULE, action=action)
    text = "أنت ك.ل.ب كبير"

    verdict = decide(submission(make_article(), text=text), mode=Mode.POST)

    assert (verdict.status, verdict.reason, verdict.queue) == (status, Reason.RULE, queue)
    assert (verdict.rule, verdict.detail) == (rule.pk, RULE)
    assert text[verdict.span_start : verdict.span_end] == "ك.ل.ب"


def test_of_several_rules_the_strictest_decides() -> None:
    for action in (Action.HOLD, Action.REJECT, Action.SPAM):
        WordRule.objects.create(phrase=f"كلمة{action}", action=action)
    comment = submission(make_article(), text=" ".join(f"كلمة{action}" for action in Action))

    assert decide(comment).status == Status.REJECTED


def test_a_rule_met_in_the_name_has_no_place_in_the_text() -> None:
    rule = WordRule.objects.create(phrase=RULE)

    verdict = decide(submission(make_article(), name="كـلـب"))

    assert (verdict.rule, verdict.span_start, verdict.span_end) == (rule.pk, None, None)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("https://a.example و http://b.example/x", 2),
        ("www.a.example www.b.example", 2),
        ("زوروا casino.com ثم bet.xyz", 2),
        ("https://a.example/http://b.example", 1),
        ("راسلوا said@example.com و ali@example.ma", 0),
        ("انتهى.Bonjour tout le monde", 0),
    ],
)
def test_links_are_counted(text: str, count: int) -> None:
    CommentSettings.objects.create(max_links=0)

    verdict = decide(submission(make_article(), text=text))

    assert verdict == (
        Verdict(Status.PENDING, Reason.LINKS, Queue.RULE, detail=str(count))
        if count
        else Verdict(Status.PENDING, Reason.HELD, Queue.FIRST)
    )


@pytest.mark.parametrize(
    ("earlier", "days", "reason"),
    [
        (TEXT, 1, Reason.REPEAT),
        ("شكراً على هذا المقال الجميل", 29, Reason.REPEAT),
        (TEXT, 31, Reason.HELD),
        ("نص آخر تماما", 1, Reason.HELD),
    ],
)
def test_an_earlier_text_is_held_whoever_sent_it(earlier: str, days: int, reason: Reason) -> None:
    make_comment(text=earlier, submitted_at=timezone.now() - timedelta(days=days))

    assert decide(submission(make_article())).reason == reason


def test_thanks_in_two_words_are_nobodys_text() -> None:
    make_comment(text="شكرا لكم")

    assert decide(submission(make_article(), text="شكرا لكم!")).reason == Reason.HELD


def test_the_decision_is_stored_with_why(moderator: User) -> None:
    rule = WordRule.objects.create(phrase=RULE)
    comment = submission(make_article(), text="أنت كلب")

    receive(comment, decide(comment))

    stored, logged = Comment.objects.get(), Decision.objects.get()
    rule.refresh_from_db()
    assert (stored.status, stored.queue, stored.rule) == (Status.PENDING, Queue.RULE, rule)
    assert (logged.rule_id, logged.span_start, logged.span_end, logged.detail) == (rule.pk, 4, 7, RULE)
    assert (rule.hits, rule.last_hit_at is not None) == (1, True)
    stored.approve(by=moderator)
    rule.refresh_from_db()
    assert rule.overturned == 1


def test_a_rule_deleted_meanwhile_leaves_its_phrase_in_the_log() -> None:
    rule = WordRule.objects.create(phrase=RULE)
    comment = submission(make_article(), text="أنت كلب")
    verdict = decide(comment)
    rule.delete()

    receive(comment, verdict)

    assert Comment.objects.get().rule is None
    assert Decision.objects.get().detail == RULE
