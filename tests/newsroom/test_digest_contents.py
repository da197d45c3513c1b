"""What the newsletter holds: what the editors put forward of one day, each article once, a dozen at most."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from articles.choices import Block
from articles.models import Article
from newsroom.mail.newsletter import DigestOutbox
from newsroom.newsletter.contents import HEADLINES, HOT, MOST, contents
from newsroom.newsletter.queue import queue_newsletter
from tests.factories import make_category, make_slot
from tests.newsletter import DAY, SETTINGS, at, make_news, make_subscriber

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _settings() -> Any:
    with SETTINGS:
        yield


def shown() -> dict[str, list[str]]:
    """The titles by heading."""
    return {part.heading: [article.title for article in part.articles] for part in contents(DAY)}


def titles() -> list[str]:
    return [title for part in shown().values() for title in part]


def lead(article: Article, **values: Any) -> None:
    make_slot(article, block=Block.LEAD.value, starts_at=at(5), **values)


def test_the_lead_comes_first_and_the_hot_have_their_part() -> None:
    hot = make_news("ساخن", is_hot=True)
    for number in range(8):
        make_news(f"خبر {number}", published_at=at(20, number, day=DAY - timedelta(days=1)))
    chosen = make_news("اختاره المحررون", published_at=at(8, day=DAY - timedelta(days=1)))
    lead(chosen)

    found = shown()

    assert list(found)[:2] == ["أبرز الأخبار", "أحداث ساخنة"]
    assert found["أبرز الأخبار"][0] == str(chosen)
    assert len(found["أبرز الأخبار"]) == HEADLINES
    assert str(hot) in found["أحداث ساخنة"]


def test_it_is_the_front_page_of_its_hour() -> None:
    make_news("خبر الأمس")
    later = make_news("بعد الموعد", published_at=at(9))
    lead(later)

    assert titles() == ["خبر الأمس"]


def test_a_lead_that_stands_for_days_is_sent_once() -> None:
    lead(make_news("قديم", published_at=at(6, day=DAY - timedelta(days=1))))
    make_news("جديد")

    assert titles() == ["جديد"]


def test_no_article_stands_there_twice_and_there_are_a_dozen() -> None:
    for number in range(5):
        section = make_category(f"قسم {number}", in_menu=True, position=number)
        for rank in range(6):
            make_news(f"خبر {number}/{rank}", category=section, is_hot=rank < 2)

    found = titles()

    assert len(found) == len(set(found)) == MOST
    assert len(shown()["أحداث ساخنة"]) == HOT


def test_every_section_has_its_first_before_any_has_its_second() -> None:
    for number in range(4):
        section = make_category(f"قسم {number}", in_menu=True, position=number)
        for rank in range(8):
            make_news(f"خبر {number}/{rank}", category=section)

    found = shown()

    assert [len(found[f"قسم {number}"]) for number in range(4)] == [2, 2, 2, 2]


def test_what_stands_in_no_section_of_the_front_page_is_not_forgotten() -> None:
    section = make_category("قسم ليس في القائمة")
    for number in range(HEADLINES + 3):
        make_news(f"خبر {number}", category=section)

    assert len(titles()) == HEADLINES + 3
    assert len(shown()[section.name]) == 3


def test_opinions_stand_together_at_the_end() -> None:
    section = make_category("قسم", in_menu=True)
    for number in range(HEADLINES + 1):
        make_news(f"خبر {number}", category=section)
    make_news("رأي", kind="opinion", category=section, published_at=at(8, day=DAY - timedelta(days=1)))

    assert list(shown().items())[-1] == ("آراء", ["رأي"])


def test_nobody_pays_for_a_place() -> None:
    lead(make_news("إعلان", kind="sponsored"))
    make_news("خبر")

    assert titles() == ["خبر"]


def test_a_language_has_only_what_is_written_in_it() -> None:
    make_news("خبر", title_fr="Nouvelle")
    make_news("خبر بالعربية وحدها")

    with translation.override("fr"):
        assert titles() == ["Nouvelle"]


def test_it_costs_the_same_for_many_articles() -> None:
    section = make_category("قسم", in_menu=True)

    def cost(count: int) -> int:
        for _number in range(count):
            make_news(category=section)
        with CaptureQueriesContext(connection) as captured:
            contents(DAY)
        return len(captured)

    assert cost(4) == cost(30) <= 8


def sent(message_count: int = 1) -> list[Any]:
    mail.outbox.clear()
    DigestOutbox().send_due(limit=message_count)
    return list(mail.outbox)


@pytest.mark.parametrize("gone", ["withdraw", "delete", "draft"])
def test_what_was_taken_back_since_is_not_mailed(time_machine: Any, editor: Any, gone: str) -> None:
    article, other = make_news("خبر سحب"), make_news("خبر بقي")
    make_subscriber()
    time_machine.move_to(at(8), tick=False)
    queue_newsletter()

    if gone == "withdraw":
        article.withdraw(by=editor)
    elif gone == "delete":
        article.delete()
    else:
        Article.objects.filter(pk=article.pk).update(status="draft")
    (letter,) = sent()

    for said in (letter.body, letter.alternatives[0][0]):
        assert "خبر سحب" not in said
        assert str(other) in said


def test_where_nothing_is_left_no_mail_goes_and_none_later(time_machine: Any) -> None:
    article = make_news()
    row = make_subscriber()
    time_machine.move_to(at(8), tick=False)
    queue_newsletter()
    Article.objects.filter(pk=article.pk).update(status="withdrawn")

    assert sent() == []
    Article.objects.filter(pk=article.pk).update(status="published")
    queue_newsletter()
    assert sent() == []
    assert row.messages.get().sent_at == at(8)


def test_a_withdrawal_between_two_mails_of_a_run_holds_for_the_second(time_machine: Any) -> None:
    article = make_news("خبر سحب")
    make_news("خبر بقي")
    make_subscriber("first@example.ma")
    make_subscriber("second@example.ma")
    time_machine.move_to(at(8), tick=False)
    queue_newsletter()
    outbox = DigestOutbox()

    outbox.send_due(limit=1)
    Article.objects.filter(pk=article.pk).update(status="withdrawn")
    outbox.send_due(limit=1)

    assert ["خبر سحب" in letter.body for letter in mail.outbox] == [True, False]


def test_the_text_is_made_once_for_all(time_machine: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[Any] = []

    def counted(day: Any) -> Any:
        made.append(day)
        return contents(day)

    monkeypatch.setattr("newsroom.mail.newsletter.contents", counted)
    make_news()
    for number in range(5):
        make_subscriber(f"reader{number}@example.ma")
    time_machine.move_to(at(8), tick=False)
    queue_newsletter()

    assert len(sent(5)) == 5
    assert made == [DAY]
