"""Redirects, one by one or pasted as lines, and the broken links that ask for them."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from articles.admin.folded import first_words
from articles.admin.times import time_cell
from newsroom.models import BrokenLink, Redirect
from newsroom.paths import clean_path, clean_target

GONE = "410"  # written for a new address, it says that there is none any more
MOST_LINES = 1000
MOST_ERRORS = 20  # shown at once
TYPED = 4500  # letters: an Arabic address as browsers copy it is nine times as long as what it says


class RedirectForm(forms.ModelForm):
    """Both addresses as they were copied; what is stored is what they say."""

    old_path = forms.CharField(
        label=_("old address"),
        max_length=TYPED,
        widget=forms.TextInput(attrs={"dir": "ltr", "class": "vTextField"}),
        help_text=_("Begins with one slash: /old-page/. What follows “?” does not count."),
    )
    new_path = forms.CharField(
        label=_("new address"),
        max_length=TYPED,
        required=False,
        widget=forms.TextInput(attrs={"dir": "ltr", "class": "vTextField"}),
        help_text=_("On this site. Left empty, the old address says that its page is gone for good."),
    )

    class Meta:
        model = Redirect
        fields = ("old_path", "new_path")

    def clean_old_path(self) -> str:
        return clean_path(self.cleaned_data["old_path"])

    def clean_new_path(self) -> str:
        target = self.cleaned_data["new_path"]
        return clean_target(target) if target else ""


class LinesForm(forms.Form):
    """Lines of an old and a new address each. `lead` makes them all redirects, or none."""

    lines = forms.CharField(
        label=_("One redirect a line"),
        max_length=MOST_LINES * 1000,
        widget=forms.Textarea(attrs={"rows": 15, "dir": "ltr"}),
        help_text=_(
            "The old address, a space, the new one. Write 410 for the new one where the page is gone for good."
        ),
    )

    def clean_lines(self) -> list[tuple[int, list[str]]]:
        lines = self.cleaned_data["lines"].splitlines()
        rows = [(number, line.split()) for number, line in enumerate(lines, start=1) if line.strip()]
        if len(rows) > MOST_LINES:
            raise ValidationError(_("Paste at most 1,000 lines at once."), code="many")
        return rows

    def lead(self, by: Any) -> int:
        """Make the redirects; says how many. Where one cannot be, none is, and the form says which and why."""
        errors: list[str] = []
        with transaction.atomic():
            for number, words in self.cleaned_data["lines"]:
                try:
                    _lead(words, by)
                except ValidationError as error:
                    errors += [_told(number, sentence) for sentence in error.messages]
            if errors:
                transaction.set_rollback(True)
        for sentence in errors[:MOST_ERRORS]:
            self.add_error("lines", sentence)
        return 0 if errors else len(self.cleaned_data["lines"])


def _lead(words: list[str], by: Any) -> None:
    if len(words) != 2:
        raise ValidationError(_("Write two addresses, parted by a space."), code="shape")
    old, new = words
    Redirect.objects.lead(old, "" if new == GONE else new, by)


def _told(number: int, sentence: str) -> str:
    return gettext("Line %(number)d: %(error)s") % {"number": number, "error": sentence}


@admin.register(Redirect)
class RedirectAdmin(admin.ModelAdmin):
    form = RedirectForm
    change_list_template = "admin/newsroom/redirect/change_list.html"
    list_display = ("old", "new", "by", "made")
    list_select_related = ("by",)
    search_fields = ("old_path", "new_path")
    show_full_result_count = False
    ordering = ("-created_at", "-pk")

    @admin.display(description=_("old address"), ordering="old_path")
    def old(self, row: Redirect) -> str:
        return format_html('<bdi dir="ltr">{}</bdi>', row.old_path)

    @admin.display(description=_("new address"), ordering="new_path")
    def new(self, row: Redirect) -> str:
        return format_html('<bdi dir="ltr">{}</bdi>', row.new_path) if row.new_path else gettext("gone for good")

    @admin.display(description=_("made"), ordering="created_at")
    def made(self, row: Redirect) -> str:
        return time_cell(row.created_at)

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:
        return super().get_search_results(request, queryset, first_words(search_term))

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        obj.by = request.user
        super().save_model(request, obj, form, change)

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view(self.import_view)
        return [path("import/", view, name="newsroom_redirect_import"), *super().get_urls()]

    def import_view(self, request: HttpRequest) -> HttpResponse:
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = LinesForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            count = form.lead(by=request.user)
            if count:
                sentence = ngettext("%(count)d redirect was made.", "%(count)d redirects were made.", count)
                messages.success(request, sentence % {"count": count})
                return redirect("admin:newsroom_redirect_changelist")
        context = {
            **self.admin_site.each_context(request),
            "form": form,
            "title": _("Paste redirects"),
            "opts": self.opts,
        }
        return TemplateResponse(request, "admin/newsroom/redirect/import.html", context)


@admin.register(BrokenLink)
class BrokenLinkAdmin(admin.ModelAdmin):
    """What readers asked for in vain. Each is led elsewhere, or dismissed."""

    list_display = ("address", "seen_on", "count", "latest", "remedy")
    list_display_links = None
    search_fields = ("path",)
    readonly_fields = ("first_at", "last_at")
    ordering = ("-last_at", "-pk")
    actions = ("dismiss",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        actions = super().get_actions(request)
        actions.pop("delete_selected", None)  # to dismiss is the same without a page that asks again
        return actions

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:
        return super().get_search_results(request, queryset, first_words(search_term))

    @admin.display(description=_("address"), ordering="path")
    def address(self, row: BrokenLink) -> str:
        return format_html('<bdi dir="ltr">{}</bdi>', row.path)

    @admin.display(description=_("seen on"), ordering="source")
    def seen_on(self, row: BrokenLink) -> str:
        return format_html('<a href="{0}"><bdi dir="ltr">{0}</bdi></a>', row.source) if row.source else "—"

    @admin.display(description=_("last"), ordering="last_at")
    def latest(self, row: BrokenLink) -> str:
        return time_cell(row.last_at)

    @admin.display(description=_("remedy"))
    def remedy(self, row: BrokenLink) -> str:
        query = QueryDict(mutable=True)
        query["old_path"] = row.path
        link = f"{reverse('admin:newsroom_redirect_add')}?{query.urlencode()}"
        return format_html('<a href="{}">{}</a>', link, _("Make a redirect"))

    @admin.action(description=_("Dismiss"), permissions=["delete"])
    def dismiss(self, request: HttpRequest, queryset: QuerySet[BrokenLink]) -> None:
        count, _rows = queryset.delete()
        sentence = ngettext("%(count)d broken link was dismissed.", "%(count)d broken links were dismissed.", count)
        messages.success(request, sentence % {"count": count})
