"""The front page's blocks, the places that editors fill in them, and the log of who moved what."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.bidi import isolate
from articles.choices import Block, Filling
from articles.models.article import Article
from articles.models.naming import Shown
from articles.models.taxonomy import Category
from articles.querysets import ShownQuerySet
from articles.validators import validate_characters


class FrontPageBlock(Shown):
    """A named block of the front page and what fills it; a block of `Block` that has no row is as ever."""

    key = models.SlugField(_("key"), max_length=20, unique=True)
    name = models.CharField(_("name"), max_length=60, blank=True, validators=[validate_characters])
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    size = models.PositiveSmallIntegerField(_("number of articles"), default=4)
    filling = models.CharField(_("filled with"), max_length=20, choices=Filling, default=Filling.NEWEST)
    category = models.ForeignKey(
        Category,
        verbose_name=_("category"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="front_page_blocks",
    )
    is_shown = models.BooleanField(_("shown"), default=True)

    objects = ShownQuerySet.as_manager()

    class Meta:
        verbose_name = _("front page block")
        verbose_name_plural = _("front page blocks")
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(filling=Filling.CATEGORY) | models.Q(category__isnull=False),
                name="block_of_a_category_names_it",
                violation_error_message=_("Choose the category that fills this block."),
            ),
            models.CheckConstraint(condition=models.Q(size__gte=1, size__lte=30), name="block_has_a_size"),
        ]

    def __str__(self) -> str:
        return self.name or str(dict(Block.choices).get(self.key, self.key))


class FrontPageSlot(Shown):
    """An article that an editor put on the front page, from and until a time."""

    block = models.CharField(_("block"), max_length=20, default=Block.LEAD)  # the key of a FrontPageBlock
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    article = models.ForeignKey(
        Article, verbose_name=_("article"), on_delete=models.CASCADE, related_name="front_page_slots"
    )
    starts_at = models.DateTimeField(_("shown from"), default=timezone.now)
    ends_at = models.DateTimeField(_("shown until"), null=True, blank=True)
    is_pinned = models.BooleanField(
        _("pinned"), default=False, help_text=_("Keeps its place whatever is put before it.")
    )

    objects = ShownQuerySet.as_manager()

    class Meta:
        verbose_name = _("front page slot")
        verbose_name_plural = _("front page slots")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at=None) | models.Q(ends_at__gt=models.F("starts_at")),
                name="slot_ends_after_it_starts",
                violation_error_message=_("The end must come after the start."),
            )
        ]
        indexes = [
            # /, which asks for the slots that have not ended
            models.Index(fields=["ends_at", "starts_at"], name="slot_current"),
        ]

    def __str__(self) -> str:
        return f"{dict(Block.choices).get(self.block, self.block)}: {isolate(self.article)}"


class FrontPageChange(models.Model):
    """One act at the board: the places as they were before it and after it."""

    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("by"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField(_("when"), default=timezone.now)
    what = models.CharField(_("what"), max_length=300)
    before = models.JSONField(default=list)
    after = models.JSONField(default=list)
    # The press of a button that asked for it: sent twice, it is done once.
    act = models.UUIDField(null=True, unique=True)
    undoes = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="undone_by")

    class Meta:
        verbose_name = _("change of the front page")
        verbose_name_plural = _("changes of the front page")
        indexes = [
            # the board's log
            models.Index(fields=["-at", "-id"], name="board_log"),
        ]

    def __str__(self) -> str:
        return self.what
