"""The portal's own app, and the admin site it runs."""

from typing import Any

from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps
from django.core.management import call_command
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class NewsroomConfig(AppConfig):
    default = True
    name = "newsroom"
    verbose_name = _("Newsroom")

    def ready(self) -> None:
        from comments.personal_data import keys
        from comments.personal_data.holders import HOLDERS
        from newsroom import checks, receivers  # noqa: F401 (both register themselves)
        from newsroom.letterdata import LetterData
        from newsroom.newsletter.data import DigestData
        from newsroom.roles import sync_roles_after_migrate
        from newsroom.staff import secrets

        keys.others[:] = [secrets]
        HOLDERS[:] = [LetterData(), DigestData()]
        post_migrate.connect(sync_roles_after_migrate, sender=self, dispatch_uid="newsroom.sync_roles")
        post_migrate.connect(make_cache_table, sender=self, dispatch_uid="newsroom.cache_table")


class PortalAdminConfig(admin_apps.AdminConfig):
    default = False
    default_site = "newsroom.site.PortalAdminSite"


def make_cache_table(using: str, **kwargs: Any) -> None:
    """For `post_migrate`: the table of a cache that stands in the database, where there is none yet."""
    call_command("createcachetable", database=using, verbosity=0)
