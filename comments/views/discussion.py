"""Reading a discussion, and posting to it."""

from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from articles.http import private_page, public_page
from articles.models import Article
from comments.choices import Mode, Status
from comments.following import follow
from comments.forms import CommentForm
from comments.models import Comment
from comments.policy import decide, mode_for
from comments.proof import holds_proof
from comments.receipt import receipt_url
from comments.thread import comment_page, read_place, thread_page
from comments.views.guard import connection_digest, see_other, takes_posts


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
    return see_other(receipt_url(_receive(request, form)))


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


def _receive(request: HttpRequest, form: CommentForm) -> Comment:
    """Store the comment; for a double click, the one that is stored already."""
    comment = form.comment()
    comment.ip_digest = connection_digest(request)
    proved = holds_proof(request, comment.email)
    verdict = decide(form.article, honeypot=form.is_trapped)
    try:
        with transaction.atomic():
            comment.receive(verdict.status, verdict.reason)
    except IntegrityError:
        comment = get_object_or_404(Comment.objects, submission_digest=comment.submission())
    follow(comment, form.cleaned_data["follow"], proved=proved)
    return comment


def _form_again(request: HttpRequest, form: CommentForm, status: int, refusal: str = "") -> HttpResponse:
    parent = _answered(request, form.article)
    context = {"article": form.article, "form": form, "refusal": refusal, "parent": parent}
    return TemplateResponse(request, "comments/comment_form.html", context, status=status)
