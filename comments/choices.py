"""The words that the columns of a comment and of a decision may hold."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Status(models.TextChoices):
    """Where a comment stands."""

    PENDING = "pending", pgettext_lazy("comment", "pending")
    APPROVED = "approved", pgettext_lazy("comment", "approved")
    REJECTED = "rejected", pgettext_lazy("comment", "rejected")
    SPAM = "spam", pgettext_lazy("comment", "spam")


class Mode(models.TextChoices):
    """How an article, a category or the site takes comments."""

    PRE = "pre", _("shown after approval")
    POST = "post", _("shown at once, moderated afterwards")
    CLOSED = "closed", _("closed")


class Reason(models.TextChoices):
    """Why a comment got its state: the policy's step, or a person's word."""

    HELD = "held", _("held for a moderator, as every comment is by default")
    POST_MODERATED = "post_moderated", _("comments here are shown at once")
    HONEYPOT = "honeypot", _("a field was filled in that readers do not see")
    MODERATOR = "moderator", _("decided by a moderator")
