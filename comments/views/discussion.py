"""Reading a discussion, and posting to it."""

from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from articles.http import private_page, public_page
from articles.models import Article
from articles.trails import crumb_of
from comments import client
from comments.choices import Status
from comments.following import follow
from comments.forms import CommentForm
from comments.models import Comment
from comments.opening import Openness, openness_for
from comments.policy import RATE_WINDOW, FloodError, decide, receive
from comments.proof import holds_proof
from comments.receipt import receipt_url
from comments.thread import comment_page, read_place, thread_page
from comments.views.guard import see_other, takes_posts


@csrf_exempt  # the stamp and the origin take its place: no cookie on public pages
@require_http_methods(["GET", "HEAD", "POST"])
def article_comments(request: HttpRequest, pk: int) -> HttpResponseBase:
    """One address: POST is `comment_create`, anything else `comment_list`."""
    return comment_create(request, pk) if request.method == "POST" else comment_list(request, pk)


@public_page
def comment_list(request: HttpRequest, pk: int) -> HttpResponse:
    article = _readable_article(pk)
    place, thread = read_place(request), request.GET.get("thread", "")
    page = thread_page(article, _key(thread), place) if thread else comment_page(article, place)
    parent = _answered(request, article) or _approved(page.opener)
    openness = openness_for(article)
    context = {"article": article, "page": page, "parent": parent, "openness": openness, "trail": [crumb_of(article)]}
    if openness.is_open:
        context["form"] = CommentForm(article, parent=parent)
    return TemplateResponse(request, "comments/comment_list.html", context)


@private_page
@takes_posts
def comment_create(request: HttpRequest, pk: int) -> HttpResponse:
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
    return see_other(receipt_url(comment))


def _readable_article(pk: int) -> Article:
    return get_object_or_404(Article.objects.published().in_language().cards(), pk=pk)


def _answered(request: HttpRequest, article: Article) -> Comment | None:
    """The comment that `?reply=` or a posted form names, where it is there to be answered."""
    key = _key(request.POST.get("parent", "") or request.GET.get("reply", ""))
    return Comment.objects.approved().filter(article=article, pk=key).first() if key else None


def _approved(comment: Comment | None) -> Comment | None:
    return comment if comment and comment.status == Status.APPROVED else None


def _key(text: str) -> int:
    """The primary key that `text` writes; 0, which no row has, where it writes none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0


def _receive(request: HttpRequest, form: CommentForm, openness: Openness) -> Comment:
    """Store the comment; for a double click, the one that is stored already. Raises FloodError."""
    comment = form.comment()
    client.sign(comment, request)
    proved = holds_proof(request, comment.email)
    try:
        receive(comment, decide(comment, honeypot=form.is_trapped, proved=proved, mode=openness.mode))
    except (IntegrityError, FloodError) as error:
        stored = Comment.objects.filter(submission_digest=comment.submission()).first()
        if stored is None:
            raise error
        comment = stored
    follow(comment, form.cleaned_data["follow"], proved=proved)
    return comment


def _flooded(request: HttpRequest, form: CommentForm) -> HttpResponse:
    form.add_error(None, _("Many comments came from you in a short time. Yours is kept here: send it in ten minutes."))
    response = _form_again(request, form, 429)
    response.headers["Retry-After"] = str(int(RATE_WINDOW.total_seconds()))
    return response


def _form_again(request: HttpRequest, form: CommentForm, status: int, refusal: str = "") -> HttpResponse:
    parent = _answered(request, form.article)
    context = {"article": form.article, "form": form, "refusal": refusal, "parent": parent}
    return TemplateResponse(request, "comments/comment_form.html", context, status=status)
