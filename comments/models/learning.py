"""What the local learner remembers, and the marks by which comments that are alike are found."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from comments.models.comment import Comment


class Feature(models.Model):
    """In how many approved and how many refused comments a piece of text was seen.

    The row with an empty piece counts the comments themselves.
    """

    piece = models.CharField(max_length=40, primary_key=True)
    approved = models.IntegerField(default=0)
    refused = models.IntegerField(default=0)

    class Meta:
        verbose_name = _("piece of text that was learnt")
        verbose_name_plural = _("pieces of text that were learnt")

    def __str__(self) -> str:
        return self.piece


class Likeness(models.Model):
    """A band of a comment's MinHash signature: two comments that share one may be alike."""

    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="likenesses")
    band = models.BigIntegerField()

    class Meta:
        verbose_name = _("mark of likeness")
        verbose_name_plural = _("marks of likeness")
        # the newest comments that share a band
        indexes = [models.Index(fields=["band", "-comment"], name="likeness_band")]

    def __str__(self) -> str:
        return f"{self.comment_id}: {self.band}"
