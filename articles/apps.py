"""The ground of the portal: articles, what files them, and how they are read."""

from typing import Any

from django.apps import AppConfig
from django.apps import apps as installed_apps
from django.core.exceptions import FieldDoesNotExist
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class ArticlesConfig(AppConfig):
    name = "articles"
    verbose_name = _("Articles")

    def ready(self) -> None:
        from articles import converters, receivers  # noqa: F401 (registers itself)

        converters.register()
        post_migrate.connect(keep_wall_times, sender=self, dispatch_uid="articles.keep_wall_times")


def keep_wall_times(using: str, apps: Any = installed_apps, **kwargs: Any) -> None:
    """After a migration, which new zone data come with: hold schedules to the time they were planned for."""
    from articles.models import Article

    try:
        apps.get_model("articles", "Article")._meta.get_field("wall_time")
    except (LookupError, FieldDoesNotExist):  # migrated back to before there was one
        return
    Article.objects.using(using).keep_wall_times()
