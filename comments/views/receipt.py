"""The receipt of a comment, and what its writer may ask for there."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from articles.http import private_page
from comments.models import Comment
from comments.receipt import read_receipt


@private_page
@require_safe
def comment_received(request: HttpRequest, token: str) -> HttpResponse:
    comment = get_object_or_404(Comment.objects.select_related("article"), pk=read_receipt(token))
    if get_language() not in comment.article.languages():
        raise Http404("the article does not exist in this language")
    context = {"comment": comment, "article": comment.article}
    return TemplateResponse(request, "comments/received.html", context)
