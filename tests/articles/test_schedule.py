"""A schedule keeps the time that was planned, whatever new zone data make of the clock."""

from datetime import UTC, datetime, timedelta
from importlib import import_module
from io import StringIO
from typing import Any

import pytest
import time_machine
from django.apps import apps
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.db.models import F
from django.db.models.signals import post_migrate
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from articles.models import Article, ArticleCategory
from articles.schedule import MissingTimeError, first_instant, nearest_instant, wall_time
from newsroom.models import PageGeneration
from tests.factories import make_article, make_user

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
PLANNED = datetime(2026, 12, 1, 14, 30, tzinfo=UTC)  # 14:30 in Morocco, as zone data have it since September
HOUR = timedelta(hours=1)
OLD_DATA = "Etc/GMT-1"  # Morocco as zone data had it before: always an hour ahead

INSTANTS = [
    (datetime(2026, 2, 15, 2, 30), datetime(2026, 2, 15, 1, 30, tzinfo=UTC)),
    (datetime(2026, 9, 20, 1, 30), datetime(2026, 9, 20, 0, 30, tzinfo=UTC)),
    (datetime(2026, 3, 22, 1, 59), datetime(2026, 3, 22, 1, 59, tzinfo=UTC)),
    (datetime(2026, 3, 22, 3, 0), datetime(2026, 3, 22, 2, 0, tzinfo=UTC)),
    (datetime(2026, 12, 1, 14, 30), PLANNED),
]


@pytest.fixture
def scheduled(db: Any, settings: Any) -> Article:
    """An article planned for 14:30 before the new zone data came."""
    with time_machine.travel(NOW, tick=False):
        settings.TIME_ZONE = OLD_DATA
        article = make_article(published_at=PLANNED - HOUR)
        settings.TIME_ZONE = "Africa/Casablanca"
    assert article.wall_time == "2026-12-01T14:30:00"
    return article


def stored(article: Article) -> tuple[datetime | None, str | None]:
    return Article.objects.values_list("published_at", "wall_time").get(pk=article.pk)


@pytest.mark.parametrize(("wall", "instant"), INSTANTS, ids=str)
def test_a_time_means_its_first_instant(wall: datetime, instant: datetime) -> None:
    assert first_instant(wall) == nearest_instant(wall) == instant
    assert wall_time(instant) == wall.isoformat()


def test_a_time_that_is_left_out_means_none() -> None:
    with pytest.raises(MissingTimeError):
        first_instant(datetime(2026, 3, 22, 2, 30))

    assert nearest_instant(datetime(2026, 3, 22, 2, 30)) == datetime(2026, 3, 22, 2, 30, tzinfo=UTC)


@given(st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC)))
def test_the_first_instant_of_what_the_clock_shows_is_never_a_later_one(instant: datetime) -> None:
    first = first_instant(datetime.fromisoformat(wall_time(instant)))

    assert instant - first in (timedelta(0), HOUR)
    assert wall_time(first) == wall_time(instant)


@pytest.mark.django_db
def test_the_wall_time_is_kept_by_a_save() -> None:
    article = make_article(published_at=PLANNED)
    assert stored(article) == (PLANNED, "2026-12-01T14:30:00")

    article.published_at = PLANNED + HOUR
    article.save(update_fields=["published_at"])

    assert stored(article) == (PLANNED + HOUR, "2026-12-01T15:30:00")


@pytest.mark.django_db
def test_the_wall_time_is_kept_by_a_step() -> None:
    article = make_article(status="draft")
    assert stored(article) == (None, None)

    article.publish(by=make_user("editor"), at=PLANNED)

    assert stored(article) == (PLANNED, "2026-12-01T14:30:00")


@pytest.mark.django_db
def test_the_wall_time_is_kept_by_an_update() -> None:
    article = make_article(status="draft")

    Article.objects.filter(pk=article.pk).update(published_at=PLANNED)
    assert stored(article) == (PLANNED, "2026-12-01T14:30:00")

    Article.objects.filter(pk=article.pk).update(published_at=None)
    assert stored(article) == (None, None)


@pytest.mark.django_db
def test_the_wall_time_is_kept_by_an_update_that_the_database_computes() -> None:
    article, draft = make_article(published_at=PLANNED, hot_until=PLANNED + HOUR, is_hot=True), make_article()
    Article.objects.filter(pk=draft.pk).update(status="draft")

    Article.objects.update(published_at=F("hot_until"), status="draft")

    assert stored(article) == (PLANNED + HOUR, "2026-12-01T15:30:00")
    assert stored(draft) == (None, None)


