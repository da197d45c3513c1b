"""The groups of the newsroom and what each may do. One function keeps them, and undoes drift."""

from typing import Any

from django.contrib.auth.models import Group, Permission

JOURNALIST = "journalist"
EDITOR = "editor"
MODERATOR = "moderator"
ADMINISTRATOR = "administrator"

WRITING = {
    "articles": [
        "view_article",
        "add_article",
        "change_article",
        "view_picture",
        "add_picture",
        "change_picture",  # the own uploads, see articles/admin/pictures.py
        "view_category",
        "view_tag",
        "view_author",
    ],
}
EDITING = {
    "articles": [
        *WRITING["articles"],
        "edit_every_article",
        "publish_article",
        "delete_article",
        *(
            f"{action}_{model}"
            for model in (
                "category",
                "tag",
                "author",
                "frontpageslot",
                "frontpageblock",
                "correction",
                "relatedarticle",
                "byline",
                "synonym",
            )
            for action in ("add", "change", "delete", "view")
        ),
        "delete_picture",
        "view_statuschange",
        "add_articlelink",
    ],
    "newsroom": [
        *(f"{action}_page" for action in ("add", "change", "delete", "view")),
        *(f"{action}_redirect" for action in ("add", "change", "delete", "view")),
        *(f"{action}_advert" for action in ("add", "change", "delete", "view")),
        "view_brokenlink",
        "delete_brokenlink",
        "view_readerletter",
        "change_readerletter",
    ],
    # The editor-in-chief is whom moderators pass a comment to.
    "comments": ["decide_escalated", "hold_legally", "see_address"],
}
MODERATING = {
    "comments": [
        "view_comment",
        "change_comment",
        "view_decision",
        "view_sender",
        "change_sender",
        "view_ban",
        "add_ban",
        "change_ban",
        "view_commentsettings",
        "change_commentsettings",
        *(f"{action}_{model}" for model in ("policy", "wordrule") for action in ("add", "change", "delete", "view")),
    ],
}
ADMINISTERING = {
    # Logo and adverts come from the library, and the menu is made of categories.
    "articles": ["view_picture", "view_category", "change_category"],
    "auth": ["view_user", "add_user", "change_user"],
    "newsroom": [
        "view_sitesettings",
        "add_sitesettings",
        "change_sitesettings",
        *(
            f"{action}_{model}"
            for model in ("socialaccount", "menulink", "page", "redirect", "advert")
            for action in ("add", "change", "delete", "view")
        ),
        "view_brokenlink",
        "delete_brokenlink",
        "view_digestsubscription",
    ],
}
ROLES: dict[str, dict[str, list[str]]] = {
    JOURNALIST: WRITING,
    EDITOR: EDITING,
    MODERATOR: MODERATING,
    ADMINISTRATOR: ADMINISTERING,
}


def sync_roles() -> None:
    """Make the groups and give each exactly the rights listed above."""
    for name, rights in ROLES.items():
        group, _created = Group.objects.get_or_create(name=name)
        group.permissions.set(_permissions(rights))


def sync_roles_after_migrate(**kwargs: Any) -> None:
    """Run `sync_roles` once every app has its permissions."""
    from django.apps import apps
    from django.contrib.auth.management import create_permissions
    from django.contrib.contenttypes.management import create_contenttypes

    # This app is migrated before others have made their permissions; both calls are idempotent.
    for label in ("auth", "articles", "comments", "newsroom"):
        config = apps.get_app_config(label)
        create_contenttypes(config, verbosity=0, using=kwargs["using"])
        create_permissions(config, verbosity=0, using=kwargs["using"])
    sync_roles()


def _permissions(rights: dict[str, list[str]]) -> list[Permission]:
    found = [
        permission
        for label, codenames in rights.items()
        for permission in Permission.objects.filter(content_type__app_label=label, codename__in=codenames)
    ]
    missing = {name for names in rights.values() for name in names} - {each.codename for each in found}
    if missing:
        raise LookupError(f"no such permissions: {', '.join(sorted(missing))}")
    return found
