"""Notices by mail of an article's steps: who is told of what, once, and what the mail says."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import User
from django.core import mail
from django.utils import timezone

from articles.approval import approve, text_version
from articles.choices import Status
from articles.models import Article, ArticleLink, StatusChange
from newsroom.mail import steps
from newsroom.mail.outbox import StaffOutbox
from newsroom.mail.steps import queue_notices
from newsroom.models import StaffMessage
from newsroom.tick import TASKS
from tests.factories import make_article, make_user

pytestmark = pytest.mark.django_db

NOTE = "ينقص الخبر رد الوزارة."


@pytest.fixture
def writer(db: Any) -> User:
    return make_user("journalist", email="writer@news.example", first_name="سلمى", last_name="الراوي")


@pytest.fixture
def chief(db: Any) -> User:
    return make_user("editor", email="chief@news.example")


def draft(owner: User, **values: Any) -> Article:
    return make_article(owner=owner, status=Status.DRAFT, **values)


def send() -> list[Any]:
    """What the next run of `tick` sends."""
    mail.outbox.clear()
    queue_notices()
    StaffOutbox().send_due()
    return list(mail.outbox)


def told() -> dict[str, list[str]]:
    """Who gets which mails by the next run: their words, by address."""
    mails: dict[str, list[str]] = {}
    for letter in send():
        assert len(letter.recipients()) == 1
        mails.setdefault(letter.recipients()[0], []).append(letter.body)
    return mails


def test_every_editor_but_the_actor_hears_of_a_submission(writer: User, chief: User) -> None:
    second = make_user("editor", email="second@news.example")
    make_user("editor", email="")
    make_user("editor", email="gone@news.example", is_active=False)
    for role in ("moderator", "administrator", "journalist"):
        make_user(role, email=f"{role}@news.example")
    draft(writer, title="خبر الميناء").submit(by=writer)
    first = told()
    draft(second).submit(by=second)

    assert set(first) == {chief.email, second.email}
    assert "خبر الميناء" in first[chief.email][0]
    assert "سلمى الراوي" in first[chief.email][0]
    assert set(told()) == {chief.email}


def test_the_journalist_hears_why_it_came_back(writer: User, chief: User) -> None:
    article = make_article(owner=writer, status=Status.IN_REVIEW)
    article.return_to_draft(by=chief, note=NOTE)

    mails = told()

    assert list(mails) == [writer.email]
    assert NOTE in mails[writer.email][0]
    assert f"/admin/articles/article/{article.pk}/change/" in mails[writer.email][0]


def test_the_journalist_hears_of_publication_schedule_and_withdrawal(writer: User, chief: User) -> None:
    now, later = draft(writer), draft(writer)
    now.publish(by=chief)
    later.publish(by=chief, at=timezone.now() + timedelta(days=2))
    published, scheduled = sorted(told()[writer.email], key=lambda body: now.get_absolute_url() not in body)

    assert now.get_absolute_url() in published
    assert later.get_absolute_url() not in scheduled
    assert timezone.localtime(later.published_at).strftime("%H:%M") in scheduled
    now.withdraw(by=chief, reason="خطأ في الاسم")
    later.unschedule(by=chief)
    withdrawn = [body for body in told()[writer.email] if "خطأ في الاسم" in body]
    assert len(withdrawn) == 1
    assert now.get_absolute_url() not in withdrawn[0]


def test_nobody_is_told_of_what_they_did_themselves(chief: User) -> None:
    article = draft(chief)
    article.publish(by=chief)
    article.withdraw(by=chief, reason="تجربة")
    article.return_to_draft(by=chief, note="تجربة")

    assert told() == {}
    assert not StatusChange.objects.filter(told_at=None).exists()


def test_what_a_director_decided_is_told_to_who_asked_and_to_the_journalist(writer: User, chief: User) -> None:
    article = make_article(owner=writer, status=Status.IN_REVIEW)
    link = ArticleLink.issue_approval(article, chief, "المديرة", 2)
    approve(link, text_version(article))

    mails = told()

    assert set(mails) == {writer.email, chief.email}
    assert all("المديرة" in body for bodies in mails.values() for body in bodies)


def test_each_is_told_once_however_often_it_runs(writer: User, chief: User) -> None:
    draft(writer).submit(by=writer)

    counts = [len(send()) for _ in range(3)]
    StatusChange.objects.update(told_at=None)
    counts.append(len(send()))

    assert counts == [1, 0, 0, 0]


def test_a_run_that_breaks_off_is_caught_up(writer: User, chief: User, monkeypatch: Any) -> None:
    draft(writer).submit(by=writer)
    with monkeypatch.context() as patch:
        patch.setattr(steps, "_readers", lambda *_args: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            queue_notices()

    assert not StaffMessage.objects.exists()
    assert len(send()) == 1


def test_many_steps_at_once_are_told_in_turns(writer: User, chief: User, monkeypatch: Any) -> None:
    monkeypatch.setattr(steps, "LIMIT", 2)
    for _ in range(5):
        draft(writer).submit(by=writer)

    assert [queue_notices() for _ in range(4)] == [2, 2, 1, 0]


def test_what_stayed_untold_for_days_is_no_news(writer: User, chief: User) -> None:
    with time_machine.travel(timezone.now() - timedelta(days=3, minutes=1)):
        draft(writer).submit(by=writer)
    draft(writer, title="خبر اليوم").submit(by=writer)

    mails = told()

    assert [("خبر اليوم" in body) for body in mails[chief.email]] == [True]
    assert not StatusChange.objects.filter(told_at=None).exists()


@pytest.mark.parametrize("meanwhile", ["publish", "return_to_draft"])
def test_a_submission_that_was_decided_meanwhile_is_not_told(writer: User, chief: User, meanwhile: str) -> None:
    other = make_user("editor", email="other@news.example")
    article = draft(writer)
    article.submit(by=writer)
    queue_notices()
    getattr(article, meanwhile)(by=other)
    mail.outbox.clear()

    StaffOutbox().send_due()

    assert mail.outbox == []


@pytest.mark.parametrize("change", [{"is_active": False}, {"is_staff": False}, {"email": ""}], ids=str)
def test_whoever_left_meanwhile_gets_no_mail(writer: User, chief: User, change: dict[str, Any]) -> None:
    draft(writer).submit(by=writer)
    queue_notices()
    User.objects.filter(pk=chief.pk).update(**change)
    mail.outbox.clear()

    StaffOutbox().send_due()

    assert mail.outbox == []
    assert not StaffMessage.objects.filter(sent_at=None).exists()


def test_a_mail_is_in_arabic_and_names_no_other_address(writer: User, chief: User) -> None:
    make_user("editor", email="second@news.example")
    article = make_article(owner=writer, status=Status.IN_REVIEW, title="<b>عنوان</b> & آخر")
    article.return_to_draft(by=chief, note=f"{NOTE}\n\n<script>alert(1)</script>")

    letter = send()[0]

    html = letter.alternatives[0][0]
    assert letter.subject.count("\n") == 0
    assert '<html lang="ar" dir="rtl">' in html
    assert "<script>" not in html
    assert "&lt;b&gt;" in html
    assert "<b>عنوان</b> & آخر" in letter.body
    assert "<img" not in html
    assert letter.extra_headers["Content-Language"] == "ar"
    for text in (letter.body, html, letter.subject):
        assert [user.email for user in User.objects.all() if user.email and user.email in text] == []


def test_the_clock_runs_the_notices() -> None:
    assert "notices" in [task.name for task in TASKS]
    assert [task.name for task in TASKS].index("notices") < [task.name for task in TASKS].index("staff mail")
