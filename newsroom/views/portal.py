"""Addresses of the portal itself."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.static import serve

from articles.http import MEDIA_POLICY, public_page

ROBOTS = """User-agent: *
Disallow: /admin/
Disallow: /comments/
Disallow: /search/
Disallow: /fr/search/
Disallow: /en/search/

Sitemap: {sitemap}
"""


@public_page
def robots(request: HttpRequest) -> HttpResponse:
    sitemap = request.build_absolute_uri(reverse("sitemap"))
    return HttpResponse(ROBOTS.format(sitemap=sitemap), content_type="text/plain")


@public_page
def media(request: HttpRequest, path: str) -> HttpResponseBase:
    """A picture, where no web server in front serves them."""
    try:
        response = serve(request, path, document_root=settings.MEDIA_ROOT)
    except OSError as error:  # a name that no disk can hold
        raise Http404(path) from error
    response.headers["Content-Security-Policy"] = MEDIA_POLICY
    return response
