"""What readers write to the newsroom: messages, errors in articles, the right of reply."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from articles.http import private_page, public_page
from articles.models import Article
from articles.trails import crumb_of
from comments.client import client_of
from comments.views.guard import see_other, takes_posts
from newsroom.choices import PageKind
from newsroom.forms import ContactForm, ErrorForm, LetterForm
from newsroom.models import Page, ReaderLetter
from newsroom.models.letters import WINDOW, TooManyLetters


@csrf_exempt  # the stamp and the origin take its place: no cookie on public pages
@require_http_methods(["GET", "HEAD", "POST"])
def contact(request: HttpRequest) -> HttpResponseBase:
    """Where the contact form is sent; whoever opens the address is led to the page with the form."""
    page = get_object_or_404(Page.objects.published(), kind=PageKind.CONTACT)
    return contact_create(request, page) if request.method == "POST" else redirect(page)


@private_page
@takes_posts
def contact_create(request: HttpRequest, page: Page) -> HttpResponse:
    form = ContactForm(request.POST)
    status = _receive(request, form)
    if status == 303:
        return see_other(reverse("contact_received"))
    return _again(request, "newsroom/page.html", {"page": page, "form": form, "trail": []}, status)


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def error_report(request: HttpRequest, pk: int) -> HttpResponseBase:
    """One address: the form about an article, and where it is sent."""
    return error_create(request, pk) if request.method == "POST" else error_form(request, pk)


@public_page
def error_form(request: HttpRequest, pk: int) -> HttpResponse:
    form = ErrorForm(_readable_article(pk))
    return TemplateResponse(request, "newsroom/error_report.html", _about(form))


@private_page
@takes_posts
def error_create(request: HttpRequest, pk: int) -> HttpResponse:
    form = ErrorForm(_readable_article(pk), request.POST)
    status = _receive(request, form)
    if status == 303:
        return see_other(reverse("error_received", args=[pk]))
    return _again(request, "newsroom/error_report.html", _about(form), status)


@require_safe
@private_page
def contact_received(request: HttpRequest) -> HttpResponse:
    return TemplateResponse(request, "newsroom/letter_received.html", {"back": reverse("front_page")})


@require_safe
@private_page
def error_received(request: HttpRequest, pk: int) -> HttpResponse:
    article = _readable_article(pk)
    context = {"article": article, "back": article.get_absolute_url()}
    return TemplateResponse(request, "newsroom/letter_received.html", context)


def _about(form: ErrorForm) -> dict[str, Any]:
    """The page of a form about an article, which stands below the article's own."""
    return {"article": form.article, "form": form, "trail": [crumb_of(form.article)]}


def _readable_article(pk: int) -> Article:
    return get_object_or_404(Article.objects.published().in_language().cards(), pk=pk)


def _receive(request: HttpRequest, form: LetterForm) -> int:
    """Store what the form says; gives the status of the answer. What fell into the trap is thanked for as well."""
    if not form.is_valid():
        return 422
    letter = form.letter()
    letter.client = client_of(request)
    try:
        if not form.is_trapped:
            ReaderLetter.objects.receive(letter)
    except TooManyLetters:
        form.add_error(None, _("Many messages came from your connection. Yours is kept here: send it in an hour."))
        return 429
    return 303


def _again(request: HttpRequest, template: str, context: dict[str, Any], status: int) -> HttpResponse:
    """The form with what was typed, and what is wrong."""
    response = TemplateResponse(request, template, {**context, "is_refused": True}, status=status)
    if status == 429:
        response.headers["Retry-After"] = str(int(WINDOW.total_seconds()))
    return response
