"""The steps of the policy, each to be switched off, and their numbers."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class CommentSettings(models.Model):
    """The steps of the policy for the whole site: which are on, and their numbers. One row."""

    check_rate = models.BooleanField(_("limit how many comments one reader sends"), default=True)
    rate_limit = models.PositiveSmallIntegerField(_("comments of one sender in ten minutes"), default=5)
    check_honeypot = models.BooleanField(_("file as spam what fills in the hidden field"), default=True)
    check_names = models.BooleanField(_("hold names of members of the newsroom"), default=True)
    check_rules = models.BooleanField(_("apply word rules"), default=True)
    check_links = models.BooleanField(_("hold comments with many links"), default=True)
    max_links = models.PositiveSmallIntegerField(_("links that pass"), default=1)
    check_repeats = models.BooleanField(_("hold texts that were sent before"), default=True)
    check_senders = models.BooleanField(_("apply bans and “always hold”"), default=True)
    check_rejections = models.BooleanField(_("hold senders who were rejected lately"), default=True)
    rejection_days = models.PositiveSmallIntegerField(_("days that a rejection is remembered"), default=7)
    trust_senders = models.BooleanField(_("show comments of trusted senders at once"), default=True)
    trust_after = models.PositiveSmallIntegerField(_("approvals that earn trust"), default=5)
    sample_percent = models.PositiveSmallIntegerField(_("percentage of trusted comments that are held"), default=5)
    surge_per_hour = models.PositiveIntegerField(_("comments an hour on one article that raise an alarm"), default=60)
    keep_ip_days = models.PositiveSmallIntegerField(_("days that network data is kept"), default=30)
    keep_email_days = models.PositiveSmallIntegerField(_("days that addresses are kept"), default=730)

    class Meta:
        verbose_name = _("steps of the comment policy")
        verbose_name_plural = _("steps of the comment policy")
        constraints = [
            models.UniqueConstraint(models.Value(1), name="comment_settings_once"),
            models.CheckConstraint(condition=Q(sample_percent__lte=100), name="sample_is_a_percentage"),
            models.CheckConstraint(condition=Q(trust_after__gte=1), name="trust_takes_an_approval"),
        ]

    def __str__(self) -> str:
        return str(self._meta.verbose_name)

    @classmethod
    def load(cls) -> "CommentSettings":
        """The row, or the defaults where nobody has stored one yet."""
        return cls.objects.first() or cls()
