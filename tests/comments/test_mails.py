"""What the mails say, to whom, and in which direction."""

import re
import uuid
from collections.abc import Iterator
from email.message import EmailMessage
from typing import Any
from urllib.parse import urlsplit

import html5lib
import pytest
from django.test import Client
from django.test.utils import override_settings
from django.utils import timezone

from articles.bidi import isolate
from comments.choices import Cause, MailKind, Reason
from comments.mail.outbox import send_due
from comments.models import Comment, OutboxMessage, Sender, Subscription
from comments.models.mail import HOLD
from comments.privacy import address_digest
from tests.factories import make_article, make_comment, make_user
from tests.postman import Postman, mail_server, part

pytestmark = pytest.mark.django_db

SITE = "https://news.example"


@pytest.fixture(autouse=True)
def postman() -> Iterator[Postman]:
    with override_settings(SITE_URL=SITE), mail_server() as server:
        yield server


def deliver() -> None:
    """Send what is due after the hold; once more, for what the first run addressed to followers."""
    send_due(now=timezone.now() + HOLD)
    send_due(now=timezone.now() + HOLD)


def follow(comment: Comment | None = None, **values: Any) -> Subscription:
    values.setdefault("article", comment.article if comment else None)
    email = values.pop("email", "follower@example.ma")
    values |= {"comment": comment, "email": email, "email_digest": address_digest(email)}
    return Subscription.objects.create(**{"confirmed_at": timezone.now(), **values})


def page(letter: EmailMessage) -> Any:
    return html5lib.parse(part(letter, "html"), namespaceHTMLElements=False)


def links(letter: EmailMessage) -> list[str]:
    return re.findall(r"https?://\S+", part(letter, "plain"))


def confirmation(**values: Any) -> None:
    OutboxMessage.objects.create(kind=MailKind.CONFIRM, comment=make_comment(status="pending", **values))


@pytest.mark.parametrize(("language", "direction"), [("ar", "rtl"), ("fr", "ltr"), ("en", "ltr")])
def test_a_mail_has_the_direction_and_language_of_its_comment(postman: Postman, language: str, direction: str) -> None:
    article = make_article("عنوان", title_fr="Titre", title_en="Title", body_fr="<p>x</p>", body_en="<p>x</p>")
    confirmation(article=article, language=language, email="said@example.ma")

    deliver()

    letter = postman.letter()
    root = page(letter)
    assert (root.get("lang"), root.get("dir")) == (language, direction)
    assert letter["Content-Language"] == language
    assert [each.get_content_type() for each in letter.iter_parts()] == ["text/plain", "text/html"]
    assert {each.get_content_charset() for each in letter.iter_parts()} == {"utf-8"}
    prefix = "" if language == "ar" else f"/{language}"
    assert f"{SITE}{prefix}/comments/confirm/" in part(letter, "plain")


def test_a_mail_says_that_a_machine_wrote_it(postman: Postman) -> None:
    confirmation(email="said@example.ma")

    deliver()

    letter = postman.letter()
    assert letter["Auto-Submitted"] == "auto-generated"
    assert re.fullmatch(r"<[0-9a-f]{32}@news\.example>", letter["Message-ID"])
    assert letter["To"] == "said@example.ma"


def test_a_mail_loads_nothing_and_runs_nothing(postman: Postman) -> None:
    confirmation(email="said@example.ma")

    deliver()

    elements = list(page(postman.letter()).iter())
    assert not {each.tag for each in elements} & {"img", "script", "link", "iframe", "object"}
    assert not [name for each in elements for name, _value in each.items() if name in ("src", "srcset", "background")]
    assert {urlsplit(each.get("href")).netloc for each in elements if each.get("href")} == {"news.example"}


def test_the_confirmation_says_nothing_of_what_was_written(postman: Postman) -> None:
    confirmation(name="إعلان رخيص", text="اشتروا من spam.example", email="victim@example.ma")

    deliver()

    said = postman.letter().as_string() + part(postman.letter(), "plain") + part(postman.letter(), "html")
    assert "إعلان" not in said
    assert "spam.example" not in said


