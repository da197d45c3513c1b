"""The page of corrections, and the notes below their articles."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from articles.choices import CorrectionKind, Status
from articles.models import Article, Correction
from tests.admin_forms import form_data
from tests.factories import make_article
from tests.pages import parse, read, words

pytestmark = pytest.mark.django_db

PAGE = "/corrections/"


def correct(article: Article | None = None, note: str = "الصحيح أربعون", **values: Any) -> Correction:
    return Correction.objects.create(article=article or make_article(), note_ar=note, **values)


def listed(client: Client, address: str = PAGE) -> list[str]:
    return [each.get("data-correction", "") for each in read(client, address).iter("li") if each.get("data-correction")]


def test_corrections_stand_there_the_newest_first(client: Client) -> None:
    now = timezone.now()
    old, new, middle = (correct(at=now - timedelta(days=days)) for days in (9, 1, 4))

    assert listed(client) == [str(each.pk) for each in (new, middle, old)]


def test_each_says_what_was_wrong_and_leads_to_its_place_below_the_article(client: Client) -> None:
    correction = correct(make_article("أسعار الخضر"), kind=CorrectionKind.CLARIFICATION)

    (item,) = [each for each in read(client, PAGE).iter("li") if each.get("data-correction")]

    link = item.find(".//a")
    assert words(link) == "أسعار الخضر"
    assert link.get("href") == f"{correction.article.get_absolute_url()}#correction-{correction.pk}"
    assert "الصحيح أربعون" in words(item)
    assert words(item.find(".//strong")) == str(CorrectionKind.CLARIFICATION.label)
    article = read(client, link.get("href").partition("#")[0])
    assert article.find(f".//aside[@id='correction-{correction.pk}']") is not None


def test_the_article_points_to_its_note_from_the_top(client: Client) -> None:
    article = make_article()
    correct(article)
    last = correct(article)

    page = read(client, article.get_absolute_url())

    assert [link.get("href") for link in page.findall(".//header//a[@class='article__corrected']")] == [
        f"#correction-{last.pk}"
    ]


@pytest.mark.parametrize("status", [Status.DRAFT, Status.IN_REVIEW, Status.WITHDRAWN, "scheduled"])
def test_a_note_on_what_readers_may_not_see_is_absent(client: Client, status: str) -> None:
    later = {"published_at": timezone.now() + timedelta(hours=1)}
    article = make_article(**(later if status == "scheduled" else {"status": status}))
    correct(article, "ملاحظة لا ترى")

    assert "ملاحظة لا ترى" not in client.get(PAGE).content.decode()


@pytest.mark.parametrize("note_fr", [None, "", "Il fallait lire quarante."])
def test_a_note_stands_in_the_languages_in_which_it_is_written(client: Client, note_fr: str | None) -> None:
    article = make_article(title_fr="Les prix")
    correction = correct(article, note_fr=note_fr)

    assert listed(client) == [str(correction.pk)]
    assert listed(client, f"/fr{PAGE}") == ([str(correction.pk)] if note_fr else [])
    french = client.get(f"/fr/news/{article.pk}/les-prix/").content.decode()
    assert "الصحيح أربعون" not in french
    assert (f'id="correction-{correction.pk}"' in french) == bool(note_fr)


def test_a_note_is_absent_where_its_article_is_not_written(client: Client) -> None:
    correct(note_fr="Il fallait lire quarante.")

    assert listed(client, f"/fr{PAGE}") == []


def test_without_corrections_the_page_says_so(client: Client) -> None:
    page = read(client, PAGE)

    assert words(page.find(".//p[@class='empty']"))
    assert page.find(".//ol[@class='corrections']") is None


def test_the_pages_follow_one_another_without_gap_or_repetition(client: Client) -> None:
    at = timezone.now()
    for number in range(45):
        correct(at=at - timedelta(minutes=number // 4))  # several at the same instant
    seen: list[str] = []
    address: str | None = PAGE

    while address:
        seen += listed(client, address)
        link = read(client, address).find(".//a[@rel='next']")
        address = link.get("href") if link is not None else None

    assert len(seen) == len(set(seen)) == 45


@pytest.mark.parametrize("cursor", ["x", "1", "-1-1", "9" * 40])
def test_a_malformed_cursor_is_not_found(client: Client, cursor: str) -> None:
    assert client.get(PAGE, {"before": cursor}).status_code == 404


def test_the_page_is_public_and_the_same_for_all(client: Client, login: Any, editor: User) -> None:
    correct()

    response = client.get(PAGE)
    staff = login(editor).get(PAGE)

    assert response.headers["Cache-Control"].startswith("public")
    assert not response.cookies
    assert response.content == staff.content


def test_every_page_leads_there_in_its_language(client: Client) -> None:
    assert read(client).find(f".//footer//a[@href='{PAGE}']") is not None
    assert read(client, "/fr/").find(f".//footer//a[@href='/fr{PAGE}']") is not None


def test_the_page_names_its_siblings(client: Client) -> None:
    found = {link.get("hreflang") for link in read(client, PAGE).findall(".//link[@rel='alternate']")}

    assert {"ar", "fr", "en"} <= found


def test_the_page_costs_the_same_with_many(client: Client, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    for count in (1, 15):
        for _ in range(count):
            correct()
        with django_assert_num_queries(5):
            client.get(PAGE)


def test_a_correction_names_the_editor_who_wrote_it(login: Any, editor: User) -> None:
    article = make_article()
    earlier = correct(article)
    desk, address = login(editor), reverse("admin:articles_article_change", args=[article.pk])
    data = form_data(desk.get(address)) | {
        "corrections-TOTAL_FORMS": "2",
        "corrections-1-article": article.pk,
        "corrections-1-kind": CorrectionKind.UPDATE,
        "corrections-1-note_ar": "تحديث",
        "corrections-1-at_0": "2026-11-24",
        "corrections-1-at_1": "10:00",
    }

    response = desk.post(address, data)

    assert response.status_code == 302, parse(response)
    added = Correction.objects.exclude(pk=earlier.pk).get()
    earlier.refresh_from_db()
    assert (added.by, earlier.by) == (editor, None)


def test_nobody_sends_another_name_along(login: Any, editor: User, journalist: User) -> None:
    article = make_article()
    correction = correct(article)
    desk, address = login(editor), reverse("admin:articles_article_change", args=[article.pk])

    desk.post(address, form_data(desk.get(address)) | {"corrections-0-by": journalist.pk, "corrections-0-who": "x"})

    correction.refresh_from_db()
    assert correction.by is None
