"""How comments are taken: for one article, for a main category, or for the whole site."""

from typing import Any

from django.contrib.admin.models import ADDITION, CHANGE, DELETION
from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles.bidi import isolate
from articles.models import Article, Category
from articles.validators import validate_characters
from comments.choices import Mode
from comments.models.comment import Comment
from comments.models.history import write_history
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

    TERMS = ("mode", "frozen", "opens_at", "closes_at", "close_after_days", "message")

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

    @classmethod
    def for_article(cls, article: Article) -> "Policy":
        """The article's own policy; where it has none, one not stored yet that says what holds for it now."""
        scopes = Q(article=article) | Q(category=article.category_id) | Q(article=None, category=None)
        near = sorted(cls.objects.filter(scopes), key=lambda each: (not each.article_id, not each.category_id))
        if near and near[0].article_id:
            return near[0]
        return cls(article=article, **{name: getattr(near[0], name) for name in cls.TERMS} if near else {})

    def change(self, by: Any, **values: Any) -> None:
        """Store `values` and whatever else it says, for an article: also where somebody stored one meanwhile."""
        defaults = {name: getattr(self, name) for name in self.TERMS} | values
        with transaction.atomic():
            stored, is_new = (
                type(self).objects.select_for_update().get_or_create(article=self.article, defaults=defaults)
            )
            if not is_new:
                for name, value in values.items():
                    setattr(stored, name, value)
                stored.save()
            write_history(by, stored, _history(values), ADDITION if is_new else CHANGE)

    def withdraw(self, by: Any) -> None:
        """Take the policy away: the next one further up holds."""
        with transaction.atomic():
            write_history(by, self, gettext("Taken away"), DELETION)
            self.delete()

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


def _history(values: dict[str, Any]) -> str:
    """What was set to what, for the admin's history."""
    fields = [each for each in Policy._meta.concrete_fields if each.name in values]
    return "; ".join(f"{each.verbose_name}: {_shown(each, values[each.name])}" for each in fields)


def _shown(field: models.Field, value: Any) -> Any:
    return "—" if value in (None, "") else dict(field.flatchoices).get(value, value)
