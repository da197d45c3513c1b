"""The form in which journalists write."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelectMultiple
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from articles.models import Article, Author, Byline, Category, Tag

# What is pasted into these is cleaned.
PASTED = ("kicker_", "title_", "summary_", "body_")


class ArticleForm(forms.ModelForm):
    """An article with the two lists that the admin does not offer by itself, as their tables carry more."""

    filed_under = forms.ModelMultipleChoiceField(
        label=_("Categories"),
        queryset=Category.objects.order_by("position", "pk"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("All that it stands in. The main category is always among them."),
    )
    byline = forms.ModelMultipleChoiceField(
        label=_("Authors"),
        queryset=Author.objects.order_by("sort_key", "pk"),
        required=False,
        widget=AutocompleteSelectMultiple(Byline._meta.get_field("author"), admin.site),
    )

    class Meta:
        model = Article
        fields: tuple[str, ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial.setdefault("filed_under", self.instance.categories.all())
            self.initial.setdefault("byline", self.instance.authors.all())
        for name, field in self.fields.items():
            if name.startswith(PASTED):
                field.widget.attrs["data-paste-url"] = reverse("admin:articles_article_clean_paste")
        if "tags" in self.fields:
            offers = {"data-suggest-url": reverse("admin:articles_article_suggest_tags")}
            self.fields["tags"].widget.attrs |= offers | {"data-suggest-label": _("Suggested tags:")}

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
