"""How comments are taken: for one article, for a main category, or for the whole site."""

from typing import Any

from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from articles.bidi import isolate
from articles.models import Article, Category
from articles.validators import validate_characters
from comments.choices import Mode
from comments.models.comment import Comment
from comments.signals import comments_changed


class Policy(models.Model):
    """How comments are taken: for one article, for a main category, or for the whole site."""

    article = models.OneToOneField(
        Article,
        verbose_name=_("article"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="comment_policy",
    )
    category = models.OneToOneField(
        Category,
        verbose_name=_("category"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="comment_policy",
    )
    mode = models.CharField(_("how comments are shown"), max_length=10, choices=Mode, default=Mode.PRE)
    frozen = models.BooleanField(
        _("frozen"), default=False, help_text=_("No new comments for now; what is there stays to be read.")
    )
    opens_at = models.TimeField(_("opens at"), null=True, blank=True)
    closes_at = models.TimeField(
        _("closes at"),
        null=True,
        blank=True,
        help_text=_("Local time. Where it closes earlier than it opens, the hours run past midnight."),
    )
    close_after_days = models.PositiveSmallIntegerField(
        _("closes after days"),
        null=True,
        blank=True,
        help_text=_("Counted from the publication of the article."),
    )
    message = models.CharField(
        _("message to readers"),
        max_length=300,
        blank=True,
        validators=[validate_characters],
        help_text=_("Shown above the form, or in its place."),
    )

    class Meta:
        verbose_name = _("comment policy")
        verbose_name_plural = _("comment policies")
        constraints = [
            models.CheckConstraint(
                condition=Q(article=None) | Q(category=None),
                name="policy_has_one_scope",
                violation_error_message=_("Choose an article or a category, or neither for the whole site."),
            ),
            models.CheckConstraint(
                condition=Q(opens_at=None, closes_at=None) | Q(opens_at__isnull=False, closes_at__isnull=False),
                name="policy_has_both_hours_or_none",
                violation_error_message=_("Fill in both hours, or neither."),
            ),
            models.UniqueConstraint(
                models.Value(1),
                condition=Q(article=None, category=None),
                name="policy_for_the_site_once",
                violation_error_message=_("The whole site has a policy already. Change that one."),
            ),
        ]

    def __str__(self) -> str:
        scope = self.article or self.category or _("the whole site")
        return f"{isolate(scope)}: {self.get_mode_display()}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store the policy; every article page may show another form now."""
        with transaction.atomic():
            super().save(*args, **kwargs)
            comments_changed.send(sender=Comment, articles=frozenset())

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        with transaction.atomic():
            deleted = super().delete(*args, **kwargs)
            comments_changed.send(sender=Comment, articles=frozenset())
        return deleted
