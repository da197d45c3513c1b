"""Bans, the settings of the policy and its hours in the admin."""

from datetime import time, timedelta
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from comments.models import Ban, CommentSettings, Policy, Sender
from tests.admin_forms import act, buttons, columns, save
from tests.factories import make_article, make_comment, make_user

pytestmark = pytest.mark.django_db

BANS, SETTINGS, POLICIES = "/admin/comments/ban/", "/admin/comments/commentsettings/", "/admin/comments/policy/"


@pytest.fixture
def desk(login: Any, moderator: User) -> Client:
    return login(moderator)


def make_ban(**values: Any) -> Ban:
    return Ban.objects.create(**{"by": make_user(), "network": "203.0.113.0/24", **values})


def test_a_ban_is_lifted_by_its_button_and_logged(desk: Client, moderator: User) -> None:
    ban = make_ban()
    address = f"{BANS}{ban.pk}/change/"
    assert buttons(desk, address) == {"lift"}

    save(desk, address, _step_lift="1")

    ban.refresh_from_db()
    assert ban.lifted_by == moderator
    assert LogEntry.objects.filter(object_id=str(ban.pk), user=moderator).exists()
    assert buttons(desk, address) == set()


def test_bans_are_lifted_from_the_list_those_that_stand(desk: Client, moderator: User) -> None:
    first, over = make_ban(), make_ban(until=timezone.now() - timedelta(hours=1))

    act(desk, BANS, "lift", first, over)

    assert set(Ban.objects.filter(lifted_by=moderator)) == {first}


def test_nothing_else_of_a_ban_is_changed_or_made_here(desk: Client) -> None:
    ban = make_ban(note="سب متكرر")
    before = columns(ban)

    desk.post(f"{BANS}{ban.pk}/change/", {"network": "198.51.100.0/24", "note": "", "until_0": "2030-01-01"})

    assert columns(ban) == before
    assert desk.get(f"{BANS}add/").status_code == 403
    assert desk.post(f"{BANS}{ban.pk}/delete/", {"post": "yes"}).status_code == 403


def test_the_list_names_a_banned_sender_and_never_an_address(desk: Client, django_assert_max_num_queries: Any) -> None:
    make_comment(name="المتنمر", email="bully@example.ma")
    make_ban(sender=Sender.objects.get(), network="", article=make_article("عنوان القصة"))
    for _number in range(4):
        make_ban(article=make_article())

    with django_assert_max_num_queries(9):
        content = desk.get(BANS).content.decode()

    assert "المتنمر" in content
    assert "عنوان القصة" in content
    assert "bully" not in content
    assert Sender.objects.get().email_digest not in content


def test_the_list_cannot_be_asked_for_hashes(desk: Client) -> None:
    make_ban()

    response = desk.get(f"{BANS}?sender__email_digest__startswith=a")

    assert response.status_code == 400


def test_the_settings_are_one_row_that_moderators_may_be_the_first_to_store(desk: Client) -> None:
    assert desk.get(SETTINGS).headers["Location"] == f"{SETTINGS}add/"
    assert not CommentSettings.objects.exists()

    save(desk, f"{SETTINGS}add/", max_links=3)

    row = CommentSettings.objects.get()
    assert row.max_links == 3
    assert desk.get(SETTINGS).headers["Location"] == f"{SETTINGS}{row.pk}/change/"
    assert desk.get(f"{SETTINGS}add/").status_code == 403
    assert desk.get(f"{SETTINGS}{row.pk}/delete/").status_code == 403


def test_a_step_is_switched_off_and_that_is_logged(desk: Client) -> None:
    row = CommentSettings.objects.create()
    assert row.check_links
    data = {field: getattr(row, field) for field in ("rate_limit", "max_links", "rejection_days", "trust_after")}
    data |= {"sample_percent": 7, "surge_per_hour": 60, "keep_ip_days": 30, "keep_email_days": 730, "check_rules": "on"}

    desk.post(f"{SETTINGS}{row.pk}/change/", data)

    row.refresh_from_db()
    assert (row.check_links, row.check_rules, row.sample_percent) == (False, True, 7)
    assert LogEntry.objects.count() == 1


@pytest.mark.parametrize(("field", "value"), [("rate_limit", 0), ("trust_after", 0), ("sample_percent", 101)])
def test_a_number_that_cannot_be_is_told(desk: Client, field: str, value: int) -> None:
    row = CommentSettings.objects.create()

    response = save(desk, f"{SETTINGS}{row.pk}/change/", **{field: value})

    assert response.status_code == 200
    assert columns(row)[field] != value


def test_the_hours_of_an_article_are_set_with_a_message(desk: Client) -> None:
    article = make_article()

    save(desk, f"{POLICIES}add/", article=article.pk, opens_at="20:00", closes_at="02:00", message="ليلا فقط")

    policy = Policy.objects.get()
    assert (policy.opens_at, policy.closes_at, policy.message) == (time(20), time(2), "ليلا فقط")
    assert "20:00–02:00" in desk.get(POLICIES).content.decode()


def test_one_hour_alone_is_told(desk: Client) -> None:
    response = save(desk, f"{POLICIES}add/", opens_at="20:00")

    assert response.status_code == 200
    assert not Policy.objects.exists()


@pytest.mark.parametrize("role", ["journalist", "editor", "administrator"])
@pytest.mark.parametrize("address", [BANS, SETTINGS, POLICIES])
def test_others_read_none_of_it(login: Any, request: Any, role: str, address: str) -> None:
    assert login(request.getfixturevalue(role)).get(address).status_code == 403
