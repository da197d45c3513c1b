"""What articles are filed under: categories, tags and bylines."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop
from taggit.models import TagBase

from articles.arabic import fold
from articles.bidi import drop_controls
from articles.folding import make_opening
from articles.models.naming import Alphabetical, Slugged
from articles.models.picture import Picture
from articles.querysets import SluggedQuerySet, TagManager
from articles.signals import article_changed
from articles.validators import validate_characters


class Category(Slugged):
    """A section of the newspaper; one level of children, such as the twelve regions."""

    folded_from = ("name", "slug")

    name = models.CharField(_("name"), max_length=100, validators=[validate_characters])
    description = models.TextField(_("description"), blank=True, validators=[validate_characters])
    parent = models.ForeignKey(
        "self",
        verbose_name=_("parent"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="children",
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    in_menu = models.BooleanField(_("in the menu"), default=True)

    objects = SluggedQuerySet.as_manager()

    class Meta:
        verbose_name = _("category")
        verbose_name_plural = _("categories")
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(parent=models.F("id")),
                name="category_is_not_its_own_parent",
            ),
            models.CheckConstraint(condition=~models.Q(slug=""), name="category_has_a_slug"),
        ]

    def clean(self) -> None:
        super().clean()
        if self.parent and self.parent_id == self.pk:
            raise ValidationError({"parent": _("A category cannot stand under itself.")})
        if self.parent and (self.parent.parent_id or (self.pk and self.children.exists())):
            raise ValidationError({"parent": _("Categories have one level of children, not two.")})

    def get_absolute_url(self) -> str:
        return reverse("category_detail", args=[self.slug])


class InvalidMerge(ValidationError):
    """A tag cannot become another name of itself."""


class Tag(Alphabetical, Slugged, TagBase):
    """A tag. `name` is what journalists type, `label` what readers of each language see.

    A tag that was merged into another is one of that one's other names: typed, it gives that tag, and
    its address leads there.
    """

    folded_from = ("name", "label", "slug")

    name = models.CharField(_("name"), max_length=100, unique=True, validators=[validate_characters])
    label = models.CharField(_("label"), max_length=100, blank=True, validators=[validate_characters])
    folded = models.CharField(max_length=200, unique=True, editable=False)
    # The stems of its first two words: the rest is compared once these are found.
    opening = models.CharField(max_length=200, default="", editable=False)
    merged_into = models.ForeignKey(
        "self",
        verbose_name=_("merged into"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.CASCADE,
        related_name="merged",
    )

    objects = TagManager()

    class Meta:
        verbose_name = _("tag")
        verbose_name_plural = _("tags")
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(merged_into=models.F("id")), name="tag_is_not_merged_into_itself"
            ),
            models.CheckConstraint(condition=~models.Q(folded=""), name="tag_has_a_folded_name"),
        ]
        indexes = [
            # the admin's list of tags and the choices that it gives to other forms
            models.Index(fields=["sort_key", "id"], name="tag_alphabet", condition=models.Q(merged_into=None)),
            # the offers of the form in which articles are written
            models.Index(fields=["opening"], name="tag_opening"),
        ]

    def __str__(self) -> str:
        return self.label or self.name

    @staticmethod
    def fold_name(name: str) -> str:
        """The form that may exist once; a name of signs alone stands for itself."""
        return (fold(name) or name.strip())[:200]

    @classmethod
    def spelled(cls, slug: str) -> models.Q:
        return super().spelled(slug) | models.Q(folded=cls.fold_name(slug))

    def clean(self) -> None:
        super().clean()
        self.name = drop_controls(self.name)
        if not self.name.strip():
            raise ValidationError({"name": _("Write a name that other readers can see.")})
        twin = Tag.objects.filter(folded=self.fold_name(self.name)).exclude(pk=self.pk).first()
        if twin:
            message = _("This tag exists already, written “%(name)s”.")
            raise ValidationError({"name": ValidationError(message, code="twin", params={"name": twin.name})})

    def refold(self) -> set[str]:
        self.name = drop_controls(self.name)
        self.folded = self.fold_name(self.name)
        self.opening = make_opening(self.name)
        return super().refold() | {"name", "folded", "opening"}

    def get_absolute_url(self) -> str:
        return reverse("tag_detail", args=[self.slug])

    # Other names

    def other_names(self) -> list[str]:
        """The names of the tags that were merged into this one, in alphabetical order."""
        return list(self.merged.order_by("sort_key", "pk").values_list("name", flat=True))

    def set_other_names(self, names: Iterable[str]) -> None:
        """Give it exactly these other names, none of which is a tag of its own.

        The address of a name that goes leads nowhere from then on.
        """
        wanted = {self.fold_name(name): name for name in names}
        wanted.pop(self.folded, None)
        with transaction.atomic():
            standing = {tag.folded: tag for tag in self.merged.all()}
            for folded in standing.keys() - wanted.keys():
                standing[folded].delete()
            for folded in wanted.keys() - standing.keys():
                Tag.objects.create(name=wanted[folded], merged_into=self)

    def merge_into(self, target: "Tag", by: Any) -> None:
        """Make this tag, and all that were merged into it, other names of `target`; InvalidMerge if it is that one.

        Its articles go along; its addresses lead there. The history of `target` says who did it.
        """
        with transaction.atomic():
            both = Tag._base_manager.select_for_update().filter(pk__in=[self.pk, target.pk]).order_by("pk")
            found = {tag.pk: tag for tag in both}
            kept = found[target.pk].merged_into or found[target.pk]
            if kept.pk == self.pk:
                raise InvalidMerge(_("A tag cannot be merged into itself."))
            self._hand_over_articles(kept)
            names = Tag._base_manager.filter(models.Q(pk=self.pk) | models.Q(merged_into=self.pk))
            names.update(merged_into=kept)
            self.merged_into = kept
            kept.log_name(self.name, by)
            article_changed.send(sender=Tag, articles=frozenset(), everywhere=True)

    def log_name(self, name: str, by: Any) -> None:
        """Write into the history of this tag that `by` gave it another name."""
        if by is None:
            return
        from django.contrib.admin.models import CHANGE, LogEntry  # the admin's tables need not be there before

        said = [{"added": {"name": gettext_noop("other name"), "object": name}}]
        LogEntry.objects.log_actions(by.pk, [self], CHANGE, said, single_object=True)

    def _hand_over_articles(self, target: "Tag") -> None:
        """Put `target` on the articles of this tag; the rows keep their copy of `published_at`."""
        rows = self.article_rows.model._base_manager  # not ours, which would tell the pages each time
        there = rows.filter(tag=target).values("content_object")
        rows.filter(tag=self, content_object__in=there).delete()
        rows.filter(tag=self).update(tag=target)


class Author(Alphabetical, Slugged):
    """A byline: a person or a desk, with or without an account."""

    folded_from = ("name", "role", "slug")

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        verbose_name=_("account"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="author",
    )
    name = models.CharField(_("name"), max_length=100, validators=[validate_characters])
    role = models.CharField(_("role"), max_length=100, blank=True, validators=[validate_characters])
    bio = models.TextField(_("biography"), blank=True, validators=[validate_characters])
    portrait = models.ForeignKey(
        Picture,
        verbose_name=_("portrait"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="portrait_of",
    )

    objects = SluggedQuerySet.as_manager()

    class Meta:
        verbose_name = _("author")
        verbose_name_plural = _("authors")
        constraints = [models.CheckConstraint(condition=~models.Q(slug=""), name="author_has_a_slug")]
        indexes = [
            # the admin's list of authors and the choices that it gives to other forms
            models.Index(fields=["sort_key", "id"], name="author_alphabet"),
        ]

    def get_absolute_url(self) -> str:
        return reverse("author_detail", args=[self.slug])
