"""Actions of the list of articles that ask for something first: an end, a category, tags."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from taggit.forms import TagField

from articles.admin.rights import is_editor
from articles.admin.times import WallClockField
from articles.curating import add_tags, set_hot, set_main_category, unset_hot
from articles.models import Article, Category, Tag
from articles.wording import counted

MOST = 200


class HotForm(forms.Form):
    until = WallClockField(label=_("Hot until"), required=False, help_text=_("Empty: until taken off."))

    def clean_until(self) -> Any:
        until = self.cleaned_data["until"]
        if until and until <= timezone.now():
            raise ValidationError(_("This time is over already. Choose a later one."))
        return until


class CategoryForm(forms.Form):
    category = forms.ModelChoiceField(label=_("Main category"), queryset=Category.objects.order_by("position", "pk"))


class TagsForm(forms.Form):
    names = TagField(label=_("Tags"), help_text=_("Separated by commas, Arabic or Latin."))

    def clean_names(self) -> list[str]:
        names: list[str] = self.cleaned_data["names"]
        for name in names:
            Tag._meta.get_field("name").run_validators(name)  # type: ignore[union-attr]
        if not names:
            raise ValidationError(_("Write at least one tag."))
        return names


@dataclass(frozen=True)
class Bulk:
    """`take(article, by=…, **what the form says)` does it to one article and says whether anything changed."""

    name: str
    label: Any
    take: Callable[..., bool]
    form: type[forms.Form] = forms.Form


BULK = (
    Bulk("set_hot", _("Mark as hot event…"), set_hot, HotForm),
    Bulk("unset_hot", _("Take off the hot events…"), unset_hot),
    Bulk("set_category", _("Change the main category…"), set_main_category, CategoryForm),
    Bulk("add_tags", _("Add tags…"), add_tags, TagsForm),
)


class BulkAdmin(admin.ModelAdmin):
    """A model admin of articles whose editors change many at once. The rights are asked article by article."""

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.actions = [*self.actions, *(_as_action(bulk) for bulk in BULK)]  # type: ignore[list-item]

    def has_curate_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return is_editor(request) and self.has_change_permission(request, obj)

    def ask(self, request: HttpRequest, bulk: Bulk, articles: list[Article]) -> HttpResponse | None:
        """A page that asks what the action needs and names the articles; None once that was answered."""
        if len(articles) > MOST:
            sentence = ngettext(
                "Choose at most %(count)s article at a time.", "Choose at most %(count)s articles at a time.", MOST
            )
            self.message_user(request, counted(sentence, MOST), messages.WARNING)
            return None
        form = bulk.form(request.POST if "_apply" in request.POST else None)
        if form.is_valid():
            self._apply(request, bulk, articles, form.cleaned_data)
            return None
        context = {
            **self.admin_site.each_context(request),
            "title": bulk.label,
            "opts": self.opts,
            "form": form,
            "bulk": bulk,
            "articles": articles,
            "checkbox": ACTION_CHECKBOX_NAME,
            "media": self.media + form.media,
        }
        return TemplateResponse(request, "admin/articles/article/bulk.html", context)

    def _apply(self, request: HttpRequest, bulk: Bulk, articles: list[Article], answers: dict[str, Any]) -> None:
        done = sum(self._take(request, bulk, article, answers) for article in articles)
        left = len(articles) - done
        if done:
            sentence = ngettext("%(count)s article was changed.", "%(count)s articles were changed.", done)
            self.message_user(request, counted(sentence, done), messages.SUCCESS)
        if left:
            sentence = ngettext(
                "%(count)s article was left as it is.", "%(count)s articles were left as they are.", left
            )
            self.message_user(request, counted(sentence, left), messages.WARNING)

    def _take(self, request: HttpRequest, bulk: Bulk, article: Article, answers: dict[str, Any]) -> bool:
        if not self.has_curate_permission(request, article):
            return False
        try:
            done = bulk.take(article, by=request.user, **answers)
        except (ValidationError, ObjectDoesNotExist):  # deleted or changed in between
            return False
        if done:
            self.log_change(request, article, str(bulk.label).rstrip("…"))
        return done


def _as_action(bulk: Bulk) -> Callable[[BulkAdmin, HttpRequest, QuerySet[Article]], HttpResponse | None]:
    def action(model_admin: BulkAdmin, request: HttpRequest, queryset: QuerySet[Article]) -> HttpResponse | None:
        return model_admin.ask(request, bulk, list(queryset[: MOST + 1]))

    action.__name__ = bulk.name
    return admin.action(action, permissions=["curate"], description=bulk.label)
