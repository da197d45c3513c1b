"""Links that show an article to somebody without an account: issued, listed, revoked."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from articles.bidi import drop_controls
from articles.choices import LinkKind, LinkState
from articles.http import private_page
from articles.links import link_path
from articles.models import ArticleLink
from articles.validators import validate_characters
from articles.wording import counted

MOST_DAYS = 14
MOST_LINKS = 50


class PreviewLinkForm(forms.Form):
    """Whom the link is for, which nobody need say, and how long it is valid."""

    name = forms.CharField(
        label=_("For whom"),
        max_length=120,
        required=False,
        validators=[validate_characters],
        help_text=_("For your own list of links; the page itself does not show it."),
        widget=forms.TextInput(attrs={"class": "vTextField", "dir": "auto", "autocomplete": "off"}),
    )
    days = forms.TypedChoiceField(label=_("Valid for"), coerce=int, initial=3)

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        self.fields["days"].choices = [  # type: ignore[attr-defined]
            (days, counted(ngettext("%(count)s day", "%(count)s days", days), days)) for days in range(1, MOST_DAYS + 1)
        ]

    def clean_name(self) -> str:
        return drop_controls(self.cleaned_data["name"]).strip()


class PreviewLinksAdmin(admin.ModelAdmin):
    """A model admin of articles whose editors show drafts to others by a link."""

    def get_urls(self) -> list[Any]:
        page = require_http_methods(["GET", "HEAD", "POST"])(self.preview_links_view)
        views: dict[str, tuple[Any, str]] = {
            "<key:pk>/preview/links/": (page, "articles_article_preview_links"),
            "<key:pk>/preview/links/<key:link>/revoke/": (
                require_POST(self.preview_revoke_view),
                "articles_article_preview_revoke",
            ),
        }
        own = [
            path(route, self.admin_site.admin_view(private_page(view), cacheable=True), name=name)
            for route, (view, name) in views.items()
        ]
        return [*own, *super().get_urls()]

    def may_send(self, request: HttpRequest, obj: Any = None) -> bool:
        """Whether this person may show `obj` to people outside."""
        return request.user.has_perm("articles.add_articlelink") and self.has_view_permission(request, obj)

    def preview_links_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The links of an article, with their addresses as long as they open something, and a form for another."""
        article = self._sent(request, pk)
        if article is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, str(pk))  # type: ignore[attr-defined]
        form = PreviewLinkForm(request.POST if request.method == "POST" else None)
        if form.is_valid():
            ArticleLink.issue_preview(article, by=request.user, **form.cleaned_data)
            self.log_change(request, article, gettext("Made a link for a preview"))
            self.message_user(request, gettext("The link is ready. Copy it from the list."), messages.SUCCESS)
            return redirect("admin:articles_article_preview_links", pk)
        links = article.links.filter(kind=LinkKind.PREVIEW).select_related("issued_by").order_by("-pk")[:MOST_LINKS]
        addresses = [
            (link, request.build_absolute_uri(link_path(link)) if link.state == LinkState.OPEN else "")
            for link in links
        ]
        context = {
            **self.admin_site.each_context(request),
            "title": gettext("Links for a preview"),
            "subtitle": str(article),
            "opts": self.opts,
            "article": article,
            "form": form,
            "links": addresses,
        }
        return TemplateResponse(request, "admin/articles/article/preview_links.html", context)

    def preview_revoke_view(self, request: HttpRequest, pk: int, link: int) -> HttpResponse:
        """End a link before its time."""
        article = self._sent(request, pk)
        found = article and article.links.filter(kind=LinkKind.PREVIEW, pk=link).first()
        if not found:
            return self._get_obj_does_not_exist_redirect(request, self.opts, str(pk))  # type: ignore[attr-defined]
        if found.revoke():
            self.log_change(request, article, gettext("Revoked a link for a preview"))
            self.message_user(request, gettext("The link opens nothing any more."), messages.SUCCESS)
        else:
            self.message_user(request, gettext("This link was over already."), messages.WARNING)
        return redirect("admin:articles_article_preview_links", pk)

    def _sent(self, request: HttpRequest, pk: int) -> Any:
        """The article, None where there is none; who may show nobody anything learns neither."""
        if not request.user.has_perm("articles.add_articlelink"):
            raise PermissionDenied
        article = self.get_object(request, str(pk))
        return article if article is not None and self.may_send(request, article) else None
