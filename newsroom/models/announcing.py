"""What search engines and feed hubs were told of each article."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from newsroom.choices import Announcer


class Announcement(models.Model):
    """What one service was told last of one article, or is to be told: one row for both.

    It outlives the article: that it is gone has to be told as well.
    """

    service = models.CharField(max_length=10, choices=Announcer)
    article = models.BigIntegerField()  # no foreign key, for that reason
    state = models.CharField(max_length=64)  # what readers see of it, digested
    addresses = models.JSONField(default=list)  # of its pages, or of the feeds that it stands in
    send_after = models.DateTimeField(null=True)  # None: told, or given up
    tries = models.PositiveSmallIntegerField(default=0)

    class Meta:
        default_permissions = ()
        verbose_name = _("announcement to a service")
        verbose_name_plural = _("announcements to services")
        constraints = [
            models.UniqueConstraint(fields=["service", "article"], name="article_announced_once_to_each"),
            models.CheckConstraint(condition=Q(service__in=Announcer.values), name="announcer_is_known"),
        ]
        indexes = [
            # what `tick` sends next
            models.Index(fields=["send_after"], name="announcement_due", condition=Q(send_after__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.service}: {self.article}"
