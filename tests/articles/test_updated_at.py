"""`updated_at` tells readers that they read something else than before. Nothing but that moves it."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from articles.board import Board
from articles.choices import Block, CorrectionKind, Kind, Status
from articles.models import Article, Correction, RelatedArticle
from tests.admin_forms import form_data, save
from tests.factories import make_article, make_author, make_category, make_picture, make_slot, make_tag

pytestmark = pytest.mark.django_db

THEN = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
NOW = THEN + timedelta(days=1)
Change = Callable[[Article, User], Any]


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def article() -> Article:
    return make_article(published_at=THEN, kicker="نشرة", summary="ملخص", title_fr="Titre", picture=make_picture())


def stored(article: Article) -> datetime | None:
    return Article.objects.values_list("updated_at", flat=True).get(pk=article.pk)


def setting(**values: Any) -> Change:
    def change(article: Article, _editor: User) -> None:
        for name, value in values.items():
            setattr(article, name, value() if callable(value) else value)
        article.save()

    return change


EDITORIAL: dict[str, Change] = {
    "title": setting(title_ar="عنوان آخر"),
    "a title in another language": setting(title_fr="Autre titre"),
    "a language more": setting(title_en="Title"),
    "summary": setting(summary_ar="ملخص آخر"),
    "body": setting(body_ar="<p>نص آخر</p>"),
    "kicker": setting(kicker_ar=""),
    "picture": setting(picture=make_picture),
    "no picture": setting(picture=None),
    "the video": setting(video_address="https://youtu.be/abc"),
    "a correction": lambda article, _editor: Correction.objects.create(article=article, note="تصحيح"),
    "corrections at once": lambda article, _editor: Correction.objects.bulk_create(
        [Correction(article=article, note="تصحيح")]
    ),
}


@pytest.mark.parametrize("change", EDITORIAL.values(), ids=EDITORIAL.keys())
def test_what_readers_read_anew_moves_it(article: Article, editor: User, change: Change) -> None:
    change(article, editor)

    assert stored(article) == NOW


def withdraw_and_publish(article: Article, editor: User) -> None:
    article.withdraw(by=editor)
    article.publish(by=editor)


def return_and_publish(article: Article, editor: User) -> None:
    article.withdraw(by=editor)
    article.return_to_draft(by=editor)
    article.submit(by=editor)
    article.publish(by=editor)


HOUSEKEEPING: dict[str, Change] = {
    "nothing": setting(),
    "slug": setting(slug="آخر"),
    "kind": setting(kind=Kind.OPINION),
    "hot": setting(is_hot=True, hot_until=NOW + timedelta(hours=1)),
    "hot at the board": lambda article, editor: Board().heat(article, None, by=editor),
    "the front page": lambda article, editor: Board().place(article, Block.LEAD, 0, by=editor),
    "a slot by hand": lambda article, _editor: make_slot(article),
    "main category": setting(category=make_category),
    "categories": lambda article, _editor: article.categories.add(make_category()),
    "tags": lambda article, _editor: article.tags.add(make_tag()),
    "a merged tag": lambda article, editor: make_tag().merge_into(make_tag(), by=editor),
    "byline": lambda article, _editor: article.bylines.create(author=make_author()),
    "related": lambda article, _editor: RelatedArticle.objects.create(article=article, related=make_article()),
    "a reply": lambda article, _editor: make_article(kind=Kind.REPLY, answers=article),
    "an owner": lambda article, editor: setting(owner=editor)(article, editor),
    "a plan": setting(planned_for=NOW),
    "publication time": setting(published_at=THEN - timedelta(hours=1)),
    "withdrawn and published": withdraw_and_publish,
    "returned and published": return_and_publish,
    "the same text, cleaned": setting(body_ar=lambda: "<p onclick='x'>نص</p>"),
}


@pytest.mark.parametrize("change", HOUSEKEEPING.values(), ids=HOUSEKEEPING.keys())
def test_housekeeping_does_not_move_it(article: Article, editor: User, change: Change) -> None:
    Article.objects.filter(pk=article.pk).update(body_ar="<p>نص</p>")
    article.refresh_from_db()

    change(article, editor)

    assert stored(article) is None


@pytest.mark.parametrize("status", [Status.DRAFT, Status.IN_REVIEW, Status.WITHDRAWN, "scheduled"])
@pytest.mark.parametrize("change", ["title", "a correction", "corrections at once"])
def test_a_change_of_what_nobody_can_read_does_not_move_it(editor: User, status: str, change: str) -> None:
    values: dict[str, Any] = {"status": status, "published_at": THEN}
    if status == "scheduled":
        values = {"published_at": NOW + timedelta(hours=1)}
    article = make_article(**values)

    EDITORIAL[change](article, editor)

    assert stored(article) is None


@pytest.mark.parametrize(
    "values", [{"note_ar": "تصحيح أدق"}, {"note_fr": "Précision"}, {"kind": CorrectionKind.UPDATE}], ids=str
)
def test_another_note_moves_it(article: Article, values: dict[str, str]) -> None:
    correction = Correction.objects.create(article=article, note="تصحيح")
    Article.objects.filter(pk=article.pk).update(updated_at=None)

    for name, value in values.items():
        setattr(correction, name, value)
    correction.save()

    assert stored(article) == NOW


def test_the_same_note_and_one_taken_away_do_not(article: Article) -> None:
    correction = Correction.objects.create(article=article, note="تصحيح")
    Article.objects.filter(pk=article.pk).update(updated_at=None)

    correction.at = THEN
    correction.save()
    correction.delete()

    assert stored(article) is None


@pytest.fixture
def desk(login: Any, editor: User) -> Client:
    return login(editor)


def address(article: Article) -> str:
    return reverse("admin:articles_article_change", args=[article.pk])


def test_the_form_saved_as_it_stands_does_not_move_it(desk: Client, article: Article) -> None:
    response = save(desk, address(article))

    assert response.status_code == 302
    assert stored(article) is None


def test_filing_in_the_form_does_not_move_it(desk: Client, article: Article) -> None:
    others = [article.category.pk, make_category().pk]

    response = save(desk, address(article), filed_under=others, tags="الماء, السدود", is_hot="on")

    assert response.status_code == 302
    assert article.categories.count() == 2
    assert stored(article) is None


def test_a_correction_in_the_form_moves_it_for_good(desk: Client, article: Article, editor: User) -> None:
    added = {
        "corrections-TOTAL_FORMS": "1",
        "corrections-0-article": article.pk,
        "corrections-0-kind": "correction",
        "corrections-0-note_ar": "تصحيح",
        "corrections-0-at_0": "2026-11-24",
        "corrections-0-at_1": "10:00",
    }
    response = desk.post(address(article), form_data(desk.get(address(article))) | added)
    assert response.status_code == 302

    withdraw_and_publish(Article.objects.get(pk=article.pk), editor)

    assert stored(article) == NOW


def test_readers_are_told_of_the_update(client: Client, article: Article) -> None:
    assert 'class="article__updated"' not in client.get(article.get_absolute_url()).content.decode()

    Correction.objects.create(article=article, note="تصحيح")

    assert 'class="article__updated"' in client.get(article.get_absolute_url()).content.decode()
