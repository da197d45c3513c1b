"""What articles are filed under: categories, tags and bylines."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from taggit.models import TagBase

from articles.arabic import fold
from articles.models.naming import Alphabetical, Slugged
from articles.models.picture import Picture
from articles.querysets import SluggedQuerySet, TagManager
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


class Tag(Alphabetical, Slugged, TagBase):
    """A tag. `name` is what journalists type, `label` what readers of each language see."""

    folded_from = ("name", "label", "slug")

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
        indexes = [
            # the admin's list of tags and the choices that it gives to other forms
            models.Index(fields=["sort_key", "id"], name="tag_alphabet", condition=models.Q(merged_into=None)),
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
        twin = Tag.objects.filter(folded=self.fold_name(self.name)).exclude(pk=self.pk).first()
        if twin:
            message = _("This tag exists already, written “%(name)s”.")
            raise ValidationError({"name": ValidationError(message, code="twin", params={"name": twin.name})})

    def refold(self) -> set[str]:
        self.folded = self.fold_name(self.name)
        return super().refold() | {"folded"}

    def get_absolute_url(self) -> str:
        return reverse("tag_detail", args=[self.slug])


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
