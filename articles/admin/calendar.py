"""The page of the calendar, and the small form that moves what is planned."""

from collections.abc import Callable
from datetime import date, timedelta
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from articles.admin.times import WallClockField
from articles.bidi import isolate
from articles.calendar import UNPUBLISHED, WEEK, Page, compose, month_before, month_of, next_month, week_of
from articles.http import private_page
from articles.models import Article, InvalidTransition

MONTH_VIEW, WEEK_VIEW = "month", "week"
EARLIEST, LATEST = date(2000, 1, 1), date(2100, 1, 1)


class PlanClock(forms.SplitDateTimeWidget):
    """The browser's own fields for a date and a time: on a phone nothing is easier."""

    def __init__(self) -> None:
        names = {"date_attrs": {"aria-label": _("Date")}, "time_attrs": {"aria-label": _("Time")}}
        super().__init__({"dir": "ltr"}, "%Y-%m-%d", "%H:%M", **names)  # type: ignore[arg-type]
        self.widgets[0].input_type, self.widgets[1].input_type = "date", "time"


class PlanForm(forms.Form):
    """The time that one article is planned for; empty: none."""

    planned_for = WallClockField(label=_("planned for"), required=False, widget=PlanClock)

    def __init__(self, article: Article, data: Any = None) -> None:
        super().__init__(data, initial={"planned_for": article.planned_for}, auto_id=f"id_{article.pk}_%s")


def for_writers(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """A private page for those who may see articles; each sees those that the list shows them."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not _articles().has_view_permission(request):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return private_page(admin.site.admin_view(guarded))


@for_writers
@require_http_methods(["GET", "HEAD"])
def calendar(request: HttpRequest) -> HttpResponse:
    """A month, or a week with its forms; `?view=` and `?date=` say which, this week otherwise."""
    view, day = _asked(request.GET)
    is_month = view == MONTH_VIEW
    page = compose(_articles().get_queryset(request), month_of(day) if is_month else week_of(day))
    before, after = (month_before(day), next_month(day)) if is_month else (day - WEEK, day + WEEK)
    context = {
        **admin.site.each_context(request),
        "title": gettext("Calendar"),
        "opts": Article._meta,
        "view": view,
        "date": day,
        "today": timezone.localdate(),
        "page": page,
        "before": _query(view, before),
        "after": _query(view, after),
        "forms": {} if is_month else _forms(request, page),
    }
    return TemplateResponse(request, f"admin/articles/calendar/{view}.html", context)


@for_writers
@require_http_methods(["GET", "HEAD", "POST"])
def calendar_move(request: HttpRequest, key: int) -> HttpResponse:
    """Plan an article for another time."""
    articles = _articles()
    article = articles.get_object(request, str(key))
    if article is None:
        return articles._get_obj_does_not_exist_redirect(request, articles.opts, str(key))
    view, day = _asked(request.POST if request.method == "POST" else request.GET)
    back = redirect(f"{reverse('articles_calendar')}?{_query(view, day)}")
    if not _may_plan(request, article):
        sentence = gettext("“%(article)s” cannot be planned any more, or it is not yours to plan.")
        messages.error(request, sentence % {"article": isolate(article)})
        return back
    form = PlanForm(article, request.POST if request.method == "POST" else None)
    if form.is_valid():
        _plan(request, article, form.cleaned_data["planned_for"])
        return back
    context = {
        **admin.site.each_context(request),
        "title": gettext("Plan for another time"),
        "opts": articles.opts,
        "article": article,
        "form": form,
        "view": view,
        "date": day,
        "back": back.url,
    }
    return TemplateResponse(request, "admin/articles/calendar/move.html", context)


def _articles() -> Any:
    """The model admin whose rights the calendar follows."""
    return admin.site.get_model_admin(Article)


def _may_plan(request: HttpRequest, article: Article) -> bool:
    return article.status in UNPUBLISHED and _articles().has_change_permission(request, article)


def _plan(request: HttpRequest, article: Article, at: Any) -> None:
    try:
        article.plan(at)
    except InvalidTransition as error:  # published in between
        messages.error(request, error.messages[0])
        return
    if at:
        told = gettext("Planned for %(time)s") % {"time": date_format(timezone.localtime(at), "DATETIME_FORMAT")}
    else:
        told = gettext("Not planned any more")
    _articles().log_change(request, article, told)
    messages.success(request, f"{isolate(article)}: {told}")


def _forms(request: HttpRequest, page: Page) -> dict[int, PlanForm]:
    """A form for each article of the page that this person may plan anew, by its key."""
    planned = [entry.article for day in page.days for entry in day.entries if entry.is_planned]
    return {article.pk: PlanForm(article) for article in planned if _may_plan(request, article)}


def _asked(query: Any) -> tuple[str, date]:
    """View and day of an address or a form; this week where they say nothing that can be shown."""
    view = MONTH_VIEW if query.get("view") == MONTH_VIEW else WEEK_VIEW
    try:
        day = parse_date(query.get("date", ""))
    except ValueError:  # well-formed, and no date
        day = None
    if day is None or not EARLIEST <= day < LATEST - timedelta(days=62):
        day = timezone.localdate()
    return view, day


def _query(view: str, day: date) -> str:
    return urlencode({"view": view, "date": day.isoformat()})
