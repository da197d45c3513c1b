"""What a phone keeps: the manifest of the app, and the page that is shown without a connection."""

import hashlib

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.response import TemplateResponse
from django.templatetags.static import static
from django.urls import reverse

from articles.http import public_page
from newsroom.models import SiteSettings

# The accent and the paper of the light design: outside of a page no sheet tells them.
ACCENT, PAPER = "#9c1c2e", "#fffdf9"
ICONS = (("icon-192", 192, "any"), ("icon-512", 512, "any"), ("icon-maskable-512", 512, "maskable"))


@public_page
def manifest(request: HttpRequest) -> HttpResponse:
    """The web app: what a phone calls it, and how it looks before the first page is there."""
    name = SiteSettings.load().name
    told = {
        "id": "/",
        "name": name,
        "short_name": name,
        "lang": settings.LANGUAGE_CODE,
        "dir": "rtl",
        "start_url": reverse("front_page"),
        "scope": reverse("front_page"),
        "display": "minimal-ui",
        "theme_color": ACCENT,
        "background_color": PAPER,
        "icons": [_icon(*icon) for icon in ICONS],
    }
    return JsonResponse(told, content_type="application/manifest+json", json_dumps_params={"ensure_ascii": False})


@public_page
def offline(request: HttpRequest) -> HttpResponse:
    """In all three languages at once: it is kept before anyone knows which will be wanted."""
    response = TemplateResponse(request, "newsroom/offline.html", {"languages": settings.LANGUAGES})
    response.headers["X-Robots-Tag"] = "noindex"
    return response


@public_page
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker. It stands at the root, because it may only look after what is below it."""
    files = [reverse("offline"), static("newsroom/site.css"), static("newsroom/icon.svg")]
    version = hashlib.sha256(" ".join(files).encode()).hexdigest()[:8]
    context = {"files": files, "version": version}
    return render(request, "newsroom/worker.js", context, content_type="text/javascript; charset=utf-8")


def _icon(name: str, size: int, purpose: str) -> dict[str, str]:
    return {
        "src": static(f"newsroom/{name}.png"),
        "sizes": f"{size}x{size}",
        "type": "image/png",
        "purpose": purpose,
    }
