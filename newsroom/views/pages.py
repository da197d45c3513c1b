"""Static pages."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse

from articles.http import public_page
from newsroom.choices import PageKind
from newsroom.forms import ContactForm
from newsroom.models import Page


@public_page
def page_detail(request: HttpRequest, slug: str) -> HttpResponse:
    page = get_object_or_404(Page.objects.published(), slug=slug)
    context = {"page": page, "form": ContactForm() if page.kind == PageKind.CONTACT else None, "trail": []}
    return TemplateResponse(request, "newsroom/page.html", context)


@public_page
def imprint(request: HttpRequest) -> HttpResponse:
    """The page of the imprint; while there is none, the line of the settings. The law wants it there always."""
    page = Page.objects.published().filter(kind=PageKind.IMPRINT).first()
    template = "newsroom/page.html" if page else "newsroom/imprint.html"
    return TemplateResponse(request, template, {"page": page, "trail": []})
