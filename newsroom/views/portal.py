"""Addresses of the portal itself."""

from datetime import UTC, date, datetime

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.views.static import serve

from articles.http import MEDIA_POLICY, public_page

ROBOTS = """User-agent: *
Disallow: /admin/
Disallow: /comments/
Disallow: /search/
Disallow: /v/
Disallow: /fr/admin/
Disallow: /fr/comments/
Disallow: /fr/search/
Disallow: /en/admin/
Disallow: /en/comments/
Disallow: /en/search/

Sitemap: {sitemap}
Sitemap: {news}
"""
SECURITY = """Contact: {contact}
Expires: {expires:%Y-%m-%dT%H:%M:%SZ}
Preferred-Languages: ar, fr, en
Canonical: {canonical}
"""


@public_page
def robots(request: HttpRequest) -> HttpResponse:
    sitemap, news = (request.build_absolute_uri(reverse(name)) for name in ("sitemap", "news_sitemap"))
    return HttpResponse(ROBOTS.format(sitemap=sitemap, news=news), content_type="text/plain; charset=utf-8")


@public_page
def security(request: HttpRequest) -> HttpResponse:
    """RFC 9116. The same text all through a month, and never valid for a year."""
    text = SECURITY.format(
        contact=settings.SECURITY_CONTACT or request.build_absolute_uri(reverse("contact")),
        expires=_eleven_months_after(timezone.now().date()),
        canonical=request.build_absolute_uri(reverse("security")),
    )
    return HttpResponse(text, content_type="text/plain; charset=utf-8")


@public_page
def media(request: HttpRequest, path: str) -> HttpResponseBase:
    """A picture, where no web server in front serves them."""
    try:
        response = serve(request, path, document_root=settings.MEDIA_ROOT)
    except OSError as error:  # a name that no disk can hold
        raise Http404(path) from error
    response.headers["Content-Security-Policy"] = MEDIA_POLICY
    return response


def _eleven_months_after(day: date) -> datetime:
    """The first of the month eleven months on."""
    years, month = divmod(day.month + 10, 12)
    return datetime(day.year + years, month + 1, 1, tzinfo=UTC)
