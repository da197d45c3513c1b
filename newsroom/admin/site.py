"""The newspaper's settings, with the links and accounts of every page."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Field, URLField
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _

from articles.admin.languages import LanguageAdmin, LanguageInline
from articles.admin.picking import PictureFieldAdmin
from articles.models import Category
from newsroom.admin.roles import RolesField
from newsroom.models import MenuLink, SiteSettings, SocialAccount

WORDS = ("name", "tagline", "imprint")


class LabelledFormSet(forms.BaseInlineFormSet):
    """Rows whose fields say what they are: the heading of a column is no label."""

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        for name, field in form.fields.items():
            field.widget.attrs["aria-label"] = field.label or name


class SocialAccountInline(admin.TabularInline):
    model = SocialAccount
    formset = LabelledFormSet
    fields = ("network", "address", "position")
    ordering = ("position", "pk")
    extra = 0

    def formfield_for_dbfield(self, db_field: Field, request: HttpRequest, **kwargs: Any) -> Any:
        if isinstance(db_field, URLField):
            kwargs |= {"assume_scheme": "https", "widget": forms.URLInput(attrs={"class": "vURLField"})}
        return super().formfield_for_dbfield(db_field, request, **kwargs)


class MenuLinkInline(LanguageInline):
    model = MenuLink
    fields = ("label", "place", "page", "address", "position")
    ordering = ("place", "position", "pk")
    extra = 0

    def formfield_for_dbfield(self, db_field: Field, request: HttpRequest, **kwargs: Any) -> Any:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and db_field.name == "address":
            field.widget.attrs["dir"] = "ltr"
            field.help_text = _("A whole address (https://…), or one of this site (/latest/). Choose no page then.")
        return field


@admin.register(SiteSettings)
class SiteSettingsAdmin(PictureFieldAdmin, LanguageAdmin):
    """The one row of settings: the list leads straight to its form."""

    fieldsets = (
        (None, {"fields": (*(f"{word}_ar" for word in WORDS), "logo", "contact_email")}),
        (_("French"), {"classes": ("collapse",), "fields": tuple(f"{word}_fr" for word in WORDS)}),
        (_("English"), {"classes": ("collapse",), "fields": tuple(f"{word}_en" for word in WORDS)}),
        (_("Menu"), {"fields": ("sections",)}),
        (_("Hijri date"), {"fields": ("shows_hijri", "hijri_offset")}),
        (_("Security"), {"fields": ("two_factor_groups",)}),
    )
    readonly_fields = ("sections",)
    autocomplete_fields = ("logo",)  # asks for the right to see pictures
    inlines = (MenuLinkInline, SocialAccountInline)

    class Media:
        css = {"all": ("newsroom/house.css",)}

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "two_factor_groups":
            return RolesField(label=db_field.verbose_name, help_text=db_field.help_text)
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    @admin.display(description=_("sections of the menu"))
    def sections(self, settings: SiteSettings | None) -> str:
        """The categories that stand in the menu, in its order, and the way to where they are put there."""
        shown = Category.objects.filter(in_menu=True, parent=None).order_by("position", "pk")
        names = format_html_join("، ", "<bdi>{}</bdi>", ((each,) for each in shown))
        link = reverse("admin:articles_category_changelist")
        return format_html('{}<br><a href="{}">{}</a>', names or "—", link, _("Change the sections"))

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """There is nothing to list."""
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        settings = SiteSettings.objects.first()
        if settings:
            return redirect("admin:newsroom_sitesettings_change", settings.pk)
        return redirect("admin:newsroom_sitesettings_add")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return super().has_add_permission(request) and not SiteSettings.objects.exists()

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
