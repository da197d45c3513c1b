"""Links inside published articles to addresses of this site: do they lead anywhere?

An address is asked for as a reader would, up to the point where its view has found what to show; nothing
is rendered and nothing goes over the network.
"""

import re
from collections.abc import Callable, Iterator
from html import unescape
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import SuspiciousOperation, ValidationError
from django.http import Http404, HttpRequest, QueryDict
from django.urls import Resolver404, resolve
from django.utils import translation

from articles.models import Article
from newsroom.models import BrokenLink, Redirect
from newsroom.models.addresses import MOST_BROKEN, Sighting
from newsroom.paths import clean_path, is_closed, spellings, split_language

HREF = re.compile(r'<a [^>]*?href="([^"]*)"')
BATCH = 200  # articles
Progress = Callable[[int, int], None]


def check_articles(progress: Progress = lambda number, count: None) -> dict[str, str]:
    """Note every broken address in the table of broken links; gives each with the article that leads there.

    It stops at MOST_BROKEN of them, which is all that the table holds.
    """
    articles = Article.objects.published().order_by("-pk")
    count = articles.count()
    known: dict[str, bool] = {}
    broken: dict[str, str] = {}
    for number, article in enumerate(articles.iterator(BATCH), start=1):
        for path in own_links(article):
            if path not in known:
                known[path] = leads_somewhere(path)
            if not known[path]:
                broken.setdefault(path, article.get_absolute_url())
        progress(number, count)
        if len(broken) >= MOST_BROKEN:
            break
    BrokenLink.objects.note({path: Sighting(1, clean_path(source)) for path, source in broken.items()})
    return broken


def own_links(article: Article) -> Iterator[str]:
    """The paths of this site that the body leads to, in whichever language; those of desk and files left out."""
    for code, _name in settings.LANGUAGES:
        for href in HREF.findall(getattr(article, f"body_{code}") or ""):
            path = _own_path(unescape(href))
            if path and not is_closed(path):
                yield path


def _own_path(address: str) -> str:
    """The path where `address` is one of this site; empty for others, and for what no redirect could mend."""
    try:
        parts = urlsplit(address)
        is_ours = parts.netloc == urlsplit(settings.SITE_URL).netloc if parts.netloc else not parts.scheme
        return clean_path(parts.path) if is_ours and parts.path else ""
    except (ValueError, ValidationError):
        return ""


def leads_somewhere(path: str) -> bool:
    """Whether a reader who asks for `path` gets a page, at once or by redirects."""
    if Redirect.objects.target_for(path):
        return True
    return any(_answers(each) for each in spellings(path))


def _answers(path: str) -> bool:
    prefix, _rest = split_language(path)
    with translation.override(prefix[1:] or settings.LANGUAGE_CODE):
        try:
            match = resolve(path)
            response = match.func(_request(path), *match.args, **match.kwargs)
        except (Resolver404, Http404):
            return False
        except SuspiciousOperation:  # the host of SITE_URL is not served here; the view is there all the same
            return True
        return response.status_code != 404


def _request(path: str) -> HttpRequest:
    """A reader's request for `path`, without a browser around it."""
    site = urlsplit(settings.SITE_URL)
    request = HttpRequest()
    request.method, request.path, request.path_info = "GET", path, path
    request.META = {"SERVER_NAME": site.hostname or "localhost", "SERVER_PORT": str(site.port or 443)}
    request.GET = QueryDict()
    return request