def test_the_link_of_the_confirmation_opens_a_page(postman: Postman, client: Client) -> None:
    confirmation(email="said@example.ma")

    deliver()

    (link,) = [each for each in links(postman.letter()) if "/confirm/" in each]
    assert client.get(urlsplit(link).path).status_code == 200


def test_an_answer_reaches_those_who_follow_the_comment_or_the_article(postman: Postman, moderator: Any) -> None:
    parent = make_comment()
    answer = make_comment(parent.article, parent=parent, status="pending", text="جواب واضح")
    follow(parent, email="one@example.ma")
    follow(article=parent.article, email="two@example.ma")
    follow(parent, email="unconfirmed@example.ma", confirmed_at=None)
    follow(make_comment(parent.article), email="elsewhere@example.ma")
    follow(article=make_article(), email="other@example.ma")

    answer.approve(by=moderator)
    deliver()

    assert sorted(postman.recipients()) == ["one@example.ma", "two@example.ma"]
    assert "جواب واضح" in part(postman.received[0][1], "plain")


def test_an_answer_never_reaches_its_own_writer_and_nobody_twice(postman: Postman, moderator: Any) -> None:
    parent = make_comment()
    answer = make_comment(parent.article, parent=parent, status="pending", email="writer@example.ma")
    follow(parent, email="Writer@example.ma")
    follow(parent, email="both@example.ma")
    follow(article=parent.article, email="both@example.ma")

    answer.approve(by=moderator)
    deliver()
    answer.hold(by=moderator)
    answer.approve(by=moderator)
    deliver()

    assert postman.recipients() == ["both@example.ma"]


def test_an_answer_that_the_policy_shows_at_once_is_told_too(postman: Postman) -> None:
    parent = make_comment()
    follow(parent)
    answer = Comment(article=parent.article, parent=parent, name="قارئ", email="x@example.ma", text="جواب")

    answer.receive("approved", Reason.TRUSTED)
    deliver()

    assert postman.recipients() == ["follower@example.ma"]


def test_an_answer_taken_back_before_it_was_told_is_never_told(postman: Postman, moderator: Any) -> None:
    parent = make_comment()
    follow(parent)
    answer = make_comment(parent.article, parent=parent, status="pending")

    answer.approve(by=moderator)
    answer.hold(by=moderator, reason=Reason.UNDONE)
    deliver()

    assert postman.received == []


def test_a_notice_can_be_ended_by_one_click(postman: Postman, moderator: Any, client: Client) -> None:
    parent = make_comment()
    wish = follow(parent)
    make_comment(parent.article, parent=parent, status="pending").approve(by=moderator)
    deliver()
    letter = postman.letter()

    address = letter["List-Unsubscribe"].strip()
    assert re.fullmatch(rf"<{SITE}/comments/unsubscribe/\S+>", address)
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert address.strip("<>") in links(letter)
    assert address.strip("<>") in [each.get("href") for each in page(letter).iter("a")]
    assert client.get(urlsplit(address.strip("<>")).path).status_code == 200
    assert Subscription.objects.filter(pk=wish.pk).exists()
    client.post(urlsplit(address.strip("<>")).path, {"List-Unsubscribe": "One-Click"})
    assert not Subscription.objects.filter(pk=wish.pk).exists()


def test_names_and_titles_stand_alone_and_are_escaped(postman: Postman, moderator: Any) -> None:
    parent = make_comment(make_article("Foreign (1): <b>title</b>"))
    follow(parent)
    answer = make_comment(parent.article, parent=parent, status="pending", name="<i>سعيد</i> & (1):", text="<b>نص</b>")
    answer.approve(by=moderator)
    deliver()
    letter = postman.letter()

    plain, root = part(letter, "plain"), page(letter)
    assert isolate("<i>سعيد</i> & (1):") in plain
    assert isolate("Foreign (1): <b>title</b>") in plain
    assert isolate("Foreign (1): <b>title</b>") in letter["Subject"]
    assert not list(root.iter("i")) + list(root.iter("b"))
    assert "<i>سعيد</i> & (1):" in ["".join(each.itertext()) for each in root.iter("bdi")]
    assert {each.get("dir") for each in root.iterfind(".//blockquote/p")} <= {None, "auto"}


