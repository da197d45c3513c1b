"""Where pages tell that an article was read."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from articles.http import client_address, comes_from_our_pages, private_page
from newsroom import readings


@csrf_exempt  # the origin takes its place: no cookie on public pages
@private_page
@require_POST
def article_read(request: HttpRequest, pk: int) -> HttpResponse:
    """Note that article `pk` was read. Nothing of what was sent is looked at, and no query is made."""
    if not comes_from_our_pages(request):
        return HttpResponse(status=403)
    readings.note(pk, client_address(request))
    return HttpResponse(status=204)
