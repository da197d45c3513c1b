"""Word rules, each of which can be tried before it is stored."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.helpers import AdminErrorList, AdminForm
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from articles.admin.folded import first_words
from articles.admin.times import WALL_CLOCKS, time_cell
from articles.wording import percent
from comments.admin.scope import ScopedAdmin
from comments.models import WordRule
from comments.rules import has_letters
from comments.rules.trial import try_rule

TRY = "_try"
LOOKED_AT_WHEN_SAVING = 1_000  # comments
WIDE = frozenset({"phrase", "article", "category"})  # what can make a rule meet more


class WordRuleForm(forms.ModelForm):
    """A rule. What meets too much is stored only with a second, express yes."""

    confirmed = forms.BooleanField(
        label=_("Store this rule all the same"), required=False, widget=forms.HiddenInput(attrs={"value": ""})
    )

    def clean_phrase(self) -> str:
        phrase = " ".join(self.cleaned_data["phrase"].split())
        if not has_letters(phrase):
            raise ValidationError(_("A rule needs at least one letter or digit."), code="letters")
        return phrase

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]
        if self.errors or TRY in self.data or not WIDE & set(self.changed_data):
            return
        trial = try_rule(self.instance, LOOKED_AT_WHEN_SAVING)
        if trial.is_broad:
            self._ask(trial.met, trial.seen)

    def _ask(self, met: int, seen: int) -> None:
        """Show the tick; without it, nothing is stored."""
        self.fields["confirmed"].widget = forms.CheckboxInput()
        if not self.cleaned_data.get("confirmed"):
            sentence = _(
                "Comments that this rule meets: %(met)s of the newest %(seen)s. It meets many, or words of almost every"
                " comment: make it narrower, or tick this box."
            )
            self.add_error("confirmed", ValidationError(sentence, code="broad", params={"met": met, "seen": seen}))


@admin.register(WordRule)
class WordRuleAdmin(ScopedAdmin):
    """Rules with their numbers, and a dry run on the last thirty days."""

    form = WordRuleForm
    change_form_template = "admin/comments/wordrule/change_form.html"
    list_display = ("phrase_cell", "action", "scope", "hits", "overturned_share", "last_hit", "ends", "in_force")
    list_filter = ("action", "is_active")
    search_fields = ("phrase",)
    show_facets = admin.ShowFacets.NEVER
    ordering = ("-pk",)
    formfield_overrides = WALL_CLOCKS
    fieldsets = (
        (None, {"fields": ("phrase", "action", "allowed", "confirmed")}),
        (_("Where and how long"), {"fields": ("article", "category", "until", "is_active")}),
        (_("Numbers"), {"fields": ("hits", "overturned_share", "last_hit", "created_by", "created_at")}),
    )
    readonly_fields = ("hits", "overturned_share", "last_hit", "created_by", "created_at")

    class Media:
        css = {"all": ["comments/rules.css"]}

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """A rule that is not stored yet has no numbers."""
        return self.fieldsets if obj else self.fieldsets[:2]

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and db_field.name in ("phrase", "allowed"):
            field.widget.attrs["dir"] = "auto"
        if field and db_field.name == "allowed":
            field.widget.attrs["rows"] = 4
        return field

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:
        return super().get_search_results(request, queryset, first_words(search_term))

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if not change:
            obj.created_by = request.user
        super().save_model(request, obj, form, change)

    def changeform_view(self, request: HttpRequest, object_id: Any = None, *args: Any, **kwargs: Any) -> Any:
        if request.method == "POST" and TRY in request.POST:
            return self._try(request, object_id)
        return super().changeform_view(request, object_id, *args, **kwargs)

    def _try(self, request: HttpRequest, object_id: str | None) -> HttpResponseBase:
        """The form again as it was filled in, with what the rule would have met; nothing is stored."""
        rule = self.get_object(request, object_id) if object_id else None
        if object_id and rule is None:
            raise Http404
        if not (self.has_change_permission(request, rule) if rule else self.has_add_permission(request)):
            raise PermissionDenied
        fieldsets = self.get_fieldsets(request, rule)
        form = self.get_form(request, rule, change=bool(rule))(request.POST, request.FILES, instance=rule)
        trial = try_rule(form.instance) if form.is_valid() else None
        read_only = self.get_readonly_fields(request, rule)
        page = AdminForm(form, list(fieldsets), {}, read_only, model_admin=self)
        context = {
            **self.admin_site.each_context(request),
            "title": self.opts.verbose_name,
            "adminform": page,
            "object_id": object_id,
            "original": rule,
            "media": self.media + page.media,
            "inline_admin_formsets": [],
            "errors": AdminErrorList(form, []),
            "preserved_filters": self.get_preserved_filters(request),
            "trial": trial,
        }
        return self.render_change_form(request, context, add=not rule, change=bool(rule), obj=rule)

    @admin.display(description=_("word or phrase"), ordering="phrase")
    def phrase_cell(self, rule: WordRule) -> str:
        return format_html("<bdi>{}</bdi>", rule.phrase)

    @admin.display(description=_("overturned"))
    def overturned_share(self, rule: WordRule) -> str:
        return percent(round(100 * max(0, rule.overturned) / rule.hits)) if rule.hits else "—"

    @admin.display(description=_("last hit"), ordering="last_hit_at")
    def last_hit(self, rule: WordRule) -> str:
        return time_cell(rule.last_hit_at)

    @admin.display(description=_("in force until"), ordering="until")
    def ends(self, rule: WordRule) -> str:
        return time_cell(rule.until)

    @admin.display(description=_("in force"), boolean=True)
    def in_force(self, rule: WordRule) -> bool:
        return rule.is_in_force
