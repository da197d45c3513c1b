"""What proves to search engines that an announcement is ours."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse

from articles.http import public_page


@public_page
def announcer_key(request: HttpRequest, key: str) -> HttpResponse:
    """The key of IndexNow, at the address that its protocol asks for."""
    if not settings.INDEXNOW_ENDPOINT or key != settings.INDEXNOW_KEY:
        raise Http404("no such key")
    return HttpResponse(key, content_type="text/plain; charset=utf-8")
