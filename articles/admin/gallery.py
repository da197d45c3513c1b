"""The pictures of a photo gallery, below the article that shows them."""

from typing import Any

from django.contrib import admin
from django.db.models import Field
from django.http import HttpRequest

from articles.admin.picking import PictureFields
from articles.models import Article, GalleryPicture


class GalleryInline(PictureFields, admin.TabularInline):
    """Whoever may write the article chooses its pictures; whoever may read it sees them."""

    model = GalleryPicture
    fields = ("picture", "position")
    autocomplete_fields = ("picture",)
    ordering = ("position", "pk")
    extra = 0
    classes = ("gallery-pictures",)

    def formfield_for_dbfield(self, db_field: Field, request: HttpRequest, **kwargs: Any) -> Any:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field:  # the heads of the columns are no labels
            field.widget.attrs["aria-label"] = field.label
        return field

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("picture")

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._articles.has_view_permission(request, obj)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        articles = self._articles
        return articles.has_change_permission(request, obj) if obj and obj.pk else articles.has_add_permission(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_add_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_add_permission(request, obj)

    @property
    def _articles(self) -> Any:
        return self.admin_site.get_model_admin(Article)
