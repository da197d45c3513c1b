"""Word rules: what a moderator does not want to read unasked."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.bidi import isolate
from articles.models import Article, Category
from articles.validators import validate_characters
from comments.choices import Action


class WordRule(models.Model):
    """A word or phrase and what happens to comments that hold it, in any spelling or disguise."""

    phrase = models.CharField(_("word or phrase"), max_length=100, validators=[validate_characters])
    action = models.CharField(_("action"), max_length=10, choices=Action, default=Action.HOLD)
    allowed = models.TextField(
        _("allowed words"),
        max_length=2000,
        blank=True,
        help_text=_("Words or phrases, one a line, that this rule lets pass although it would meet them."),
    )
    article = models.ForeignKey(
        Article,
        verbose_name=_("only for the article"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="word_rules",
    )
    category = models.ForeignKey(
        Category,
        verbose_name=_("only for the category"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="word_rules",
    )
    until = models.DateTimeField(_("in force until"), null=True, blank=True)
    is_active = models.BooleanField(_("in force"), default=True)
    hits = models.PositiveIntegerField(_("hits"), default=0, editable=False)
    overturned = models.IntegerField(_("overturned"), default=0, editable=False)
    last_hit_at = models.DateTimeField(_("last hit"), null=True, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, editable=False, related_name="+"
    )
    created_at = models.DateTimeField(_("written"), auto_now_add=True)

    class Meta:
        verbose_name = _("word rule")
        verbose_name_plural = _("word rules")
        constraints = [
            models.CheckConstraint(
                condition=Q(article=None) | Q(category=None),
                name="rule_has_one_scope",
                violation_error_message=_("Choose an article or a category, or neither for the whole site."),
            ),
        ]

    def __str__(self) -> str:
        return str(isolate(self.phrase))

    @property
    def is_in_force(self) -> bool:
        """Whether it is switched on and has not run out."""
        return self.is_active and (self.until is None or self.until > timezone.now())

    @classmethod
    def count_hit(cls, key: int) -> bool:
        """Count that the rule decided on a comment. False where it was deleted meanwhile."""
        return bool(cls.objects.filter(pk=key).update(hits=F("hits") + 1, last_hit_at=timezone.now()))