@pytest.mark.django_db
def test_the_wall_time_is_kept_by_bulk_changes() -> None:
    like = make_article()
    rows = [Article(title=f"عنوان {number}", category=like.category) for number in range(2)]
    for row in rows:
        row.published_at = PLANNED
    created = Article.objects.bulk_create(rows)
    assert {stored(row) for row in created} == {(PLANNED, "2026-12-01T14:30:00")}

    for row in created:
        row.published_at = PLANNED + HOUR
    Article.objects.bulk_update(created, ["published_at"])

    assert {stored(row) for row in created} == {(PLANNED + HOUR, "2026-12-01T15:30:00")}


@pytest.mark.django_db
def test_the_wall_time_is_kept_by_the_database_with_its_instant() -> None:
    article = make_article(status="draft")

    with pytest.raises(IntegrityError), transaction.atomic():
        Article._base_manager.filter(pk=article.pk).update(wall_time="2026-12-01T14:30:00")


@time_machine.travel(NOW, tick=False)
def test_new_zone_data_move_the_instant_and_not_the_time(scheduled: Article) -> None:
    before = PageGeneration.objects.get(key=f"article:{scheduled.pk}").value

    moved = Article.objects.keep_wall_times()

    assert (moved, stored(scheduled)) == (1, (PLANNED, "2026-12-01T14:30:00"))
    assert ArticleCategory.objects.get(article=scheduled).published_at == PLANNED
    assert PageGeneration.objects.get(key=f"article:{scheduled.pk}").value != before
    assert Article.objects.keep_wall_times() == 0


@time_machine.travel(NOW, tick=False)
def test_another_save_before_that_leaves_the_planned_time(scheduled: Article) -> None:
    again = Article.objects.get(pk=scheduled.pk)
    again.title = "عنوان آخر"
    again.save()

    assert (Article.objects.keep_wall_times(), stored(scheduled)) == (1, (PLANNED, "2026-12-01T14:30:00"))


@time_machine.travel(PLANNED - HOUR, tick=False)
def test_what_readers_have_seen_is_not_moved(scheduled: Article) -> None:
    assert Article.objects.keep_wall_times() == 0
    assert stored(scheduled)[0] == PLANNED - HOUR


@pytest.mark.django_db
@pytest.mark.parametrize(("wall", "first"), INSTANTS[:2], ids=str)
def test_a_repeated_hour_publishes_once(wall: datetime, first: datetime) -> None:
    with time_machine.travel(first - HOUR, tick=False):
        article, second = make_article(published_at=first_instant(wall)), make_article(published_at=first + HOUR)
        moved = Article.objects.keep_wall_times()

    seen = [
        [each in Article.objects.published(first + late) for late in (-HOUR / 2, timedelta(0), HOUR / 2, HOUR)]
        for each in (article, second)
    ]

    assert moved == 0  # the second of the two hours reads as planned, too
    assert seen == [[False, True, True, True], [False, False, False, True]]


@pytest.mark.django_db
def test_a_planned_time_that_new_data_leave_out_counts_on_from_the_hour_before(settings: Any) -> None:
    with time_machine.travel(datetime(2026, 3, 1, tzinfo=UTC), tick=False):
        settings.TIME_ZONE = OLD_DATA
        article = make_article(published_at=datetime(2026, 3, 22, 1, 30, tzinfo=UTC))
        settings.TIME_ZONE = "Africa/Casablanca"

        moved = [Article.objects.keep_wall_times(), Article.objects.keep_wall_times()]

    assert moved == [1, 0]
    assert stored(article) == (datetime(2026, 3, 22, 2, 30, tzinfo=UTC), "2026-03-22T03:30:00")


@time_machine.travel(NOW, tick=False)
def test_the_command_says_how_many_it_moved(scheduled: Article) -> None:
    output = StringIO()

    call_command("keep_wall_times", stdout=output)
    call_command("keep_wall_times", stdout=output)

    assert [line.split(": ")[1] for line in output.getvalue().splitlines()] == ["1", "0"]


@time_machine.travel(NOW, tick=False)
def test_a_migration_keeps_wall_times_by_itself(scheduled: Article) -> None:
    config = apps.get_app_config("articles")

    post_migrate.send(sender=config, app_config=config, using="default", apps=apps, verbosity=0, plan=[])

    assert stored(scheduled)[0] == PLANNED


@time_machine.travel(NOW, tick=False)
def test_the_column_is_filled_where_articles_were_there_before(scheduled: Article) -> None:
    migration: Any = import_module("articles.migrations.0010_article_wall_time")
    Article._base_manager.update(wall_time=None)
    draft = make_article(status="draft")

    migration.fill_in(apps, connection.schema_editor())

    assert stored(scheduled) == (PLANNED - HOUR, wall_time(PLANNED - HOUR))
    assert stored(draft) == (None, None)
    assert timezone.get_default_timezone_name() == "Africa/Casablanca"
