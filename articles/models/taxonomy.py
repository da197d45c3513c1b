"""What articles are filed under: categories, tags and bylines."""

import itertools
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from taggit.models import TagBase

from articles.arabic import fold
from articles.bidi import drop_controls
from articles.models.picture import Picture
from articles.querysets import ShownQuerySet, TagManager
from articles.signals import article_changed
from articles.slugs import make_slug
from articles.validators import validate_characters


class Shown(models.Model):
    """Something whose name stands on many pages: a change of it concerns all of them."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        with transaction.atomic():
            super().save(*args, **kwargs)
            article_changed.send(sender=type(self), articles=frozenset(), everywhere=True)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        with transaction.atomic():
            deleted = super().delete(*args, **kwargs)
            article_changed.send(sender=type(self), articles=frozenset(), everywhere=True)
        return deleted


class Slugged(Shown):
    """Something with a page of its own, whose slug is made from its name where none is typed."""

    name: Any
    slug: Any = models.CharField(_("slug"), max_length=100, unique=True, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name or self.slug

    def clean(self) -> None:
        super().clean()
        self.slug = self.slug or self._free_slug()

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.slug = self._free_slug()
        super().save(*args, **kwargs)

    def _free_slug(self) -> str:
        """The slug typed or made of the name, or the first of slug-2, slug-3 … that is not taken."""
        slug = make_slug(self.slug or self.name or "")[:90]
        others = type(self)._base_manager.filter(slug__startswith=slug).exclude(pk=self.pk)
        taken = set(others.values_list("slug", flat=True))
        endings = itertools.chain([""], (f"-{number}" for number in itertools.count(2)))
        return next(slug + ending for ending in endings if slug + ending not in taken)


class Category(Slugged):
    """A section of the newspaper; one level of children, such as the twelve regions."""

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

    objects = ShownQuerySet.as_manager()

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


class Tag(Slugged, TagBase):
    """A tag. `name` is what journalists type, `label` what readers of each language see."""

    name = models.CharField(_("name"), max_length=100, unique=True, validators=[validate_characters])
    label = models.CharField(_("label"), max_length=100, blank=True, validators=[validate_characters])
    folded = models.CharField(max_length=200, unique=True, editable=False)
    merged_into = models.ForeignKey(
        "self",
        verbose_name=_("merged into"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
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

    def __str__(self) -> str:
        return self.label or self.name

    @staticmethod
    def fold_name(name: str) -> str:
        """The form that may exist once; a name of signs alone stands for itself."""
        return (fold(name) or name.strip())[:200]

    def clean(self) -> None:
        super().clean()
        self.name = drop_controls(self.name)
        if not self.name.strip():
            raise ValidationError({"name": _("Write a name that other readers can see.")})
        twin = Tag.objects.filter(folded=self.fold_name(self.name)).exclude(pk=self.pk).first()
        if twin:
            message = _("This tag exists already, written “%(name)s”.")
            raise ValidationError({"name": ValidationError(message, code="twin", params={"name": twin.name})})

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.name = drop_controls(self.name)
        self.folded = self.fold_name(self.name)
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("tag_detail", args=[self.slug])


class Author(Slugged):
    """A byline: a person or a desk, with or without an account."""

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

    objects = ShownQuerySet.as_manager()

    class Meta:
        verbose_name = _("author")
        verbose_name_plural = _("authors")
        constraints = [models.CheckConstraint(condition=~models.Q(slug=""), name="author_has_a_slug")]

    def get_absolute_url(self) -> str:
        return reverse("author_detail", args=[self.slug])
