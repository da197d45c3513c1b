"""An article as its reader will see it, before it is saved or published."""

import re
from dataclasses import dataclass
from typing import Any

from django.contrib import admin
from django.contrib.admin.utils import flatten_fieldsets
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from articles.html import clean_html
from articles.http import private_page
from articles.models import Article, Tag
from articles.models.article import LANGUAGE_CODES
from articles.showing import page_of, stored_page, whole
from articles.slugs import make_slug

# What an article has for a number as long as it has none: no address leads there.
UNSTORED = 10**17
LINK = re.compile(r'<a\b(?=[^>]*\shref="[^#])')
SCRIPT = re.compile(r"<script\b[^>]*>.*?</script>", re.DOTALL)


@dataclass(frozen=True)
class PreviewPage:
    """A whole page in one language, for a frame."""

    code: str
    name: str
    html: str


class PreviewAdmin(admin.ModelAdmin):
    """An article as its reader will see it, before it is saved or published."""

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view(
            private_page(require_http_methods(["GET", "HEAD", "POST"])(self.preview_view)), cacheable=True
        )
        return [
            path("preview/", view, name="articles_article_preview_new"),
            path("<key:pk>/preview/", view, name="articles_article_preview"),
            *super().get_urls(),
        ]

    def preview_view(self, request: HttpRequest, pk: int | None = None) -> HttpResponse:
        """What is stored (GET), or what stands in the form that is sent (POST). Neither stores anything."""
        article = self.get_object(request, str(pk)) if pk else None
        if pk and article is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, str(pk))  # type: ignore[attr-defined]
        if not self._may_preview(request, article):
            raise PermissionDenied
        if request.method != "POST":
            if article is None:
                return redirect("admin:articles_article_add")
            return self._preview(request, _dated(whole(Article.objects.filter(pk=pk)).get()), None)
        form = self._filled_form(request, article)
        return self._preview(request, typed_article(form), form)

    def _may_preview(self, request: HttpRequest, article: Any) -> bool:
        """Whose form it is may send it; whoever sees the article may look at what is stored."""
        if request.method != "POST":
            return self.has_view_or_change_permission(request, article)
        return self.has_change_permission(request, article) if article else self.has_add_permission(request)

    def _filled_form(self, request: HttpRequest, article: Any) -> Any:
        fields = flatten_fieldsets(self.get_fieldsets(request, article))
        form_class = self.get_form(request, article, change=article is not None, fields=fields)
        form = form_class(request.POST, instance=article)
        form.is_valid()  # fills in the instance with all that is in order
        return form

    def _preview(self, request: HttpRequest, article: Article, form: Any) -> HttpResponse:
        context = page_of(article, *typed_filing(form, article)) if form else stored_page(article)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Preview"),
            "opts": self.opts,
            "is_popup": True,  # a page for itself, without the menus of the admin
            "article": article,
            "pages": [_page(request, code, context) for code in article.languages() or LANGUAGE_CODES[:1]],
            "is_incomplete": bool(form and form.errors),
            "is_unsaved": form is not None,
        }
        return TemplateResponse(request, "admin/articles/article/preview.html", context)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        article = kwargs.get("obj")
        if self.has_change_permission(request, article) if article else self.has_add_permission(request):
            name, key = ("articles_article_preview", [article.pk]) if article else ("articles_article_preview_new", [])
            context["preview_url"] = reverse(f"admin:{name}", args=key)
        return super().render_change_form(request, context, *args, **kwargs)


def typed_article(form: Any) -> Article:
    """The article that stands in `form`, wrong entries included as far as they can be shown; it is not stored."""
    article: Article = form.instance
    for name in ("kicker", "title", "summary", "body"):
        for code in LANGUAGE_CODES:
            column = f"{name}_{code}"
            if column in form.errors:
                setattr(article, column, form.data.get(form.add_prefix(column)))
    for code in LANGUAGE_CODES:  # a body that was refused is still as it was sent
        setattr(article, f"body_{code}", _shown_body(getattr(article, f"body_{code}")))
    article.pk = article.pk or UNSTORED
    article.slug = make_slug(article.slug or article.title or "")
    return _dated(article)


def typed_filing(form: Any, article: Article) -> tuple[list[Any], list[Any], list[Tag]]:
    """The categories, authors and tags that stand in `form`; tags that do not exist yet as well."""
    cleaned = form.cleaned_data
    categories = list(dict.fromkeys([*filter(None, [cleaned.get("category")]), *cleaned.get("filed_under", [])]))
    sent = form.data.getlist(form.add_prefix("byline"))
    standing = dict(article.bylines.values_list("author_id", "position")) if article.pk != UNSTORED else {}
    authors = sorted(
        cleaned.get("byline", []),
        key=lambda author: (author.pk not in standing, standing.get(author.pk, 0), sent.index(str(author.pk))),
    )
    names = cleaned.get("tags", [])
    known = Tag.objects.named(names)
    tags = [known.get(Tag.fold_name(name)) or Tag(name=name, slug=make_slug(name)) for name in names]
    return categories, authors, tags


def _dated(article: Article) -> Article:
    """As it reads if it is published now, unless it has a time of its own."""
    article.published_at = article.published_at or timezone.now()
    return article


def _shown_body(body: str | None) -> str:
    try:
        return clean_html(body or "")
    except ValidationError:  # too long or too deep: no reader will ever see it
        return ""


def _page(request: HttpRequest, code: str, context: dict[str, Any]) -> PreviewPage:
    """The public template in one language. Links open beside the frame, which may go nowhere and run nothing."""
    with translation.override(code):
        page = render_to_string("articles/article_preview.html", context, request)
    html = LINK.sub('<a target="_blank" rel="noopener"', SCRIPT.sub("", page))
    return PreviewPage(code, translation.get_language_info(code)["name_translated"], html)
