"""Times in the admin's forms: typed as the clock shows them, in hours that come twice or not at all."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.contrib import admin
from django.contrib.admin.options import BaseModelAdmin
from django.contrib.auth.models import User
from django.db import models
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse

from articles.admin.times import WallClockField
from articles.models import Article, Correction, FrontPageSlot
from tests.admin_forms import errors_beside, form_data, save
from tests.factories import make_article, make_user
from tests.pages import parse

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)
TWICE = [
    ("15/02/2026", "02:30", datetime(2026, 2, 15, 1, 30, tzinfo=UTC)),
    ("20/09/2026", "01:30", datetime(2026, 9, 20, 0, 30, tzinfo=UTC)),
]
NEVER = ("22/03/2026", "02:30")
SENTENCES = {
    "ar": "لا وجود للساعة 02:30 في ذلك اليوم، لأن عقارب الساعة تُقدَّم فيه. المرجو اختيار وقت آخر.",
    "fr": "Ce jour-là, 02:30 n’existe pas : l’heure y est avancée. Choisissez une autre heure.",
    "en": "There is no 02:30 on that day: the clock is put forward then. Choose another time.",
}


@pytest.fixture
def desk(login: Any, editor: User) -> Client:
    return login(editor)


def address(row: models.Model, view: str = "change") -> str:
    return reverse(f"admin:articles_{row._meta.model_name}_{view}", args=[row.pk])


def type_time(desk: Client, row: models.Model, field: str, day: str, clock: str) -> HttpResponse:
    return save(desk, address(row), **{f"{field}_0": day, f"{field}_1": clock})


def forms(request: Any) -> Iterator[tuple[str, type[Any]]]:
    """Every form of the admin, those of rows below another object's form included."""
    for model, model_admin in admin.site._registry.items():
        yield model.__name__, model_admin.get_form(request, None)
        inlines: list[BaseModelAdmin] = [inline(model, admin.site) for inline in model_admin.inlines]
        for inline in inlines:
            yield type(inline).__name__, inline.get_formset(request, None).form  # type: ignore[attr-defined]


@pytest.mark.parametrize(("day", "clock", "first"), TWICE, ids=["ramadan", "the-last-change"])
def test_a_time_that_comes_twice_means_the_first(desk: Client, day: str, clock: str, first: datetime) -> None:
    article = make_article(published_at=first + 24 * HOUR)

    response = type_time(desk, article, "published_at", day, clock)

    assert response.status_code == 302
    assert Article.objects.get().published_at == first


@pytest.mark.parametrize("language", SENTENCES)
def test_a_time_that_never_comes_is_refused_beside_its_field_and_kept(desk: Client, language: str) -> None:
    article = make_article(published_at=datetime(2026, 3, 20, 12, tzinfo=UTC))
    path = address(article) if language == "ar" else f"/{language}{address(article)}"
    day = NEVER[0] if language == "ar" else "2026-03-22"

    response = save(desk, path, published_at_0=day, published_at_1=NEVER[1], title_ar="عنوان جديد")

    kept = form_data(response)
    assert errors_beside(response, "published_at") == [SENTENCES[language]]
    assert (kept["published_at_0"], kept["published_at_1"], kept["title_ar"]) == (day, NEVER[1], "عنوان جديد")
    assert Article.objects.get().published_at == datetime(2026, 3, 20, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    "instant",
    [
        datetime(2026, 2, 15, 2, 30, tzinfo=UTC),
        datetime(2026, 9, 20, 1, 30, 12, 345_678, tzinfo=UTC),
        datetime(2026, 11, 24, 10, 7, 41, 5, tzinfo=UTC),
    ],
    ids=["second-of-two-hours", "second-with-a-fraction", "with-seconds"],
)
def test_a_time_that_was_not_touched_stays_to_the_microsecond(desk: Client, instant: datetime) -> None:
    article = make_article(published_at=instant)

    response = save(desk, address(article), title_ar="عنوان جديد")

    assert response.status_code == 302
    assert Article.objects.values_list("published_at", "title_ar").get() == (instant, "عنوان جديد")


def test_a_time_can_be_taken_away_from_a_draft(desk: Client) -> None:
    article = make_article(status="draft", published_at=datetime(2026, 12, 1, 12, tzinfo=UTC))

    type_time(desk, article, "published_at", "", "")

    assert Article.objects.values_list("published_at", "wall_time").get() == (None, None)


@pytest.mark.parametrize(("day", "clock"), [("31/02/2026", "10:00"), ("01/12/2026", "25:00"), ("01/12/2026", "")])
def test_what_is_no_time_is_refused_beside_its_field(desk: Client, day: str, clock: str) -> None:
    response = type_time(desk, make_article(), "published_at", day, clock)

    assert len(errors_beside(response, "published_at")) == 1


def test_slots_and_corrections_follow_the_same_rule(desk: Client) -> None:
    article = make_article()
    slot = FrontPageSlot.objects.create(article=article, starts_at=datetime(2026, 1, 1, tzinfo=UTC))
    Correction.objects.create(article=article, note="تصحيح")
    day, clock, first = TWICE[1]

    refused = [
        type_time(desk, slot, "ends_at", *NEVER),
        type_time(desk, article, "corrections-0-at", *NEVER),
    ]
    taken = [type_time(desk, slot, "ends_at", day, clock), type_time(desk, article, "corrections-0-at", day, clock)]

    assert [response.status_code for response in (*refused, *taken)] == [200, 200, 302, 302]
    assert SENTENCES["ar"] in refused[0].content.decode()
    assert SENTENCES["ar"] in refused[1].content.decode()
    assert (FrontPageSlot.objects.get().ends_at, Correction.objects.get().at) == (first, first)


def test_every_time_of_the_admin_is_such_a_field(rf: RequestFactory) -> None:
    request = rf.get("/")
    request.user = make_user(is_superuser=True)

    fields = {
        (owner, name): form.base_fields[name]
        for owner, form in forms(request)
        for name, column in ((each.name, each) for each in form._meta.model._meta.get_fields())
        if isinstance(column, models.DateTimeField) and name in form.base_fields
    }

    assert {type(field) for field in fields.values()} == {WallClockField}
    names = {"published_at", "planned_for", "hot_until", "starts_at", "ends_at", "at", "until"}
    assert {name for _owner, name in fields} == names


def test_times_are_written_left_to_right_in_the_arabic_admin(desk: Client) -> None:
    article = make_article()
    Correction.objects.create(article=article, note="تصحيح")

    page = parse(desk.get(address(article)))

    shown = {field.get("name", ""): field.get("dir") for field in page.iter("input") if field.get("type") == "text"}
    times = {name: direction for name, direction in shown.items() if name.endswith(("_0", "_1"))}
    assert len(times) == 10
    assert set(times.values()) == {"ltr"}
