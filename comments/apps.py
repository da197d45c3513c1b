"""Readers' comments and their moderation."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class CommentsConfig(AppConfig):
    name = "comments"
    verbose_name = _("Comments")

    def ready(self) -> None:
        from comments import receivers  # noqa: F401 (registers itself)
        from comments.triggers import install_after_migrate

        post_migrate.connect(install_after_migrate, sender=self, dispatch_uid="comments.triggers")
