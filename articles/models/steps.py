"""The steps of an article from one state to the next, and who took them."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.choices import Status


class InvalidTransition(ValidationError):
    """Someone else moved the article first, or it never could go there from where it stands."""


class StatusChange(models.Model):
    """A step of an article, and who took it."""

    article = models.ForeignKey("articles.Article", on_delete=models.CASCADE, related_name="status_changes")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("by"),
        null=True,
        on_delete=models.PROTECT,
        related_name="article_status_changes",
    )
    # Who decided through a link that `by` issued: a director without an account.
    director = models.CharField(_("director"), max_length=120, blank=True)
    from_status = models.CharField(_("from"), max_length=20, choices=Status)
    to_status = models.CharField(_("to"), max_length=20, choices=Status)
    note = models.TextField(_("note"), blank=True)
    at = models.DateTimeField(_("when"), auto_now_add=True)
    told_at = models.DateTimeField(null=True, editable=False)  # when the notices of it were written

    class Meta:
        verbose_name = _("step")
        verbose_name_plural = _("steps")
        indexes = [
            # what `tick` still has to tell
            models.Index(fields=["at"], name="step_untold", condition=models.Q(told_at__isnull=True)),
        ]

    def __str__(self) -> str:
        return self.get_to_status_display()
