"""The words that the columns of an article may hold."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Status(models.TextChoices):
    """Where an article stands. Scheduled is not a status: it is published, in the future."""

    DRAFT = "draft", _("draft")
    IN_REVIEW = "in_review", _("in review")
    PUBLISHED = "published", _("published")
    WITHDRAWN = "withdrawn", _("withdrawn")


class Kind(models.TextChoices):
    """What sort of text an article is; readers see it beside the headline."""

    NEWS = "news", _("news")
    OPINION = "opinion", _("opinion")
    VIDEO = "video", _("video")
    GALLERY = "gallery", _("photo gallery")
    REPLY = "reply", _("right of reply")
    SPONSORED = "sponsored", _("sponsored")


class Block(models.TextChoices):
    """The blocks that every front page has. Editors name others of their own."""

    LEAD = "lead", _("lead story")
    TOP = "top", _("top stories")
    HOT = "hot", _("hot events")
    OPINION = "opinion", _("opinion")
    LATEST = "latest", _("latest news")


class Filling(models.TextChoices):
    """What fills the places of a block that no editor filled."""

    NEWEST = "newest", _("the newest")
    HOT = "hot", _("hot events")
    OPINION = "opinion", _("opinion")
    CATEGORY = "category", _("the newest of a category")
    NOTHING = "nothing", _("nothing")


class LinkKind(models.TextChoices):
    """What a signed link to an article is for."""

    PREVIEW = "preview", _("preview")
    APPROVAL = "approval", _("approval by a director")


class Planning(models.TextChoices):
    """Why an article stands in the calendar."""

    PLANNED = "planned", pgettext_lazy("calendar", "planned")
    SCHEDULED = "scheduled", pgettext_lazy("calendar", "scheduled")
    PUBLISHED = "published", pgettext_lazy("calendar", "published")


class LinkState(models.TextChoices):
    """What became of a signed link to an article."""

    OPEN = "open", pgettext_lazy("link", "open")
    USED = "used", pgettext_lazy("link", "used")
    REVOKED = "revoked", pgettext_lazy("link", "revoked")
    EXPIRED = "expired", pgettext_lazy("link", "expired")


class CorrectionKind(models.TextChoices):
    """Why an article carries a note."""

    CORRECTION = "correction", _("correction")
    CLARIFICATION = "clarification", _("clarification")
    UPDATE = "update", _("update")


class Period(models.TextChoices):
    """How far back a list of what was read most looks."""

    DAY = "24h", _("24 hours")
    WEEK = "7d", _("7 days")
