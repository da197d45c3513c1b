"""The ground of the portal: articles, what files them, and how they are read."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ArticlesConfig(AppConfig):
    name = "articles"
    verbose_name = _("Articles")

    def ready(self) -> None:
        from articles import converters, receivers  # noqa: F401 (registers itself)

        converters.register()
