"""Addresses of the portal itself."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.static import serve

from articles.http import public_page

ROBOTS = """User-agent: *
Disallow: /admin/
Disallow: /comments/

Sitemap: {sitemap}
"""
MEDIA_LIFE = 365 * 24 * 3600  # seconds; a stored name is never used again


@public_page
def robots(request: HttpRequest) -> HttpResponse:
    sitemap = request.build_absolute_uri(reverse("sitemap"))
    return HttpResponse(ROBOTS.format(sitemap=sitemap), content_type="text/plain")


@public_page
def media(request: HttpRequest, path: str) -> HttpResponseBase:
    """A picture, where no web server in front serves them."""
    response = serve(request, path, document_root=settings.MEDIA_ROOT)
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
