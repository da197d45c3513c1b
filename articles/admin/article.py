"""Writing, submitting and publishing."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.widgets import AdminURLFieldWidget
from django.db.models import Field, QuerySet, URLField
from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy as _
from js_asset import Media

from articles.admin.choosing import ChoosingAdmin
from articles.admin.corrections import CorrectingAdmin, CorrectionInline
from articles.admin.forms import ArticleForm
from articles.admin.gallery import GalleryInline
from articles.admin.languages import LanguageAdmin
from articles.admin.listing import ListingAdmin
from articles.admin.pasting import PastingAdmin
from articles.admin.picking import PictureFieldAdmin
from articles.admin.preview import PreviewAdmin
from articles.admin.preview_links import PreviewLinksAdmin
from articles.admin.rights import is_editor
from articles.admin.search import search_articles
from articles.admin.steps import LogInline, StepsAdmin
from articles.admin.suggestions import SuggestingAdmin
from articles.admin.times import WALL_CLOCKS
from articles.admin.versions import VersionsAdmin
from articles.admin.workflow import STEPS, WorkflowAdmin, actors
from articles.admin.writing import WritingAdmin
from articles.choices import Status
from articles.models import Article, RelatedArticle, StatusChange

WORDS = ("kicker", "title", "summary", "body")
SCRIPTS = ("editor", "pasting", "suggestions", "tabs", "checklist", "working-copy")


class RelatedInline(ChoosingAdmin, admin.TabularInline):
    model = RelatedArticle
    fk_name = "article"
    autocomplete_fields = ("related",)
    extra = 0


class StatusChangeInline(LogInline):
    model = StatusChange
    fields = readonly_fields = ("at", "who", "from_status", "to_status", "note")

    @admin.display(description=_("by"))
    def who(self, row: StatusChange) -> str:
        """Who took the step; for one that a director decided by a link, that name and whose link it was."""
        return actors(row)


@admin.register(Article)
class ArticleAdmin(
    WritingAdmin,
    PastingAdmin,
    PreviewAdmin,
    PreviewLinksAdmin,
    WorkflowAdmin,
    VersionsAdmin,
    ListingAdmin,
    SuggestingAdmin,
    CorrectingAdmin,
    PictureFieldAdmin,
    StepsAdmin,
    LanguageAdmin,
):
    """Journalists see and edit their own drafts; editors see everything and publish."""

    form = ArticleForm
    first_status = Status.DRAFT
    change_form_template = "admin/articles/article/change_form.html"
    steps = STEPS
    formfield_overrides = WALL_CLOCKS
    search_fields = ("title_ar",)  # shows the box; what is typed goes to the index
    ordering = ("-pk",)
    autocomplete_fields = ("picture", "answers")
    inlines = (GalleryInline, RelatedInline, CorrectionInline, StatusChangeInline)

    class Media:
        css = {"all": ("articles/admin.css", "articles/editor.css", "articles/writing.css")}
        js = tuple(f"articles/{name}.js" for name in SCRIPTS)

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        fieldsets = [
            (_("Arabic"), _language("ar")),
            (_("French"), _language("fr")),
            (_("English"), _language("en")),
            (
                _("Filing"),
                {"fields": ("kind", "category", "filed_under", "tags", "byline", "picture", "video_address")},
            ),
            (_("Planning"), {"fields": ("planned_for",)}),
        ]
        if is_editor(request):
            editing = ("published_at", "is_hot", "hot_until", "slug", "answers")
            fieldsets.append((_("Publishing"), {"fields": editing}))
        return fieldsets

    def get_inlines(self, request: HttpRequest, obj: Any) -> Any:
        """Pictures of a gallery for whoever writes; the rest for editors, of an article that stands."""
        return self.inlines if is_editor(request) and obj else (GalleryInline,)

    def formfield_for_dbfield(self, db_field: Field, request: HttpRequest, **kwargs: Any) -> Any:
        if isinstance(db_field, URLField):
            kwargs |= {"assume_scheme": "https", "widget": AdminURLFieldWidget(attrs={"dir": "ltr"})}
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        articles = super().get_queryset(request)
        return articles if is_editor(request) else articles.filter(owner=request.user)

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> Any:
        return search_articles(queryset, search_term), False

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_view_permission(request, obj) and _is_theirs(request, obj)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        if not super().has_change_permission(request, obj):
            return False
        return is_editor(request) or obj is None or (_is_theirs(request, obj) and obj.status == Status.DRAFT)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """One by one, and drafts alone: what readers have seen is withdrawn, not deleted."""
        allowed = super().has_delete_permission(request, obj)
        return allowed and obj is not None and obj.status == Status.DRAFT

    def has_publish_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm("articles.publish_article")

    def has_submit_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm("articles.change_article") and _is_theirs(request, obj)

    # The two lists of the form, for those who may only read it.

    @admin.display(description=_("Categories"))
    def filed_under(self, article: Article) -> str:
        return format_html_join("، ", "<bdi>{}</bdi>", ((category,) for category in article.categories.all()))

    @admin.display(description=_("Authors"))
    def byline(self, article: Article) -> str:
        authors = article.authors.order_by("bylines__position", "bylines__pk")
        return format_html_join("، ", "<bdi>{}</bdi>", ((author,) for author in authors))

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if not change:
            obj.owner = request.user
        super().save_model(request, obj, form, change)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        # The editor's import map is an inline script; the policy lets it through by its nonce alone.
        context["media"] = Media.from_media(context["media"], nonce=request.csp_nonce)  # type: ignore[attr-defined]
        return super().render_change_form(request, context, *args, **kwargs)


def _language(code: str) -> dict[str, Any]:
    """The fields of one language, which the form's script makes a tab."""
    return {"classes": ("language", f"language-{code}"), "fields": tuple(f"{word}_{code}" for word in WORDS)}


def _is_theirs(request: HttpRequest, obj: Any) -> bool:
    return obj is None or is_editor(request) or obj.owner_id == request.user.pk
