"""What the desk keeps beside the comments: originals, numbers, saved filters."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from comments.models.comment import Comment


class CommentRevision(models.Model):
    """The text as it stood before a moderator changed it. Erasable; the log keeps its hash alone."""

    comment = models.ForeignKey(Comment, verbose_name=_("comment"), on_delete=models.CASCADE, related_name="revisions")
    revision = models.PositiveIntegerField(_("revision"))
    text = models.TextField(_("text"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("by"), on_delete=models.PROTECT, related_name="+")
    act = models.UUIDField(editable=False)
    at = models.DateTimeField(_("when"), auto_now_add=True)

    class Meta:
        verbose_name = _("revision of a comment")
        verbose_name_plural = _("revisions of comments")
        constraints = [models.UniqueConstraint(fields=["comment", "revision"], name="comment_revision_once")]

    def __str__(self) -> str:
        return f"{self.comment_id}/{self.revision}"


class Tally(models.Model):
    """How many comments stand in a status (`status:pending`) or wait in a queue (`queue:first`).

    Counted by the database itself (comments/triggers.py).
    """

    key = models.CharField(max_length=40, primary_key=True)
    value = models.IntegerField(default=0)

    class Meta:
        verbose_name = _("count of comments")
        verbose_name_plural = _("counts of comments")

    def __str__(self) -> str:
        return f"{self.key}: {self.value}"


class ArticleTally(models.Model):
    """How many comments of an article readers see, and how many wait. Counted by the database itself."""

    article = models.OneToOneField(
        "articles.Article",
        primary_key=True,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        related_name="comment_tally",
    )
    approved = models.IntegerField(default=0)
    pending = models.IntegerField(default=0)

    class Meta:
        verbose_name = _("count of an article’s comments")
        verbose_name_plural = _("counts of articles’ comments")

    def __str__(self) -> str:
        return f"{self.article_id}: {self.approved}"


class SavedFilter(models.Model):
    """A filter of the desk under a name: a queue with an address."""

    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("by"), on_delete=models.CASCADE, related_name="comment_filters"
    )
    name = models.CharField(_("name"), max_length=60)
    query = models.CharField(max_length=4000)  # as it stands in the desk's address
    shared = models.BooleanField(_("shown to colleagues"), default=False)

    class Meta:
        verbose_name = _("saved filter")
        verbose_name_plural = _("saved filters")
        constraints = [models.UniqueConstraint(fields=["by", "name"], name="saved_filter_name_once")]

    def __str__(self) -> str:
        return self.name
