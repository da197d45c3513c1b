"""The article: its text, its state, and how it moves from one to the next."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager

from articles.choices import Kind, Status
from articles.html import HTMLField, clean_html
from articles.models.picture import Picture
from articles.models.placement import ArticleCategory, ArticleTag, Byline, Placement
from articles.models.steps import Steps
from articles.models.taxonomy import Author, Category, Tag
from articles.querysets import ArticleQuerySet, FoldingTagManager
from articles.schedule import wall_time_of
from articles.signals import article_changed
from articles.slugs import encode_short, make_slug
from articles.validators import validate_characters
from articles.versioning import keep_found, keep_versions, one_version

LANGUAGE_CODES = ("ar", "fr", "en")
# A change of these is news to the reader and moves `updated_at`; anything else is housekeeping.
EDITORIAL = [f"{field}_{code}" for field in ("kicker", "title", "summary", "body") for code in LANGUAGE_CODES]
EDITORIAL += ["picture_id", "video_address"]
NO_VIDEO = _("A video article needs the address of its video.")
CATEGORY_HELP = _("The first label above the headline. The article may stand in others as well.")


class Article(Steps, models.Model):
    """An article. `save()` alone leaves slug, lists and pages right, whoever calls it."""

    Status = Status
    Kind = Kind

    kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.NEWS)
    kicker = models.CharField(_("kicker"), max_length=100, blank=True, validators=[validate_characters])
    title = models.CharField(_("title"), max_length=500, validators=[validate_characters])
    slug = models.CharField(
        _("slug"), max_length=500, blank=True, help_text=_("Left empty, it is made from the title.")
    )
    summary = models.TextField(_("summary"), blank=True, max_length=1000, validators=[validate_characters])
    body = HTMLField(_("body"), blank=True, validators=[validate_characters])
    picture = models.ForeignKey(
        Picture,
        verbose_name=_("picture"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="articles",
    )
    video_address = models.URLField(
        _("address of the video"),
        max_length=300,
        blank=True,
        help_text=_(
            "Of a video article: its page at YouTube or elsewhere. Readers open it there; nothing of it is loaded here."
        ),
    )
    category = models.ForeignKey(
        Category,
        verbose_name=_("main category"),
        on_delete=models.PROTECT,
        related_name="main_articles",
        help_text=CATEGORY_HELP,
    )
    categories = models.ManyToManyField(
        Category, verbose_name=_("categories"), through=ArticleCategory, related_name="articles", blank=True
    )
    authors = models.ManyToManyField(
        Author, verbose_name=_("authors"), through=Byline, related_name="articles", blank=True
    )
    tags = TaggableManager(
        verbose_name=_("tags"),
        through=ArticleTag,
        manager=FoldingTagManager,
        related_name="tagged_articles",
        blank=True,
        help_text=_("Separated by commas, Arabic or Latin."),
    )
    related = models.ManyToManyField(
        "self",
        verbose_name=_("related articles"),
        through="RelatedArticle",
        symmetrical=False,
        related_name="related_from",
        blank=True,
    )

    status = models.CharField(_("status"), max_length=20, choices=Status, default=Status.DRAFT, editable=False)
    published_at = models.DateTimeField(
        _("publication time"),
        null=True,
        blank=True,
        help_text=_("In the future: the article appears by itself at that time."),
    )
    # What the clock shows at `published_at`: new zone data move the instant of a schedule, never this.
    wall_time = models.CharField(max_length=26, null=True, editable=False)
    updated_at = models.DateTimeField(_("updated"), null=True, editable=False)
    modified_at = models.DateTimeField(auto_now=True)
    is_hot = models.BooleanField(_("hot event"), default=False)
    hot_until = models.DateTimeField(_("hot until"), null=True, blank=True, help_text=_("Empty: until taken off."))
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("journalist"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="owned_articles",
    )
    planned_for = models.DateTimeField(
        _("planned for"), null=True, blank=True, help_text=_("For the desk's calendar. Nothing appears by it.")
    )
    # Why it came back; empty as soon as it is handed in again.
    return_note = models.TextField(_("why it was returned"), blank=True, max_length=1000, editable=False)
    answers = models.ForeignKey(
        "self",
        verbose_name=_("article that it answers"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="replies",
        help_text=_("For a right of reply: each of the two pages leads to the other."),
    )

    objects = ArticleQuerySet.as_manager()

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        permissions = [
            ("publish_article", _("Can publish, return and withdraw articles")),
            ("edit_every_article", _("Can edit every article, not only their own drafts")),
        ]
        constraints = [
            models.CheckConstraint(condition=models.Q(status__in=Status.values), name="article_status_is_known"),
            models.CheckConstraint(
                condition=~models.Q(status=Status.PUBLISHED) | models.Q(published_at__isnull=False),
                name="published_article_has_its_time",
            ),
            models.CheckConstraint(
                condition=models.Q(wall_time=None) | models.Q(published_at__isnull=False),
                name="wall_time_needs_its_instant",
            ),
            models.CheckConstraint(
                condition=models.Q(hot_until=None) | models.Q(is_hot=True), name="hot_end_needs_the_hot_flag"
            ),
            models.CheckConstraint(condition=~models.Q(slug=""), name="article_has_a_slug"),
            models.CheckConstraint(
                condition=models.Q(answers=None) | ~models.Q(answers=models.F("pk")), name="article_answers_another"
            ),
            *(
                models.CheckConstraint(
                    condition=~models.Q(**{f"title_{code}": ""}), name=f"title_{code}_is_null_or_said"
                )
                for code in LANGUAGE_CODES
            ),
        ]
        indexes = [
            # / and /latest/, the feed and the sitemap
            models.Index(fields=["status", "-published_at", "-id"], name="article_latest"),
            # /hot/ and the hot strip
            models.Index(
                fields=["status", "-published_at", "-id"],
                name="article_hot",
                condition=models.Q(is_hot=True),
            ),
            # the opinion block of /
            models.Index(fields=["status", "kind", "-published_at", "-id"], name="article_kind"),
            # /fr/ and /en/, where most articles do not exist
            *(
                models.Index(
                    fields=["status", "-published_at", "-id"],
                    name=f"article_latest_{code}",
                    condition=models.Q(**{f"title_{code}__isnull": False}),
                )
                for code in LANGUAGE_CODES
                if code != "ar"
            ),
            # the journalists' list in the admin
            models.Index(fields=["owner", "-id"], name="article_own"),
            # a journalist's own figures
            models.Index(fields=["owner", "status", "-published_at"], name="article_own_state"),
            # the desk's calendar
            models.Index(fields=["planned_for"], name="article_planned", condition=models.Q(planned_for__isnull=False)),
            # a journalist's own calendar
            models.Index(
                fields=["owner", "planned_for"],
                name="article_own_planned",
                condition=models.Q(planned_for__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.title or self.slug

    # Reading

    @property
    def is_visible(self) -> bool:
        """Whether readers may see it now."""
        live_at = self._live_at()
        return live_at is not None and live_at <= timezone.now()

    @property
    def is_scheduled(self) -> bool:
        """Whether it is published, but not yet."""
        live_at = self._live_at()
        return live_at is not None and live_at > timezone.now()

    def is_hot_at(self, at: datetime) -> bool:
        """Whether it is a hot event at `at`: what the queryset's `hot()` asks of many, asked of one."""
        return self.is_hot and (self.hot_until is None or self.hot_until > at)

    @property
    def was_updated(self) -> bool:
        """Whether readers should be told that the text changed after it was published."""
        return bool(self.updated_at and self.published_at and self.updated_at > self.published_at)

    def languages(self) -> list[str]:
        """The codes of the languages in which it exists."""
        return [code for code in LANGUAGE_CODES if getattr(self, f"title_{code}")]

    @property
    def address_slug(self) -> str:
        """The slug in the active language; the stored one serves Arabic."""
        code = get_language()
        translated = code != settings.LANGUAGE_CODE and getattr(self, f"title_{code}", None)
        return make_slug(translated) if translated else self.slug.replace("/", "-")  # whoever wrote it

    def get_absolute_url(self) -> str:
        return reverse("article_detail", args=[self.pk, self.address_slug])

    def get_short_url(self) -> str:
        """The address for messages, which survives programs that cut Arabic addresses."""
        return reverse("article_short", args=[encode_short(self.pk)])

    def shown_tags(self) -> list[Tag]:
        """Its tags in the order they were put on, those merged into another as that other."""
        tags = Tag.objects.filter(article_rows__content_object=self).select_related("merged_into")
        return list(dict.fromkeys(tag.merged_into or tag for tag in tags.order_by("article_rows__pk")))

    @classmethod
    def place_in_main_category(cls, keys: Iterable[int]) -> None:
        """See that each of these articles has a row for its main category."""
        missing = cls._base_manager.filter(pk__in=keys).exclude(category_rows__category=models.F("category"))
        rows = [
            ArticleCategory(article_id=pk, category_id=category)
            for pk, category in missing.values_list("pk", "category")
        ]
        if rows:
            ArticleCategory.objects.bulk_create(rows, ignore_conflicts=True)

    @classmethod
    def placement_models(cls) -> tuple[type[Placement], ...]:
        """The tables that carry a copy of `published_at`."""
        return (ArticleCategory, ArticleTag, Byline)

    # Writing

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store the article with all that follows from it, or nothing of it."""
        with transaction.atomic(), one_version(type(self)):
            before = self._stored()
            if before:
                keep_found(type(self), [self.pk])
            filled = self.fill_in(before)
            if kwargs.get("update_fields") is not None:
                kwargs["update_fields"] = {*kwargs["update_fields"], *filled, "modified_at"}
            super().save(*args, **kwargs)
            self._place(before)
            keep_versions(type(self), [self.pk], created=before is None)
            article_changed.send(sender=type(self), articles=frozenset([self.pk]), everywhere=False)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        with transaction.atomic():
            articles = frozenset([self.pk])
            deleted = super().delete(*args, **kwargs)
            article_changed.send(sender=type(self), articles=articles, everywhere=False)
        return deleted

    def clean(self) -> None:
        self.slug = self._made_slug()
        if self.answers_id and self.kind != Kind.REPLY:
            raise ValidationError(
                {"answers": _("Only a right of reply answers an article. Change the kind, or clear this.")}
            )
        self._check_video()
        if self.hot_until and not self.is_hot:
            was_hot = type(self)._base_manager.filter(pk=self.pk, is_hot=True).exists()
            if not was_hot:
                raise ValidationError({"hot_until": _("An end needs the hot flag. Set the flag, or clear the end.")})
            self.hot_until = None  # the flag was just taken down, and its end with it

    def _check_video(self) -> None:
        """A video has a page that a browser opens. A draft may still be without."""
        if self.video_address and not self.video_address.lower().startswith(("http://", "https://")):
            raise ValidationError({"video_address": _("The address begins with https:// or http://.")})
        if self.kind == Kind.VIDEO and not self.video_address and self.status in (Status.IN_REVIEW, Status.PUBLISHED):
            raise ValidationError({"video_address": NO_VIDEO})

    def _stored(self) -> dict[str, Any] | None:
        if not self.pk:
            return None
        columns = ("status", "published_at", "category_id", *EDITORIAL)
        return type(self)._base_manager.filter(pk=self.pk).values(*columns).first()

    def fill_in(self, before: dict[str, Any] | None = None) -> set[str]:
        """Set what follows from the rest; the names of the fields that were set.

        `before` holds the row as it is stored, None for a new article.
        """
        filled = set()
        for code in LANGUAGE_CODES:
            # One word for "not in this language", so that indexes and lists can rely on it.
            title = getattr(self, f"title_{code}")
            if title is not None and not title.strip():
                setattr(self, f"title_{code}", None)
                filled.add(f"title_{code}")
        slug = self._made_slug()
        if slug != self.slug:
            self.slug = slug
            filled.add("slug")
        if self.hot_until and not self.is_hot:
            self.hot_until = None
            filled.add("hot_until")
        filled |= self._fill_times(before)
        if before and _was_seen(before) and self._text_differs(before):
            self.updated_at = timezone.now()
            filled.add("updated_at")
        return filled

    def _fill_times(self, before: dict[str, Any] | None) -> set[str]:
        """Give what is published its time, and a new time its wall time."""
        filled = set()
        if self.status == Status.PUBLISHED and not self.published_at:
            self.published_at = timezone.now()
            filled.add("published_at")
        if before is None or before["published_at"] != self.published_at or not self.wall_time:
            self.wall_time = wall_time_of(self.published_at)
            filled.add("wall_time")
        return filled

    def _made_slug(self) -> str:
        title = next((getattr(self, f"title_{code}") for code in self.languages()), "")
        return make_slug(self.slug or title)

    def _text_differs(self, before: dict[str, Any]) -> bool:
        return any(self._differs(name, before[name]) for name in EDITORIAL)

    def _differs(self, name: str, stored: Any) -> bool:
        """Whether the column `name` will hold something else than `stored`; a body is cleaned on its way."""
        value = getattr(self, name)
        if name.startswith("body_") and value and value != stored:
            value = clean_html(value)
            setattr(self, name, value)  # it is not cleaned again when it is stored
        return (value or "") != (stored or "")

    def _live_at(self) -> datetime | None:
        return self.published_at if self.status == Status.PUBLISHED else None

    def _place(self, before: dict[str, Any] | None) -> None:
        """Bring the rows of its lists in step with what was just stored."""
        if before is None or before["category_id"] != self.category_id:
            self.place_in_main_category([self.pk])
        if before and (before["status"], before["published_at"]) != (self.status, self.published_at):
            for placement in self.placement_models():
                placement.objects.restamp([self.pk])


def _was_seen(stored: dict[str, Any]) -> bool:
    """Whether readers could read what is stored: a change of what they never saw is no news to them."""
    return stored["status"] == Status.PUBLISHED and stored["published_at"] <= timezone.now()
