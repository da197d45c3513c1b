"""The board's small forms: times, the end of a hot event, the moment of a preview, a block."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

from articles.admin.times import WallClockField, WallClockInput
from articles.choices import Block, Filling
from articles.layout import Plan
from articles.models import Article, Category, FrontPageBlock, FrontPageSlot
from articles.models.article import LANGUAGE_CODES

MOST_PLACES = 30


class ClockInput(WallClockInput):
    """Date and time as the browser's own controls: a phone shows its calendar."""

    template_name = "django/forms/widgets/splitdatetime.html"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs)
        self.widgets = (
            forms.DateInput({"type": "date", "dir": "ltr"}, format="%Y-%m-%d"),
            forms.TimeInput({"type": "time", "dir": "ltr"}, format="%H:%M"),
        )

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        label = str(self.attrs.get("aria-label", ""))
        for part, words in zip(context["widget"]["subwidgets"], (_("Date"), _("Time")), strict=True):
            part["attrs"] |= {"aria-label": f"{label}: {words}" if label else str(words)}
        return context


def clock_field(label: Any, **options: Any) -> WallClockField:
    return WallClockField(label=label, widget=ClockInput({"aria-label": label}), **options)


class TimesForm(forms.Form):
    """From when until when a slot holds."""

    starts_at = clock_field(_("shown from"))
    ends_at = clock_field(_("shown until"), required=False)

    def __init__(self, slot: FrontPageSlot, data: Any = None) -> None:
        self.slot = slot
        initial = {"starts_at": slot.starts_at, "ends_at": slot.ends_at}
        super().__init__(data, initial=initial, prefix=f"times-{slot.pk}")

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        start, end = values.get("starts_at"), values.get("ends_at")
        if start and end and end <= start:
            self.add_error("ends_at", _("The end must come after the start."))
        return values


class HeatForm(forms.Form):
    """Until when an article is a hot event."""

    hot_until = clock_field(_("hot until"), required=False)

    def __init__(self, article: Article, data: Any = None) -> None:
        self.article = article
        super().__init__(data, initial={"hot_until": article.hot_until}, prefix=f"hot-{article.pk}")

    def clean_hot_until(self) -> Any:
        until = self.cleaned_data["hot_until"]
        if until and until <= timezone.now():
            raise ValidationError(_("The end must lie in the future."))
        return until


class MomentForm(forms.Form):
    """The moment at which the front page is to be seen."""

    at = clock_field(_("Front page at"))


class BlockForm(forms.ModelForm):
    """A block: what it is called where it is the editors' own, how long it is, and what fills it."""

    size = forms.IntegerField(label=_("number of articles"), min_value=1, max_value=MOST_PLACES, initial=4)

    class Meta:
        model = FrontPageBlock
        fields = [*(f"name_{code}" for code in LANGUAGE_CODES), "size", "filling", "category"]

    def __init__(self, plan: Plan | None, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["category"].queryset = Category.objects.order_by("position", "pk")  # type: ignore[attr-defined]
        self.fields["category"].help_text = _("Only for a block that a category fills.")
        if plan and not plan.is_own:
            for code in LANGUAGE_CODES:
                del self.fields[f"name_{code}"]
        else:
            self._name_languages()
        if plan and plan.key == Block.LEAD:
            del self.fields["size"]  # one story leads

    def _name_languages(self) -> None:
        for code in LANGUAGE_CODES:
            direction = "rtl" if get_language_info(code)["bidi"] else "ltr"
            self.fields[f"name_{code}"].widget.attrs |= {"lang": code, "dir": direction}
        self.fields["name_ar"].required = True

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if values.get("filling") != Filling.CATEGORY:
            values["category"] = None
        elif not values.get("category") and "category" not in self.errors:
            self.add_error("category", _("Choose the category that fills this block."))
        return values
