"""What the history of an article keeps beside its columns."""

from django.db import models


class ArticleHistory(models.Model):
    """The base of the historical rows, which django-simple-history makes of `Article`."""

    # {"tags": [names], "categories": [keys], "authors": [keys]}: rows of other tables, which it does not follow
    filing = models.JSONField(default=dict)

    class Meta:
        abstract = True
