"""A card shows what a decision needs: why it is here, in words, and everything around the comment."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from comments.choices import Queue, Reason, Status
from comments.desk import why
from comments.desk.cards import MOST_NEIGHBOURS, Card, load
from comments.desk.pieces import domain_of, pieces
from comments.desk.queues import comments_for_cards
from comments.models import Comment, Decision, Sender, WordRule
from tests.comments.desk.forms import DESK, waiting
from tests.factories import make_article, make_category, make_comment, make_user
from tests.pages import parse, words

pytestmark = pytest.mark.django_db


def card_of(comment: Comment) -> Card:
    (card,) = load([comments_for_cards().get(pk=comment.pk)])
    return card


def verdict(comment: Comment, reason: Reason, **values: Any) -> None:
    Decision.objects.record(comment, "", reason, by=None, **values)


def shown(desk: Client) -> Any:
    return parse(desk.get(DESK)).find(".//article")


def test_a_card_shows_article_category_hot_flag_and_parent(desk: Client) -> None:
    article = make_article("سدود المملكة", category=make_category("الماء"), is_hot=True)
    parent = make_comment(article, name="سعيد", text="رأي أول")
    waiting(article=article, parent=parent)

    card = shown(desk)

    said = words(card)
    assert all(part in said for part in ("سدود المملكة", "الماء", "سعيد", "رأي أول", "★"))
    assert article.get_absolute_url() in [link.get("href") for link in card.iter("a")]


def test_an_event_that_cooled_down_is_not_marked_hot() -> None:
    article = make_article(is_hot=True, hot_until=timezone.now())

    assert card_of(waiting(article=article)).is_hot is False


def test_the_address_is_shown_masked_alone(desk: Client) -> None:
    waiting(email="souad.alami@example.ma")

    page = desk.get(DESK).content.decode()

    assert "s•••@example.ma" in page
    assert "souad" not in page


def test_a_rule_says_its_phrase_and_marks_what_it_met(desk: Client) -> None:
    rule = WordRule.objects.create(phrase="كلب")
    comment = waiting(Queue.RULE, rule=rule, text="هذا الـكلب هنا")
    verdict(comment, Reason.RULE, rule=rule, detail="كلب", span_start=4, span_end=10)

    card = shown(desk)

    assert "كلب" in words(card.find(".//ul[@class='desk-card__why']"))
    assert [mark.text for mark in card.iter("mark")] == ["الـكلب"]


def test_a_rule_that_is_gone_leaves_its_phrase() -> None:
    rule = WordRule.objects.create(phrase="كلب")
    comment = waiting(Queue.RULE, rule=rule)
    verdict(comment, Reason.RULE, rule=rule, detail="كلب")
    rule.delete()

    assert any("كلب" in reason for reason in why.reasons(card_of(comment)))


def test_the_mark_of_an_older_text_is_not_drawn_on_a_newer_one() -> None:
    comment = waiting(text="نص فيه كلمة")
    verdict(comment, Reason.RULE, detail="كلمة", span_start=7, span_end=11)
    Comment.objects.filter(pk=comment.pk).update(revision=2)

    assert not any(piece.marked for part in card_of(comment).paragraphs for piece in part)


def test_links_are_counted_in_words() -> None:
    comment = waiting()
    verdict(comment, Reason.LINKS, detail="2")

    assert why.reasons(card_of(comment))[0] == why.link_count(2).capitalize()


def test_a_first_comment_is_called_so_and_a_known_sender_has_a_record(desk: Client) -> None:
    first = waiting(Queue.FIRST, email="new@example.ma")
    verdict(first, Reason.HELD)
    known = waiting(email="old@example.ma")
    make_comment(email="old@example.ma")
    Sender.objects.filter(email_digest=known.email_digest).update(approved=14, rejected=1)

    assert len(why.reasons(card_of(first))) == 1
    assert card_of(first).is_first is True
    assert card_of(known).is_first is False
    page = desk.get(f"{DESK}?queue=known").content.decode()
    assert "14" in page


def test_reports_collapse_into_reasons_with_counts() -> None:
    comment = make_comment(status="approved", queue=Queue.REPORTED)
    for complaint in ("spam", "insult", "insult"):
        comment.reports.create(complaint=complaint, revision=1)
    comment.reports.create(complaint="hate", revision=1, outcome="dismissed")

    card = card_of(comment)

    assert [count for _reason, count in card.complaints] == [2, 1]
    assert why.report_count(3) in why.reasons(card)


def test_a_comment_passed_on_carries_the_note() -> None:
    comment, colleague = waiting(), make_user("moderator")
    comment.hold(colleague, queue=Queue.ESCALATED, note="رأي المحامي؟", reason=Reason.ESCALATED)

    assert "رأي المحامي؟" in why.reasons(card_of(comment))[0]


def test_comments_from_the_same_network_are_counted_up_to_a_bound() -> None:
    article = make_article()
    one = waiting(article=article, network="196.1.2.0/24")
    Comment.objects.bulk_create(
        Comment(article=article, name="ن", text="ت", email="a@example.ma", network="196.1.2.0/24", queue="known")
        for _ in range(MOST_NEIGHBOURS + 5)
    )

    assert card_of(one).neighbours == MOST_NEIGHBOURS
    assert card_of(waiting(network="")).neighbours == 0


def test_the_learner_says_its_three_strongest_signs_with_their_direction() -> None:
    signs = [{"piece": str(weight), "weight": weight} for weight in (0.1, -3.0, 2.0, 1.0)]
    comment = waiting(signs=[*signs, "broken", {}])

    assert [(sign.piece, sign.is_against) for sign in card_of(comment).signs] == [
        ("-3.0", False),
        ("2.0", True),
        ("1.0", True),
    ]


def test_marks_say_in_words_that_a_text_was_edited_or_is_kept(desk: Client) -> None:
    waiting(edited=True, legal_hold=True)

    assert len(shown(desk).findall(".//span[@class='desk-mark']")) == 2


def test_a_state_is_a_word_and_not_a_colour_alone(desk: Client) -> None:
    waiting()

    state = shown(desk).find(".//span[@class='desk-state desk-state--pending']")

    assert str(Status.PENDING.label) in words(state)


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "<b>غليظ</b>"])
def test_what_readers_write_stays_text(desk: Client, text: str) -> None:
    parent = make_comment(text=text, name=text[:40])
    waiting(article=parent.article, parent=parent, text=text, name=text[:40], signs=[{"piece": text, "weight": 1}])

    card = shown(desk)

    assert {element.tag for element in card.iter()} & {"script", "img"} == set()
    assert words(card).count(text) >= 2


@pytest.mark.parametrize(
    "text",
    ["", "كلمة", "سطر\n\nآخر https://a.example/x، ثم www.b.example.", "http://a.example\n \nhttp://b.example"],
)
def test_the_pieces_of_a_text_are_the_text(text: str) -> None:
    for marked in (None, (0, 3), (2, 400), (5, 5)):
        whole = "\n".join("".join(piece.text for piece in part) for part in pieces(text, marked))
        assert whole.split() == text.split()


def test_a_link_is_plain_text_that_names_its_domain(desk: Client) -> None:
    waiting(text="زوروا https://bank.ma@evil.example/path الآن")

    card = shown(desk)

    assert words(card.find(".//b[@class='desk-domain']")) == "evil.example"
    assert all("evil" not in (link.get("href") or "") for link in card.iter("a"))


@pytest.mark.parametrize(
    ("address", "domain"),
    [("www.a.example/x", "a.example"), ("https://b.example:81/", "b.example"), ("http://[", "")],
)
def test_the_domain_of_an_address(address: str, domain: str) -> None:
    assert domain_of(address).removeprefix("www.") == domain
