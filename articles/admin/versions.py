"""Every version of an article: what changed, who changed it, and the way back."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from articles.changes import Version, compare_fields, compare_languages, list_entries, nothing_before, versions_of
from articles.http import private_page
from articles.models import Article
from articles.restoring import restore
from articles.versioning import one_version

PAGE = 25
MOST_DIGITS = 18


class VersionsAdmin(admin.ModelAdmin):
    """Every version of an article: what changed, who changed it, and the way back."""

    def get_urls(self) -> list[Any]:
        views: dict[str, tuple[Any, str]] = {
            "<key:pk>/history/compare/": (require_safe(self.compare_view), "articles_article_compare"),
            "<key:pk>/history/<key:version>/restore/": (
                require_POST(self.restore_view),
                "articles_article_restore",
            ),
        }
        own = [
            path(route, self.admin_site.admin_view(private_page(view), cacheable=True), name=name)
            for route, (view, name) in views.items()
        ]
        return [*own, *super().get_urls()]

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """One press of a button makes one version, with tags, categories and the step taken."""
        if request.method != "POST":
            return super().changeform_view(request, *args, **kwargs)
        with transaction.atomic(), one_version(Article):
            return super().changeform_view(request, *args, **kwargs)

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        """The versions, the newest first, in pages that start behind a version (`?before=`)."""
        article = self._seen(request, unquote(object_id))
        if isinstance(article, HttpResponse):
            return article
        before = _key(request.GET.get("before", ""))
        entries, following = list_entries(article, before, PAGE)
        context = {
            "title": _("Versions"),
            "entries": entries,
            "following": following,
            "before": before,
            "newest": versions_of(article).values_list("history_id", flat=True).first(),
            "may_restore": self.has_change_permission(request, article),
        }
        context |= {**self._frame(request, article), **(extra_context or {})}
        return TemplateResponse(request, "admin/articles/article/versions.html", context)

    def compare_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Two versions side by side: `?from=` and `?to=`; without `from`, the one before `to`."""
        article = self._seen(request, pk)
        if isinstance(article, HttpResponse):
            return article
        before, after = self._two(article, _key(request.GET.get("from", "")), _key(request.GET.get("to", "")))
        languages = compare_languages(before, after)
        asked = request.GET.get("language")
        context = {
            "title": _("What changed"),
            "former": before,
            "latter": after,
            "languages": languages,
            "shown": next((each for each in languages if each.code == asked), languages[0] if languages else None),
            "fields": compare_fields(before, after),
            "newest": versions_of(article).values_list("history_id", flat=True).first(),
            "may_restore": self.has_change_permission(request, article),
        }
        context |= self._frame(request, article)
        return TemplateResponse(request, "admin/articles/article/compare.html", context)

    def restore_view(self, request: HttpRequest, pk: int, version: int) -> HttpResponse:
        """Make an older version the present one; it asks for the rights of an edit."""
        article = self._seen(request, pk)
        if isinstance(article, HttpResponse):
            return article
        if not self.has_change_permission(request, article):
            raise PermissionDenied
        row = versions_of(article).filter(history_id=version).first()
        if row is None or row.history_type == "-":
            raise Http404("no such version")
        newest = versions_of(article).values_list("history_id", flat=True).first()
        if _key(request.POST.get("newest", "")) != newest:
            self.message_user(
                request, _("Nothing was restored: the article changed meanwhile. Look at it again."), messages.ERROR
            )
        else:
            self._restore(request, article, row)
        return redirect("admin:articles_article_history", pk)

    def _restore(self, request: HttpRequest, article: Article, version: Version) -> None:
        stood = versions_of(article).count()
        try:
            gone = restore(article, version, request.user)
        except ValidationError as error:
            self.message_user(request, " ".join(error.messages), messages.ERROR)
            return
        for sentence in gone:
            self.message_user(request, sentence, messages.WARNING)
        if versions_of(article).count() == stood:
            self.message_user(request, _("That version says what stands there now. Nothing changed."), messages.INFO)
            return
        self.log_change(request, article, _("Restored an older version"))
        self.message_user(request, _("The older version was restored, as a new version of yours."), messages.SUCCESS)

    def _seen(self, request: HttpRequest, key: Any) -> Any:
        """The article, or what answers for one that is not there or not for this person's eyes."""
        article = self.get_object(request, str(key))
        if article is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, str(key))  # type: ignore[attr-defined]
        if not self.has_view_or_change_permission(request, article):
            raise PermissionDenied
        return article

    def _two(self, article: Article, former: int | None, latter: int | None) -> tuple[Version, Version]:
        """The two versions asked for, the older first. Raises Http404 where there are none."""
        rows = versions_of(article).select_related("history_user")
        after = (rows.filter(history_id=latter) if latter else rows).first()
        if after is None:
            raise Http404("no such version")
        older = rows.filter(history_id__lt=after.history_id)
        before = (rows.filter(history_id=former) if former else older).first()
        if before is None and former:
            raise Http404("no such version")
        if before is None:
            return nothing_before(after), after
        return (before, after) if before.history_id <= after.history_id else (after, before)

    def _frame(self, request: HttpRequest, article: Article) -> dict[str, Any]:
        return {
            **self.admin_site.each_context(request),
            "subtitle": str(article),
            "opts": self.opts,
            "article": article,
            "article_url": reverse("admin:articles_article_change", args=[article.pk]),
        }


def _key(text: str) -> int | None:
    """The key of a version that an address names; None where it names none.

    Raises Http404 for what is no key.
    """
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS):
        raise Http404("no such version")
    return int(text)
