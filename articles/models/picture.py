"""The picture library."""

import re
import secrets
import unicodedata
from functools import partial
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.validators import MaxValueValidator
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from articles import renditions
from articles.models.naming import Folded
from articles.pictures import CleanPicture, clean_picture
from articles.querysets import FoldedQuerySet
from articles.signals import article_changed
from articles.validators import validate_characters


class Picture(Folded):
    """A picture with what must be said of it. The stored file is always one that was encoded here."""

    folded_from = ("alt", "caption", "credit", "original_name")

    file = models.FileField(_("file"), upload_to="pictures/%Y/%m/", max_length=200)
    alt = models.CharField(
        _("description for those who cannot see it"), max_length=300, blank=True, validators=[validate_characters]
    )
    caption = models.CharField(_("caption"), max_length=500, blank=True, validators=[validate_characters])
    credit = models.CharField(_("credit"), max_length=200, blank=True, validators=[validate_characters])
    focus_x = models.PositiveSmallIntegerField(
        _("focal point from the left, in percent"), default=50, validators=[MaxValueValidator(100)]
    )
    focus_y = models.PositiveSmallIntegerField(
        _("focal point from the top, in percent"), default=50, validators=[MaxValueValidator(100)]
    )
    width = models.PositiveIntegerField(_("width"), editable=False)
    height = models.PositiveIntegerField(_("height"), editable=False)
    digest = models.CharField(max_length=64, editable=False, db_index=True)  # finds a file uploaded twice
    uploaded_at = models.DateTimeField(_("uploaded"), auto_now_add=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("uploaded by"),
        null=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="uploaded_pictures",
    )
    original_name = models.CharField(_("name of the uploaded file"), max_length=200, blank=True, editable=False)

    objects = FoldedQuerySet.as_manager()

    class Meta:
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        indexes = [
            # What stands in a text, by the address there
            models.Index(fields=["file"], name="picture_file"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(focus_x__lte=100, focus_y__lte=100), name="picture_focus_within_it"
            ),
            models.CheckConstraint(condition=models.Q(width__gt=0, height__gt=0), name="picture_has_a_size"),
        ]

    def __str__(self) -> str:
        return self.alt or self.caption or self.original_name or str(self.file)

    def clean(self) -> None:
        """Refuse what is no picture beside its field, before anything is stored."""
        try:
            self._encoded()
        except ValidationError as error:
            raise ValidationError({"file": error}) from error

    @property
    def address(self) -> str:
        """Where the stored file is served; empty where the row names none."""
        return self.file.url if self.file else ""

    @property
    def key(self) -> str:
        """What the addresses of its renditions carry."""
        return renditions.key_of(self)

    def twin(self) -> "Picture | None":
        """The stored picture whose file is the same as that of this new one; ValidationError if it is no picture."""
        picture = self._encoded()
        if picture is None:
            return None
        return Picture.objects.filter(digest=picture.digest).exclude(pk=self.pk).order_by("pk").first()

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store the row, and a new file only after decoding and encoding it; ValidationError if it cannot be."""
        stored_before = bool(self.pk)
        former = self._former_file()
        name = self._store_file()
        try:
            with transaction.atomic():
                super().save(*args, **kwargs)
                if stored_before:
                    self._tell_pages()
        except BaseException:
            if name:  # no row, no file
                self.file.storage.delete(name)
            raise
        if stored_before:
            transaction.on_commit(partial(renditions.forget, self.pk, keep=self.key), robust=True)
        if former:
            transaction.on_commit(partial(self.file.storage.delete, former), robust=True)

    def _former_file(self) -> str:
        """The file that a new one takes the place of, to be deleted; empty where texts still show it."""
        if not self.pk or self._encoded() is None or self.figures.exists():
            return ""
        return Picture.objects.filter(pk=self.pk).values_list("file", flat=True).first() or ""

    def _store_file(self) -> str:
        """Store a new file under a random name, which is returned; empty where there is no new one."""
        picture = self._encoded()
        if picture is None:
            return ""
        self.original_name = clean_name(self.file.name or "")
        self.width, self.height, self.digest = picture.width, picture.height, picture.digest
        name = f"{secrets.token_hex(12)}.{picture.extension}"
        self.file.save(name, ContentFile(picture.content), save=False)
        return self.file.name or ""

    def _tell_pages(self) -> None:
        """Let the pages that show it know that it changed."""
        articles = {*self.articles.values_list("pk", flat=True), *self.figures.values_list("article_id", flat=True)}
        if articles:
            article_changed.send(sender=Picture, articles=frozenset(articles), everywhere=False)

    def _encoded(self) -> CleanPicture | None:
        """The new file, encoded anew once; None where the file is stored already."""
        if not self.file or self.file._committed:  # type: ignore[attr-defined]
            return None
        upload = self.file.file
        if getattr(self, "_encoded_from", None) is not upload:
            self._encoded_picture, self._encoded_from = clean_picture(upload), upload
        return self._encoded_picture


def clean_name(name: str) -> str:
    """The name of an uploaded file to be read by people: without folders and invisible characters, 200 at most."""
    last = re.split(r"[/\\]", name)[-1]
    shown = "".join(each if unicodedata.category(each)[0] != "C" else " " for each in last)
    return " ".join(shown.split())[:200]
