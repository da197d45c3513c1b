"""Tags in the admin: their other names, and two that are one."""

from typing import Any

import taggit.admin
import taggit.models
from django import forms
from django.contrib import admin, messages
from django.contrib.admin.widgets import AdminTextInputWidget
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from articles.admin.folded import FoldedSearchAdmin, has_words
from articles.admin.languages import LanguageAdmin
from articles.folding import search_words
from articles.models import ArticleTag, Tag
from articles.tagging import join_names, parse_tags

MOST_AT_ONCE = 50

admin.site.unregister(taggit.models.Tag)  # ours carries labels and a folded name


class TagForm(forms.ModelForm):
    """A tag with its other names, which are tags that were merged into it."""

    other_names = forms.CharField(
        label=_("Other names"),
        required=False,
        max_length=2000,
        widget=AdminTextInputWidget,
        help_text=_("Separated by commas. Typed on an article, each of them gives this tag."),
    )

    class Meta:
        model = Tag
        fields: tuple[str, ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial.setdefault("other_names", join_names(self.instance.other_names()))

    def clean_other_names(self) -> list[str]:
        """Names that no other tag has; each is judged by the tag's own field."""
        names = parse_tags(self.cleaned_data["other_names"])
        for name in names:
            Tag._meta.get_field("name").run_validators(name)
        known = Tag.objects.named(names)
        errors = [self._refusal(name, known.get(Tag.fold_name(name))) for name in names]
        if any(errors):
            raise ValidationError([error for error in errors if error])
        return names

    def _refusal(self, name: str, owner: Tag | None) -> ValidationError | None:
        if owner is None or owner.pk == self.instance.pk:
            return None
        if Tag.fold_name(name) == owner.folded:
            message = gettext(
                "“%(name)s” is a tag of its own. To make the two one, "
                "mark both in the list of tags and choose “Merge tags”."
            )
            return ValidationError(message, code="standing", params={"name": owner.name})
        message = gettext("“%(name)s” is another name of “%(tag)s” already. Take it away there first.")
        return ValidationError(message, code="merged", params={"name": name, "tag": owner.name})

    def _save_m2m(self) -> None:
        super()._save_m2m()  # type: ignore[misc]
        self.instance.set_other_names(self.cleaned_data["other_names"])


class MergeForm(forms.Form):
    """Which of several tags stays."""

    target = forms.ModelChoiceField(queryset=Tag.objects.none(), widget=forms.RadioSelect, empty_label=None)

    def __init__(self, tags: QuerySet, data: Any = None) -> None:
        super().__init__(data)
        self.fields["target"].queryset = tags  # type: ignore[attr-defined]


@admin.register(Tag)
class TagAdmin(FoldedSearchAdmin, LanguageAdmin):
    """Tags that stand for themselves; those that were merged are other names of them."""

    form = TagForm
    list_display = ("name", "label")
    fields = ("name", "slug", "label", "other_names")
    ordering = ("sort_key", "pk")
    actions = ("merge",)
    show_full_result_count = False

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).filter(merged_into=None)

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:
        """Tags are found by their other names as well."""
        if not search_words(search_term):
            return queryset, False
        names = Tag.objects.filter(has_words(search_term), merged_into__isnull=False)
        return queryset.filter(has_words(search_term) | Q(pk__in=names.values("merged_into"))), False

    @admin.display(description=_("Other names"))
    def other_names(self, tag: Tag) -> str:
        """For those who may only read the form."""
        return join_names(tag.other_names())

    def has_merge_permission(self, request: HttpRequest) -> bool:
        return self.has_change_permission(request) and self.has_delete_permission(request)

    @admin.action(permissions=["merge"], description=_("Merge tags"))
    def merge(self, request: HttpRequest, queryset: QuerySet) -> HttpResponse | None:
        """Ask which of the marked tags stays, then make the others its names."""
        chosen = list(queryset.values_list("pk", flat=True)[: MOST_AT_ONCE + 1])
        if not 2 <= len(chosen) <= MOST_AT_ONCE:
            sentence = gettext("Mark the tags that are one: at least two, at most %(count)d.") % {"count": MOST_AT_ONCE}
            self.message_user(request, sentence, messages.WARNING)
            return None
        tags = _counted(chosen)
        form = MergeForm(tags, request.POST if "confirmed" in request.POST else None)
        if not form.is_valid():
            return self._ask(request, form, list(tags))
        self._merge(request, form.cleaned_data["target"], list(tags))
        return None

    def _ask(self, request: HttpRequest, form: MergeForm, tags: list[Tag]) -> HttpResponse:
        """The page that shows what will happen."""
        context = {
            **self.admin_site.each_context(request),
            "title": gettext("Merge tags"),
            "opts": self.opts,
            "media": self.media,
            "form": form,
            "tags": tags,
            "most": max(tags, key=lambda tag: tag.article_count),  # type: ignore[attr-defined]
            "articles": ArticleTag.objects.filter(tag__in=tags).values("content_object").distinct().count(),
        }
        return TemplateResponse(request, "admin/articles/tag/merge.html", context)

    def _merge(self, request: HttpRequest, target: Tag, tags: list[Tag]) -> None:
        others = [tag for tag in tags if tag != target]
        with transaction.atomic():
            for tag in others:
                tag.merge_into(target, by=request.user)
        message = ngettext(
            "%(count)d tag was merged into “%(tag)s”.", "%(count)d tags were merged into “%(tag)s”.", len(others)
        )
        self.message_user(request, message % {"count": len(others), "tag": target}, messages.SUCCESS)


def _counted(keys: list[int]) -> QuerySet:
    """The tags with the number of their articles and their other names."""
    tags = Tag.objects.filter(pk__in=keys).order_by("sort_key", "pk").prefetch_related("merged")
    return tags.annotate(article_count=Count("article_rows"))
