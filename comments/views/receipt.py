"""The receipt of a comment, and what its writer may ask for there."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from articles.http import private_page
from comments.choices import Ask, Status
from comments.following import ask_to_confirm, follow
from comments.forms import AskForm
from comments.models import Comment, WithdrawalRequest
from comments.proof import holds_proof
from comments.receipt import read_receipt, receipt_of
from comments.thread import comment_path
from comments.views.guard import see_other, takes_posts


@private_page
@require_safe
def comment_received(request: HttpRequest, token: str) -> HttpResponse:
    comment = _comment(token)
    return _page(request, token, comment, AskForm(comment.article), is_mailed=request.GET.get("asked") == "mail")


@csrf_exempt  # the receipt's own signature, the stamp and the origin take its place
@require_POST
@private_page
@takes_posts
def comment_ask(request: HttpRequest, token: str) -> HttpResponse:
    """Confirm the address, follow, or ask that the comment be taken back."""
    comment = _comment(token)
    form = AskForm(comment.article, request.POST)
    if not form.is_valid():
        return _page(request, token, comment, form, status=422)
    asked = "request" if form.cleaned_data["ask"] == Ask.WITHDRAW else "mail"
    if not form.is_trapped:
        _do(request, comment, **{name: form.cleaned_data[name] for name in ("ask", "note")})
    return see_other(f"{reverse('comment_received', args=[token])}?asked={asked}#asked")


def _comment(token: str) -> Comment:
    comment = get_object_or_404(Comment.objects.select_related("article"), pk=read_receipt(token))
    if get_language() not in comment.article.languages():
        raise Http404("the article does not exist in this language")
    return comment


def _do(request: HttpRequest, comment: Comment, ask: str, note: str) -> None:
    if ask == Ask.CONFIRM:
        ask_to_confirm(comment)
    elif ask != Ask.WITHDRAW:
        follow(comment, ask, proved=holds_proof(request, comment.email))
    elif comment.status != Status.REJECTED:
        WithdrawalRequest.objects.ask(comment, note)


def _page(
    request: HttpRequest, token: str, comment: Comment, form: AskForm, status: int = 200, **more: Any
) -> HttpResponse:
    context = {
        "comment": comment,
        "article": comment.article,
        "receipt": receipt_of(comment),
        "form": form,
        "token": token,
        "shown_at": comment_path(comment),
        **more,
    }
    return TemplateResponse(request, "comments/received.html", context, status=status)
