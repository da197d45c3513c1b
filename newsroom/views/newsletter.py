"""The newsletter's pages: signing up, and what readers open from their mailbox."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from articles.http import private_page, public_page
from comments.client import client_of
from comments.tokens import TokenExpired
from comments.views.guard import accept, private_form, see_other, takes_posts
from comments.views.mailbox import step
from newsroom.forms import NewsletterForm
from newsroom.mail.newsletter import delivery_time
from newsroom.models import DigestSubscription
from newsroom.models.digest import WINDOW, TooManyWishes
from newsroom.newsletter.links import read_confirmation, read_unsubscription


@csrf_exempt  # the stamp and the origin take its place: no cookie on public pages
@require_http_methods(["GET", "HEAD", "POST"])
def sign_up(request: HttpRequest) -> HttpResponseBase:
    """One address: the form, and where it is sent."""
    return sign_up_create(request) if request.method == "POST" else sign_up_form(request)


@public_page
def sign_up_form(request: HttpRequest) -> HttpResponse:
    return _page(request, NewsletterForm())


@private_page
@takes_posts
def sign_up_create(request: HttpRequest) -> HttpResponse:
    """Leads to the same page whatever is known about the address; what fell into the trap is led there as well."""
    form = NewsletterForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=422)
    try:
        if not form.is_trapped:
            language = (get_language() or "ar")[:2]
            DigestSubscription.objects.ask(form.cleaned_data["email"], language, client_of(request))
    except TooManyWishes:
        form.add_error(None, _("Many addresses came from your connection. Send yours again in an hour."))
        response = _page(request, form, status=429)
        response.headers["Retry-After"] = str(int(WINDOW.total_seconds()))
        return response
    return see_other(reverse("newsletter_received"))


@require_safe
@private_page
def received(request: HttpRequest) -> HttpResponse:
    sentence = _(
        "A message with a link is on its way to your address. Open it and confirm: nothing is sent to you before. "
        "Where the newsletter comes to that address already, no message follows."
    )
    return step(request, _("Look into your mailbox"), sentence)


@private_form
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """A button, and behind it the confirmation."""
    try:
        subscription = DigestSubscription.objects.filter(pk=read_confirmation(token)).first()
    except TokenExpired:
        subscription = None
    if subscription is None:
        sentence = _("This link is older than seven days, or the newsletter was ended with it. Sign up again.")
        again = _("Sign up for the newsletter")
        heading = _("This link has expired")
        return step(request, heading, sentence, status=410, back=reverse("newsletter"), back_label=again)
    if request.method != "POST":
        sentence = _("Confirm that you want the news of the day at this mailbox, every day at %(time)s.")
        sentence %= {"time": delivery_time()}
        return step(request, _("One step more"), sentence, button=_("Yes, send me the news"))
    subscription.confirm()
    sentence = _("The next newsletter comes to you at %(time)s. Each has a link that ends it.")
    return step(request, _("You get the news by e-mail"), sentence % {"time": delivery_time()})


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@private_page
def unsubscribe(request: HttpRequest, token: str) -> HttpResponseBase:
    """A button that ends it. A mail program presses it from anywhere: the token alone counts."""
    return accept(_unsubscribe, request, token)


def _unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    subscriptions = DigestSubscription.objects.filter(pk=read_unsubscription(token))
    if request.method == "POST":
        subscriptions.delete()
    elif subscriptions.exists():
        sentence = _("You get the news of the day from us, as you asked.")
        return step(request, _("End the newsletter"), sentence, button=_("Send me no more news"))
    sentence = _("Your address is erased from the newsletter.")
    heading = _("You get no more news by e-mail")
    return step(request, heading, sentence, back=reverse("newsletter"), back_label=_("Sign up again"))


def _page(request: HttpRequest, form: NewsletterForm, status: int = 200) -> HttpResponse:
    context = {"form": form, "time": delivery_time(), "is_refused": status != 200}
    return TemplateResponse(request, "newsroom/newsletter.html", context, status=status)
