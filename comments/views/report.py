"""Reporting a comment to the moderators."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from articles.models import Article
from comments.forms import ReportForm
from comments.models import Comment, Report, TooManyReports
from comments.thread import comment_path
from comments.views.guard import connection_digest, private_form, see_other


@private_form
def comment_report(request: HttpRequest, pk: int) -> HttpResponse:
    """A form with reasons; then the same thanks, whether the report counted or not."""
    comment = get_object_or_404(Comment.objects.approved(), pk=pk)
    article = get_object_or_404(Article.objects.published().in_language().cards(), pk=comment.article_id)
    form = ReportForm(article, request.POST if request.method == "POST" else None)
    if request.method != "POST":
        return _page(request, comment, form, is_sent=request.GET.get("sent") == "1")
    if not form.is_valid():
        return _page(request, comment, form, status=422)
    try:
        _file(request, comment, form)
    except TooManyReports:
        return _too_many(request, comment, form)
    except Comment.DoesNotExist:
        pass  # taken down meanwhile, which is what was asked for
    return see_other(f"{reverse('comment_report', args=[pk])}?sent=1")


def _file(request: HttpRequest, comment: Comment, form: ReportForm) -> None:
    if form.is_trapped:
        return
    values = {name: form.cleaned_data[name] for name in ("complaint", "note")}
    Report.objects.file(comment, reporter=connection_digest(request), **values)


def _too_many(request: HttpRequest, comment: Comment, form: ReportForm) -> HttpResponse:
    refusal = _("Many reports came from your connection within an hour. Send yours a little later.")
    response = _page(request, comment, form, status=429, refusal=refusal)
    response.headers["Retry-After"] = str(int(timedelta(hours=1).total_seconds()))
    return response


def _page(
    request: HttpRequest,
    comment: Comment,
    form: ReportForm,
    status: int = 200,
    is_sent: bool = False,
    refusal: str = "",
) -> HttpResponse:
    context = {
        "comment": comment,
        "article": form.article,
        "form": form,
        "is_sent": is_sent,
        "refusal": refusal,
        "back": comment_path(comment),
    }
    return TemplateResponse(request, "comments/report.html", context, status=status)
