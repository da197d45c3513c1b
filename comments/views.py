"""Reading, posting and acknowledging comments."""

from django.core.exceptions import BadRequest
from django.db import IntegrityError
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from articles import paging
from articles.http import comes_from_our_pages, private_page, public_page
from articles.models import Article
from comments import client
from comments.choices import Mode
from comments.forms import CommentForm
from comments.models import Comment
from comments.opening import Openness, mode_for, openness_for
from comments.policy import RATE_WINDOW, FloodError, decide, receive
from comments.receipt import read_receipt, receipt_url
from comments.thread import comment_page

MAX_POST = 64 * 1024  # bytes


@csrf_exempt  # the stamp and the origin take its place: no cookie on public pages
@require_http_methods(["GET", "HEAD", "POST"])
def article_comments(request: HttpRequest, pk: int) -> HttpResponseBase:
    """One address: POST is `comment_create`, anything else `comment_list`."""
    return comment_create(request, pk) if request.method == "POST" else comment_list(request, pk)


@public_page
def comment_list(request: HttpRequest, pk: int) -> HttpResponse:
    article = _readable_article(pk)
    page = comment_page(article, paging.read_cursor(request))
    parent = _answered(request, article)
    context = {"article": article, "page": page, "parent": parent}
    if mode_for(article) != Mode.CLOSED:
        context["form"] = CommentForm(article, parent=parent)
    return TemplateResponse(request, "comments/comment_list.html", context)


@private_page
def comment_create(request: HttpRequest, pk: int) -> HttpResponse:
    if not comes_from_our_pages(request):
        return _refusal(request, 403, _("This form was sent from another site, so it was not accepted."))
    if _content_length(request) > MAX_POST:
        return _refusal(request, 413, _("This is far longer than a comment may be: 5,000 characters."))
    article = _readable_article(pk)
    form = CommentForm(article, request.POST)
    openness = openness_for(article)
    if not openness.is_open:
        form.is_valid()
        return _form_again(request, form, 403, openness.reason)
    if not form.is_valid():
        return _form_again(request, form, 422)
    try:
        comment = _receive(request, form, openness)
    except FloodError:
        return _flooded(request, form)
    response = HttpResponse(status=303)
    response.headers["Location"] = receipt_url(comment)
    return response


@private_page
@require_safe
def comment_received(request: HttpRequest, token: str) -> HttpResponse:
    comment = get_object_or_404(Comment.objects.select_related("article"), pk=read_receipt(token))
    if get_language() not in comment.article.languages():
        raise Http404("the article does not exist in this language")
    context = {"comment": comment, "article": comment.article}
    return TemplateResponse(request, "comments/received.html", context)


def _content_length(request: HttpRequest) -> int:
    length = request.headers.get("Content-Length") or "0"
    if not (length.isascii() and length.isdigit()):
        raise BadRequest("Content-Length is no number")
    return int(length)


def _readable_article(pk: int) -> Article:
    return get_object_or_404(Article.objects.published().in_language().cards(), pk=pk)


def _answered(request: HttpRequest, article: Article) -> Comment | None:
    """The comment that `?reply=` names, where it is there to be answered."""
    key = request.GET.get("reply", "")
    if not (key.isascii() and key.isdigit() and len(key) < 19):
        return None
    return Comment.objects.approved().filter(article=article, pk=int(key)).first()


def _receive(request: HttpRequest, form: CommentForm, openness: Openness) -> Comment:
    """Store the comment; for a double click, the one that is stored already. Raises FloodError."""
    comment = form.comment()
    client.sign(comment, request)
    try:
        receive(comment, decide(comment, honeypot=form.is_trapped, mode=openness.mode))
    except (IntegrityError, FloodError) as error:
        stored = Comment.objects.filter(submission_digest=comment.submission()).first()
        if stored is None:
            raise error
        return stored
    return comment


def _flooded(request: HttpRequest, form: CommentForm) -> HttpResponse:
    sentence = _("Many comments came from you in a short time. Copy this one and send it in ten minutes.")
    response = _form_again(request, form, 429, sentence)
    response.headers["Retry-After"] = str(int(RATE_WINDOW.total_seconds()))
    return response


def _form_again(request: HttpRequest, form: CommentForm, status: int, refusal: str = "") -> HttpResponse:
    context = {"article": form.article, "form": form, "refusal": refusal}
    return TemplateResponse(request, "comments/comment_form.html", context, status=status)


def _refusal(request: HttpRequest, status: int, sentence: str) -> HttpResponse:
    context = {"refusal": sentence, "back": reverse("front_page")}
    return TemplateResponse(request, "comments/refusal.html", context, status=status)