@pytest.mark.parametrize("title", ["سطر\nثان", "x\r\nBcc: evil@example.com", "\u2028x", "ع" * 400])
def test_a_subject_is_one_line(postman: Postman, moderator: Any, title: str) -> None:
    parent = make_comment(make_article(title))
    follow(parent)
    make_comment(parent.article, parent=parent, status="pending").approve(by=moderator)

    deliver()

    assert postman.recipients() == ["follower@example.ma"]
    assert postman.letter()["Bcc"] is None
    assert len(postman.letter()["Subject"].splitlines()) == 1


@pytest.mark.parametrize(
    ("cause", "is_told"), [("insult", True), ("topic", True), ("advertising", False), ("law", False)]
)
def test_a_rejection_tells_its_writer_where_its_cause_is_one_to_be_told(
    postman: Postman, moderator: Any, cause: str, is_told: bool
) -> None:
    comment = make_comment(status="pending", email="said@example.ma", text="نص التعليق")

    comment.reject(by=moderator, cause=cause, note="ملاحظة داخلية")
    deliver()

    assert postman.recipients() == (["said@example.ma"] if is_told else [])
    if is_told:
        assert str(Cause(cause).label) in part(postman.letter(), "plain")
        assert "داخلية" not in postman.letter().as_string() + part(postman.letter(), "html")


def test_a_mail_to_an_address_nobody_proved_quotes_nothing(postman: Postman, moderator: Any) -> None:
    make_comment(status="pending", email="a@example.ma", text="نص مجهول").reject(by=moderator, cause="insult")
    proved = make_comment(status="pending", email="b@example.ma", text="نص معروف")
    Sender.objects.get(email_digest=proved.email_digest).verify()
    proved.reject(by=moderator, cause="insult")

    deliver()

    told = {to: part(letter, "plain") for to, letter in postman.received}
    assert "نص مجهول" not in told["a@example.ma"]
    assert "نص معروف" in told["b@example.ma"]


def test_a_publication_after_a_wait_is_told_to_proved_addresses_alone(postman: Postman, moderator: Any) -> None:
    make_comment(status="pending", email="a@example.ma").approve(by=moderator)
    proved = make_comment(status="pending", email="b@example.ma")
    Sender.objects.get(email_digest=proved.email_digest).verify()
    proved.approve(by=moderator)

    deliver()

    assert postman.recipients() == ["b@example.ma"]


def test_an_undo_tells_nobody(postman: Postman, moderator: Any) -> None:
    parent = make_comment(status="pending", email="said@example.ma")
    act = uuid.uuid4()
    parent.reject(by=moderator, cause="insult", act=act)
    parent.hold(by=moderator, reason=Reason.UNDONE)
    OutboxMessage.objects.take_back(act, parent.pk)

    deliver()

    assert postman.received == []
    assert not OutboxMessage.objects.exists()


def test_no_mail_names_anybody_elses_address(postman: Postman, moderator: Any) -> None:
    people = [f"person{number}x@example.ma" for number in range(6)]
    parent = make_comment(email=people[0])
    for email in people[1:4]:
        follow(parent, email=email)
    make_comment(parent.article, parent=parent, status="pending", email=people[4]).approve(by=moderator)
    make_comment(parent.article, status="pending", email=people[5]).reject(by=moderator, cause="insult")
    staff = make_user("moderator", email="staff@example.ma")
    make_comment(status="pending", email=people[0])
    OutboxMessage.objects.create(kind=MailKind.DIGEST, user=staff, act=uuid.uuid4())

    deliver()

    assert sorted(postman.recipients()) == sorted([*people[1:4], people[5], "staff@example.ma"])
    for to, letter in postman.received:
        said = letter.as_string() + part(letter, "plain") + part(letter, "html")
        assert set(re.findall(r"[\w.]+@example\.ma", said)) == {to}


def test_a_comment_of_an_article_that_was_withdrawn_is_told_of_no_more(
    postman: Postman, moderator: Any, editor: Any
) -> None:
    parent = make_comment()
    follow(parent)
    make_comment(parent.article, parent=parent, status="pending").approve(by=moderator)
    parent.article.withdraw(by=editor)

    deliver()

    assert postman.received == []
