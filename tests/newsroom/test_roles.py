"""The groups of the newsroom: each has exactly its rights, however often they are synced."""

from io import StringIO

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.core.management import call_command

from newsroom import roles
from newsroom.roles import ROLES, sync_roles
from tests.factories import make_user

pytestmark = pytest.mark.django_db


def rights() -> dict[str, set[str]]:
    """What each group may do, as `app.codename`."""
    return {
        group.name: {f"{right.content_type.app_label}.{right.codename}" for right in group.permissions.all()}
        for group in Group.objects.prefetch_related("permissions__content_type")
    }


def permission(label: str, codename: str) -> Permission:
    return Permission.objects.get(content_type__app_label=label, codename=codename)


def test_the_groups_exist_after_migrate_with_exactly_their_rights() -> None:
    expected = {
        name: {f"{label}.{codename}" for label, codenames in apps.items() for codename in codenames}
        for name, apps in ROLES.items()
    }

    assert rights() == expected


def test_syncing_again_changes_nothing() -> None:
    before = rights()
    keys = set(Group.objects.values_list("pk", flat=True))

    sync_roles()
    sync_roles()

    assert rights() == before
    assert set(Group.objects.values_list("pk", flat=True)) == keys


def test_a_stray_right_is_removed() -> None:
    journalists = Group.objects.get(name="journalist")
    journalists.permissions.add(permission("articles", "publish_article"), permission("auth", "change_user"))

    sync_roles()

    assert "articles.publish_article" not in rights()["journalist"]
    assert "auth.change_user" not in rights()["journalist"]


def test_a_missing_right_and_a_missing_group_come_back() -> None:
    before = rights()
    Group.objects.get(name="editor").permissions.clear()
    Group.objects.get(name="moderator").delete()

    sync_roles()

    assert rights() == before


def test_members_stay_in_their_group() -> None:
    user = make_user("journalist")

    sync_roles()

    assert [group.name for group in user.groups.all()] == ["journalist"]


def test_other_groups_are_left_alone() -> None:
    Group.objects.create(name="مصورون").permissions.add(permission("articles", "add_picture"))

    sync_roles()

    assert rights()["مصورون"] == {"articles.add_picture"}


def test_the_command_does_the_same_and_names_the_roles() -> None:
    Group.objects.get(name="editor").permissions.clear()
    out = StringIO()

    call_command("sync_roles", stdout=out)

    assert "articles.publish_article" in rights()["editor"]
    assert all(name in out.getvalue() for name in ROLES)


@pytest.mark.parametrize("right", ["view_article", "add_article", "change_article", "add_picture"])
def test_a_journalist_may_write(journalist: User, right: str) -> None:
    assert journalist.has_perm(f"articles.{right}")


@pytest.mark.parametrize(
    "right",
    [
        "publish_article",
        "delete_article",
        "edit_every_article",
        "change_category",
        "delete_picture",
        "add_frontpageslot",
    ],
)
def test_a_journalist_may_not_publish_delete_or_arrange(journalist: User, editor: User, right: str) -> None:
    assert not journalist.has_perm(f"articles.{right}")
    assert editor.has_perm(f"articles.{right}")


def test_a_moderator_has_nothing_on_articles(moderator: User) -> None:
    assert not moderator.has_module_perms("articles")


@pytest.mark.parametrize("right", ["view_comment", "change_comment", "view_decision", "change_policy"])
def test_a_moderator_moderates_and_a_journalist_does_not(moderator: User, journalist: User, right: str) -> None:
    assert moderator.has_perm(f"comments.{right}")
    assert not journalist.has_module_perms("comments")


@pytest.mark.parametrize("right", ["add_comment", "delete_comment"])
def test_nobody_in_the_newsroom_makes_or_removes_comments(right: str) -> None:
    assert [name for name in ROLES if make_user(name).has_perm(f"comments.{right}")] == []


@pytest.mark.parametrize("action", ["add", "change", "delete"])
def test_nobody_writes_in_the_log(action: str) -> None:
    names = [f"comments.{action}_decision", f"articles.{action}_statuschange"]

    assert [name for name in ROLES for right in names if make_user(name).has_perm(right)] == []


def test_only_an_administrator_keeps_people_and_settings() -> None:
    for right in ("auth.change_user", "newsroom.change_sitesettings"):
        assert [name for name in ROLES if make_user(name).has_perm(right)] == ["administrator"]


@pytest.mark.parametrize("right", ["change_group", "change_permission", "delete_user"])
def test_nobody_rewrites_the_groups_or_deletes_people(right: str) -> None:
    assert [name for name in ROLES if make_user(name).has_perm(f"auth.{right}")] == []


@pytest.mark.parametrize("name", ["fly_article", "view_comment"], ids=["no-such-right", "right-of-another-app"])
def test_an_unknown_right_is_an_error_that_names_it(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setattr(roles, "ROLES", {"journalist": {"articles": ["view_article", name]}})

    with pytest.raises(LookupError, match=name):
        sync_roles()
