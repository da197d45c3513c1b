"""What is kept about an address: asked for on a page, opened and erased from that mailbox alone."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.response import TemplateResponse
from django.utils import timezone

from comments.choices import MailKind
from comments.mail.links import read_my_data
from comments.models import Comment, OutboxMessage, Subscription
from comments.personal_data.forms import AddressForm
from comments.personal_data.holders import HOLDERS
from comments.personal_data.records import erase, export
from comments.privacy import address_digest
from comments.views.guard import private_form

PAUSE = timedelta(hours=1)  # between two such mails to one address


@private_form
def my_data(request: HttpRequest) -> HttpResponse:
    """Ask for the link. The answer is the same whether anything is kept about the address or not."""
    form = AddressForm(request.POST or None)
    if request.method != "POST":
        return TemplateResponse(request, "comments/my_data.html", {"form": form})
    if not form.is_valid():
        return TemplateResponse(request, "comments/my_data.html", {"form": form}, status=422)
    if not form.is_trapped:
        _send_link(address_digest(form.cleaned_data["email"]))
    return TemplateResponse(request, "comments/my_data.html", {"is_asked": True})


@private_form
def my_data_held(request: HttpRequest, token: str) -> HttpResponse:
    """Two buttons, for who opened the mail: what is kept as a file, or nothing kept any more."""
    held = read_my_data(token)
    if request.method == "POST" and request.POST.get("act") == "export":
        return _download(held)
    context = {}
    if request.method == "POST" and request.POST.get("act") == "erase":
        context = {"erased": erase(held)}
    return TemplateResponse(request, "comments/my_data_held.html", context)


def _send_link(digest: str) -> None:
    """Queue the mail to an address of which something is kept, unless one is on its way."""
    comment = Comment.objects.filter(email_digest=digest).exclude(email="").order_by("-submitted_at").first()
    wish = None if comment else Subscription.objects.filter(email_digest=digest).exclude(email="").first()
    lately = OutboxMessage.objects.filter(kind=MailKind.MY_DATA, created_at__gt=timezone.now() - PAUSE)
    if comment and not lately.filter(comment__email_digest=digest).exists():
        OutboxMessage.objects.create(kind=MailKind.MY_DATA, comment=comment)
    elif wish and not lately.filter(subscription__email_digest=digest).exists():
        OutboxMessage.objects.create(kind=MailKind.MY_DATA, subscription=wish)
    elif not (comment or wish):
        any(holder.send_link(digest) for holder in HOLDERS)  # one link leads to all that is kept


def _download(digest: str) -> HttpResponse:
    response = JsonResponse(export(digest), json_dumps_params={"ensure_ascii": False, "indent": 2})
    response.headers["Content-Disposition"] = 'attachment; filename="my-data.json"'
    return response
