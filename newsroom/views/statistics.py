"""The page on which a journalist sees what the own work comes to; editors may look at anyone's."""

from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from articles.admin.rights import is_editor
from articles.http import private_page
from articles.models import Article
from articles.wording import counted
from newsroom.figures import Figures, figures_of


class PersonForm(forms.Form):
    """Whose figures."""

    user = forms.ModelChoiceField(queryset=get_user_model().objects.none(), label=_("Journalist"), empty_label=None)

    def __init__(self, people: Any, request: HttpRequest) -> None:
        super().__init__(request.GET if "user" in request.GET else None, initial={"user": request.user.pk})
        self.fields["user"].queryset = people  # type: ignore[attr-defined]


@private_page
@admin.site.admin_view
@require_safe
def article_statistics(request: HttpRequest) -> HttpResponse:
    """Own figures; `?user=` those of another, for editors alone."""
    if not request.user.has_perm("articles.view_article"):
        raise PermissionDenied
    may_choose = is_editor(request)
    form = PersonForm(_people(request.user, may_choose), request)
    if form.is_bound and not form.is_valid():
        raise Http404("nobody whose figures these could be")
    person = form.cleaned_data["user"] if form.is_bound else request.user
    figures = figures_of(person)
    context = {
        **admin.site.each_context(request),
        "title": gettext("Statistics"),
        "opts": Article._meta,
        "person": person,
        "form": form if may_choose else None,
        "figures": figures,
        "states": _states(figures),
        "wait": duration(figures.wait) if figures.wait is not None else "",
    }
    return TemplateResponse(request, "admin/articles/statistics.html", context)


def duration(span: timedelta) -> str:
    """“3 hours”: a length of time in its largest unit of minutes, hours and days, to the nearest."""
    minutes = max(1, round(span.total_seconds() / 60))
    if minutes < 60:
        return counted(ngettext("%(count)s minute", "%(count)s minutes", minutes), minutes)
    hours = round(minutes / 60)
    if hours < 48:
        return counted(ngettext("%(count)s hour", "%(count)s hours", hours), hours)
    days = round(minutes / 1440)
    return counted(ngettext("%(count)s day", "%(count)s days", days), days)


def _people(user: Any, may_choose: bool) -> Any:
    """Whose figures `user` may see: the own, and where they may choose those of all who have articles."""
    whose = Q(pk=user.pk)
    if may_choose:
        whose |= Q(Exists(Article.objects.filter(owner=OuterRef("pk"))))
    return get_user_model().objects.filter(whose).order_by("username", "pk")


def _states(figures: Figures) -> list[tuple[Any, int]]:
    """The rows of the table of states; scheduled is told apart from published."""
    rows: list[tuple[Any, int]] = []
    for status, count in figures.states.items():
        if status == status.PUBLISHED:
            rows += [(gettext("scheduled"), figures.scheduled), (status.label, count - figures.scheduled)]
        else:
            rows.append((status.label, count))
    return rows
