"""Adverts of the house: what stands where and until when, with a look at each."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from articles.admin.picking import PictureFieldAdmin
from articles.admin.times import WALL_CLOCKS, time_cell
from newsroom.models import Advert


@admin.register(Advert)
class AdvertAdmin(PictureFieldAdmin):
    """The list tells what readers see now; the form shows the advert as it stands on the page."""

    list_display = ("name", "slot", "language", "position", "state_now", "begins", "ends", "look")
    list_filter = ("slot", "language", "is_active")
    list_select_related = ("picture",)
    search_fields = ("name", "address")
    ordering = ("slot", "position", "pk")
    autocomplete_fields = ("picture",)  # asks for the right to see pictures
    formfield_overrides = WALL_CLOCKS
    fieldsets = (
        (None, {"fields": ("name", "picture", "address", "preview")}),
        (_("Place"), {"fields": ("slot", "language", "position")}),
        (_("When it is shown"), {"fields": ("is_active", "starts_at", "ends_at")}),
    )
    readonly_fields = ("preview",)

    class Media:
        css = {"all": ("newsroom/house.css",)}

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and db_field.name == "address":
            field.widget.attrs["dir"] = "ltr"
        return field

    @admin.display(description=_("state"))
    def state_now(self, advert: Advert) -> str:
        return str(advert.state.label)

    @admin.display(description=_("shown from"), ordering="starts_at")
    def begins(self, advert: Advert) -> str:
        return time_cell(advert.starts_at)

    @admin.display(description=_("shown until"), ordering="ends_at")
    def ends(self, advert: Advert) -> str:
        return time_cell(advert.ends_at)

    @admin.display(description=_("picture"))
    def look(self, advert: Advert) -> str:
        return render_to_string("admin/newsroom/advert/_look.html", {"picture": advert.picture})

    @admin.display(description=_("preview"))
    def preview(self, advert: Advert) -> str:
        """As readers see it; before the first save there is nothing to see."""
        if advert.pk is None:
            return "—"
        return render_to_string("newsroom/_advert.html", {"advert": advert})
