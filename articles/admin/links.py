"""Links by which a director without an account approves an article: issued, listed, revoked."""

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
from django.views.decorators.http import require_POST

from articles.approval import RIGHTS
from articles.bidi import drop_controls, isolate
from articles.choices import LinkKind, LinkState, Status
from articles.http import private_page
from articles.links import link_path
from articles.models import ArticleLink
from articles.validators import validate_characters
from articles.wording import counted

NEW_LINK = "approval_link"  # the key in the session of a link that was not shown yet
MOST_DAYS = 7


class ApprovalForm(forms.Form):
    """Whom the link is for, and how long it is valid."""

    name = forms.CharField(
        label=_("Name of the director"),
        max_length=120,
        validators=[validate_characters],
        help_text=_("It stands in the log of the article."),
        widget=forms.TextInput(attrs={"class": "vTextField", "dir": "auto", "autocomplete": "off"}),
    )
    days = forms.TypedChoiceField(label=_("Valid for"), coerce=int, initial=2)

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        self.fields["days"].choices = [  # type: ignore[attr-defined]
            (days, counted(ngettext("%(count)s day", "%(count)s days", days), days)) for days in range(1, MOST_DAYS + 1)
        ]

    def clean_name(self) -> str:
        return drop_controls(self.cleaned_data["name"])


class ApprovalAdmin(admin.ModelAdmin):
    """A model admin of articles on which editors ask directors for their approval."""

    def get_urls(self) -> list[Any]:
        page = self.admin_site.admin_view(private_page(self.approval_view), cacheable=True)
        revoke = self.admin_site.admin_view(private_page(require_POST(self.revoke_view)), cacheable=True)
        return [
            path("<int:key>/approval/", page, name="articles_article_approval"),
            path("<int:key>/approval/<int:link>/revoke/", revoke, name="articles_article_approval_revoke"),
            *super().get_urls(),
        ]

    def may_issue(self, request: HttpRequest, obj: Any) -> bool:
        """Whether this person may ask a director about `obj`, which waits for a decision."""
        return obj.status == Status.IN_REVIEW and self._may_ask(request)

    def approval_view(self, request: HttpRequest, key: int) -> HttpResponse:
        """The links of an article that are for directors, and a form for another."""
        article = self._asked_about(request, key)
        if article is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, str(key))  # type: ignore[attr-defined]
        form = ApprovalForm(request.POST if request.method == "POST" else None)
        if self.may_issue(request, article) and form.is_valid():
            link = ArticleLink.issue_approval(article, by=request.user, **form.cleaned_data)
            self._log(request, link, gettext("Issued a link for %(director)s to approve it"))
            request.session[NEW_LINK] = link.pk
            return redirect("admin:articles_article_approval", key)
        return self._approval_page(request, article, form)

    def revoke_view(self, request: HttpRequest, key: int, link: int) -> HttpResponse:
        """End a link that was not used."""
        article = self._asked_about(request, key)
        found = article and article.links.filter(kind=LinkKind.APPROVAL, pk=link).first()
        if not found:
            return self._get_obj_does_not_exist_redirect(request, self.opts, str(key))  # type: ignore[attr-defined]
        if found.revoke():
            self._log(request, found, gettext("Revoked the link for %(director)s"))
            self.message_user(request, gettext("The link opens nothing any more."), messages.SUCCESS)
        else:
            self.message_user(request, gettext("This link was over already."), messages.WARNING)
        return redirect("admin:articles_article_approval", key)

    def _may_ask(self, request: HttpRequest) -> bool:
        return request.user.has_perms(RIGHTS)

    def _asked_about(self, request: HttpRequest, key: int) -> Any:
        """The article, None where there is none; whoever may ask nobody learns neither."""
        if not self._may_ask(request):
            raise PermissionDenied
        return self.get_object(request, str(key))

    def _log(self, request: HttpRequest, link: ArticleLink, sentence: str) -> None:
        self.log_change(request, link.article, sentence % {"director": isolate(link.name)})

    def _approval_page(self, request: HttpRequest, article: Any, form: ApprovalForm) -> HttpResponse:
        links = list(article.links.filter(kind=LinkKind.APPROVAL).select_related("issued_by").order_by("-pk"))
        new = request.session.pop(NEW_LINK, None) if NEW_LINK in request.session else None
        shown = next((link for link in links if link.pk == new and link.state == LinkState.OPEN), None)
        context = {
            **self.admin_site.each_context(request),
            "title": gettext("Ask a director"),
            "opts": self.opts,
            "media": self.media,
            "article": article,
            "form": form if self.may_issue(request, article) else None,
            "links": links,
            "address": request.build_absolute_uri(link_path(shown)) if shown else "",
            "shown": shown,
        }
        return TemplateResponse(request, "admin/articles/article/approval.html", context)
