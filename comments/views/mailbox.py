"""What readers open from their mailbox: confirming an address, and ending a subscription."""

from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from articles.http import private_page
from comments.models import Comment, Sender, Subscription
from comments.proof import give_proof
from comments.tokens import TokenExpired, read_confirmation, read_unsubscription
from comments.views.guard import accept, private_form


@private_form
def comment_confirm(request: HttpRequest, token: str) -> HttpResponse:
    """A button, and behind it the confirmation; the browser that pressed it holds a proof from then on."""
    try:
        comment_pk, subscription_pk = read_confirmation(token)
    except TokenExpired:
        sentence = _("This link is older than seven days. Ask for a new one on the page of your comment.")
        return step(request, _("This link has expired"), sentence, status=410)
    comment = get_object_or_404(Comment.objects.select_related("article"), pk=comment_pk)
    sender = get_object_or_404(Sender, email_digest=comment.email_digest)
    if request.method != "POST":
        sentence = _("Confirm that this mailbox is yours, in the browser in which you comment.")
        return step(request, _("Confirm your address"), sentence, button=_("Confirm my address"))
    return _confirmed(request, comment, sender, subscription_pk)


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@private_page
def comment_unsubscribe(request: HttpRequest, token: str) -> HttpResponseBase:
    """A button that ends the subscription. A mail program presses it from anywhere: the token alone counts."""
    return accept(_unsubscribe, request, token)


def _unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    subscriptions = Subscription.objects.filter(pk=read_unsubscription(token))
    if request.method == "POST":
        for article, email_digest in subscriptions.values_list("article", "email_digest"):
            Subscription.objects.filter(article=article, email_digest=email_digest).delete()
    elif subscriptions.exists():
        sentence = _("We write to you about new comments on an article, as you asked.")
        return step(request, _("Stop following"), sentence, button=_("Write to me no more"))
    return step(request, _("You no longer follow"), _("No more messages about these comments will come to you."))


def _confirmed(request: HttpRequest, comment: Comment, sender: Sender, subscription_pk: int | None) -> HttpResponse:
    sentence = _("Your comments from this browser are known as yours.")
    with transaction.atomic():
        sender.verify()
        followed = Subscription.objects.filter(pk=subscription_pk, email_digest=sender.email_digest).first()
        if followed:
            followed.confirm()
            sentence = _("From now on we write to you about new comments. Each message has a link that ends it.")
        back = comment.article.get_absolute_url() if comment.article.is_visible else ""
        response = step(request, _("Your address is confirmed"), sentence, back=back)
        give_proof(request, response, sender)
    return response


def step(request: HttpRequest, heading: str, sentence: str, status: int = 200, **context: Any) -> HttpResponse:
    """A page of one sentence; `button` is what its form's says, `back` where a link leads instead."""
    context |= {"heading": heading, "sentence": sentence}
    return TemplateResponse(request, "comments/step.html", context, status=status)
