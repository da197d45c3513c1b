"""The form in which journalists write."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.forms.utils import ErrorDict
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from articles.admin.choosing import ChooseMany, ManyField
from articles.checklist import draft_of
from articles.models import Article, Author, Byline, Category, Tag

# What is pasted into these is cleaned.
PASTED = ("kicker_", "title_", "summary_", "body_")
OVERWRITE = "_overwrite"
CHANGED_SINCE = _("This article was changed since you opened it. Nothing was saved, and your text is still here.")


def version_of(article: Article) -> str:
    """What a form is opened on: the instant of the last save."""
    return article.modified_at.isoformat() if article.pk else ""


class VersionField(forms.CharField):
    """The version that the form was opened on. It is no part of the article."""

    widget = forms.HiddenInput

    def has_changed(self, initial: Any, data: Any) -> bool:
        return False


class ArticleForm(forms.ModelForm):
    """An article with the two lists that the admin does not offer by itself, as their tables carry more."""

    version = VersionField(required=False)
    restored: QueryDict | None = None
    """An unsaved text that the form shows in place of the stored one, as it was typed."""
    handing_in: frozenset[str] = frozenset()
    """The buttons before which the checklist is gone through."""
    is_stale = False
    """Whether someone changed the article since the form was opened."""

    filed_under = ManyField(
        label=_("Categories"),
        queryset=Category.objects.order_by("position", "pk"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("All that it stands in. The main category is always among them."),
    )
    byline = ManyField(
        label=_("Authors"),
        queryset=Author.objects.order_by("sort_key", "pk"),
        required=False,
        widget=ChooseMany(Byline._meta.get_field("author"), admin.site),
    )

    class Meta:
        model = Article
        fields: tuple[str, ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial.setdefault("filed_under", self.instance.categories.all())
            self.initial.setdefault("byline", self.instance.authors.all())
            self.initial["version"] = version_of(self.instance)
        for name, field in self.fields.items():
            if name.startswith(PASTED):
                field.widget.attrs["data-paste-url"] = reverse("admin:articles_article_clean_paste")
        if "tags" in self.fields:
            offers = {"data-suggest-url": reverse("admin:articles_article_suggest_tags")}
            self.fields["tags"].widget.attrs |= offers | {"data-suggest-label": _("Suggested tags:")}

        if self.restored is not None and not self.is_bound:
            # Shown as typed, and not judged before it is sent.
            self.data, self.is_bound, self._errors = self.restored, True, ErrorDict()

    def is_multipart(self) -> bool:
        """Always: an Arabic letter then costs two bytes on its way, not six."""
        return True

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        self._check_version()
        if any(name in self.data for name in self.handing_in):
            self._check_list()
        return cleaned

    def _check_version(self) -> None:
        """Refuse to write over what the sender has not seen. Without a version nothing is compared."""
        stands, opened_on = version_of(self.instance), self.data.get(self.add_prefix("version"))
        if stands and opened_on and opened_on != stands and self.data.get(OVERWRITE) != stands:
            self.is_stale = True
            self.add_error(None, ValidationError(CHANGED_SINCE, code="stale"))

    def _check_list(self) -> None:
        """Hold back what lacks one of the few things that matter."""
        for finding in draft_of(dict(self.data.lists())).stopping():  # type: ignore[attr-defined]
            if finding.field in self.fields and finding.field not in self.errors:
                self.add_error(finding.field, ValidationError(finding.sentence, code="checklist"))

    def clean_tags(self) -> list[str]:
        """Names that a tag may have; each is judged by the tag's own field."""
        names: list[str] = self.cleaned_data["tags"]
        for name in names:
            Tag._meta.get_field("name").run_validators(name)
        return names

    def _save_m2m(self) -> None:
        super()._save_m2m()  # type: ignore[misc]
        self.instance.categories.set(self.cleaned_data["filed_under"])
        self._save_byline()

    def _save_byline(self) -> None:
        """Keep the order of those who stay; newcomers follow as they were chosen."""
        sent = [int(key) for key in self.data.getlist(self.add_prefix("byline"))]  # type: ignore[attr-defined]
        chosen = sorted(self.cleaned_data["byline"], key=lambda author: sent.index(author.pk))
        self.instance.bylines.exclude(author__in=chosen).delete()
        standing = dict(self.instance.bylines.values_list("author_id", "position"))
        for position, author in enumerate(chosen, start=max(standing.values(), default=-1) + 1):
            if author.pk not in standing:
                Byline.objects.create(article=self.instance, author=author, position=position)
