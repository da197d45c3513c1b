"""The picture library."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.actions import delete_selected
from django.contrib.auth import get_user_model
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles.admin.folded import FoldedSearchAdmin
from articles.admin.languages import LanguageAdmin
from articles.admin.picking import PickingAdmin
from articles.admin.uploading import ACCEPTED, UploadingAdmin
from articles.bidi import isolate
from articles.folding import fold_all, search_words
from articles.models import Article, Picture
from articles.uses import articles_with, count_uses, is_used, others_with

MOST_COUNTED = 5_000
MOST_LISTED = 30
OPEN_ALL = "articles.edit_every_article"


class CappedPaginator(Paginator):
    """Counts no further than MOST_COUNTED: who has not found a picture by then searches for it."""

    @cached_property
    def count(self) -> int:
        pictures: Any = self.object_list
        return pictures[:MOST_COUNTED].count()


class PictureForm(forms.ModelForm):
    """A picture and what is said of it. A file that is in the library already is not stored again."""

    class Meta:
        model = Picture
        fields: tuple[str, ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "file" in self.fields:
            self.fields["file"].max_length = None  # type: ignore[attr-defined]  # it gets another name anyway
            self.fields["file"].widget.attrs["accept"] = ACCEPTED

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]
        twin = None if self.errors.get("file") else self.instance.twin()
        if twin:
            sentence = gettext("This picture is in the library already: {link}.")
            address = reverse("admin:articles_picture_change", args=[twin.pk])
            link = format_html('<a href="{}"><bdi>{}</bdi></a>', address, twin)
            self.add_error("file", format_html(sentence, link=link))


class UploaderFilter(admin.SimpleListFilter):
    title = _("uploaded by")
    parameter_name = "by"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("me", _("me"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset.filter(uploaded_by=request.user) if self.value() == "me" else queryset


class LackFilter(admin.SimpleListFilter):
    title = _("what is missing")
    parameter_name = "lacks"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("alt", _("without a description")), ("credit", _("without a credit")), ("use", _("not in use"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        wanted = {"alt": Q(alt=None) | Q(alt=""), "credit": Q(credit=""), "use": ~is_used()}
        return queryset.filter(wanted[self.value()]) if self.value() in wanted else queryset  # type: ignore[index]


class TimeFilter(admin.SimpleListFilter):
    title = _("uploaded")
    parameter_name = "since"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("day", _("today")), ("month", _("this month"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
        starts = {"day": midnight, "month": midnight.replace(day=1)}
        return queryset.filter(uploaded_at__gte=starts[self.value()]) if self.value() in starts else queryset  # type: ignore[index]


@admin.register(Picture)
class PictureAdmin(PickingAdmin, UploadingAdmin, FoldedSearchAdmin, LanguageAdmin):
    """All see all pictures. Journalists change what they uploaded themselves, editors everything."""

    form = PictureForm
    change_list_template = "admin/articles/picture/change_list.html"
    change_form_template = "admin/articles/picture/change_form.html"
    list_display = ("__str__",)
    list_filter = (UploaderFilter, LackFilter, TimeFilter)
    list_select_related = ("uploaded_by",)
    list_per_page = 48
    list_max_show_all = 0
    paginator = CappedPaginator
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    fields = ("file", "alt", "caption", "credit", ("focus_x", "focus_y"))
    ordering = ("-pk",)
    actions = ("delete_selected",)

    class Media:
        css = {"all": ("articles/admin.css", "articles/pictures.css")}
        js = ("articles/uploads.js", "articles/picker.js", "articles/focus.js")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        allowed = super().has_change_permission(request, obj)
        return allowed and (obj is None or request.user.has_perm(OPEN_ALL) or obj.uploaded_by_id == request.user.pk)

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:
        """Every word stands in what is said of the picture, in its first name, or in the name of who uploaded it."""
        words = search_words(search_term)
        people = _names_of_staff() if words else {}
        for word in words:
            uploaders = [pk for pk, name in people.items() if word in name]
            queryset = queryset.filter(Q(folded_text__contains=word) | Q(uploaded_by__in=uploaders))
        return queryset, False

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        response = super().changelist_view(request, extra_context)
        changelist = getattr(response, "context_data", {}).get("cl")
        if changelist is not None:
            uses = count_uses(picture.pk for picture in changelist.result_list)
            for picture in changelist.result_list:
                picture.uses = uses[picture.pk]
            response.context_data["is_cut"] = changelist.result_count >= MOST_COUNTED  # type: ignore[attr-defined]
        return response

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        picture = context.get("original")
        if picture is not None:
            context["uses"] = count_uses([picture.pk])[picture.pk]
            context["places"] = self._places(request, picture)
        return super().render_change_form(request, context, *args, **kwargs)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if not change:
            obj.uploaded_by = request.user
        super().save_model(request, obj, form, change)

    def delete_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        picture = self.get_object(request, object_id)
        if picture is not None and self.has_delete_permission(request, picture):
            uses = count_uses([picture.pk])[picture.pk]
            if uses:
                self._refuse(request, picture, uses)
                return HttpResponseRedirect(reverse("admin:articles_picture_change", args=[picture.pk]))
        return super().delete_view(request, object_id, extra_context)

    @admin.action(permissions=["delete"], description=_("Delete"))
    def delete_selected(self, request: HttpRequest, queryset: QuerySet) -> HttpResponse | None:
        """Ask about those that nothing shows; the others stay, and why is told."""
        used = list(queryset.filter(is_used())[: self.list_per_page])
        uses = count_uses(picture.pk for picture in used)
        for picture in used:
            self._refuse(request, picture, uses[picture.pk])
        unused = queryset.exclude(is_used())
        return delete_selected(self, request, unused) if unused.exists() else None

    def _refuse(self, request: HttpRequest, picture: Picture, uses: Any) -> None:
        sentence = gettext("“%(picture)s” is in use (%(uses)s), so it was not deleted. Take it off there first.")
        told = {"picture": isolate(picture), "uses": uses}
        self.message_user(request, sentence % told, messages.WARNING)

    def _places(self, request: HttpRequest, picture: Picture) -> dict[str, Any]:
        """Where the picture is in use, as far as this person may know."""
        shown = Article._base_manager.filter(articles_with(picture)).order_by("-pk")
        theirs = self.admin_site.get_model_admin(Article).get_queryset(request).filter(articles_with(picture))
        known = theirs.order_by("-pk").only("pk", "title_ar", "title_fr", "title_en", "slug")
        listed = [(str(article), _change_address(article)) for article in known[:MOST_LISTED]]
        listed += [(str(other), _change_address(other)) for other in others_with(picture)]
        return {"listed": listed, "hidden": shown.count() - min(known.count(), MOST_LISTED)}


def _names_of_staff() -> dict[int, str]:
    """The folded names of the members of staff."""
    staff = get_user_model()._default_manager.filter(is_staff=True)
    return {pk: fold_all(names) for pk, *names in staff.values_list("pk", "first_name", "last_name", "username")}


def _change_address(shown: Any) -> str:
    try:
        return reverse(f"admin:{shown._meta.app_label}_{shown._meta.model_name}_change", args=[shown.pk])
    except NoReverseMatch:
        return ""
