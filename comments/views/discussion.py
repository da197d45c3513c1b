"""Reading a discussion, and posting to it."""

from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from articles import paging
from articles.http import private_page, public_page
from articles.models import Article
from comments.choices import Mode
from comments.forms import CommentForm
from comments.models import Comment
from comments.policy import decide, mode_for
from comments.receipt import receipt_url
from comments.thread import comment_page
from comments.views.guard import takes_posts


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
@takes_posts
def comment_create(request: HttpRequest, pk: int) -> HttpResponse:
    article = _readable_article(pk)
    form = CommentForm(article, request.POST)
    if mode_for(article) == Mode.CLOSED:
        form.is_valid()
        return _form_again(request, form, 403, _("Comments on this article are closed."))
    if not form.is_valid():
        return _form_again(request, form, 422)
    comment = _receive(form)
    response = HttpResponse(status=303)
    response.headers["Location"] = receipt_url(comment)
    return response


def _readable_article(pk: int) -> Article:
    return get_object_or_404(Article.objects.published().in_language().cards(), pk=pk)


def _answered(request: HttpRequest, article: Article) -> Comment | None:
    """The comment that `?reply=` names, where it is there to be answered."""
    key = request.GET.get("reply", "")
    if not (key.isascii() and key.isdigit() and len(key) < 19):
        return None
    return Comment.objects.approved().filter(article=article, pk=int(key)).first()


def _receive(form: CommentForm) -> Comment:
    """Store the comment; for a double click, the one that is stored already."""
    comment = form.comment()
    verdict = decide(form.article, honeypot=form.is_trapped)
    try:
        with transaction.atomic():
            comment.receive(verdict.status, verdict.reason)
    except IntegrityError:
        return get_object_or_404(Comment.objects, submission_digest=comment.submission())
    return comment


def _form_again(request: HttpRequest, form: CommentForm, status: int, refusal: str = "") -> HttpResponse:
    context = {"article": form.article, "form": form, "refusal": refusal}
    return TemplateResponse(request, "comments/comment_form.html", context, status=status)
