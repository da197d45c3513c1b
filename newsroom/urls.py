"""Every address of the portal. Arabic has no prefix; French and English have theirs."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.contrib.sitemaps.views import sitemap
from django.urls import include, path

from articles.http import public_page
from articles.sitemaps import SITEMAPS
from articles.views import rendition
from newsroom.views import portal

urlpatterns = [
    path("sitemap.xml", public_page(sitemap), {"sitemaps": SITEMAPS}, name="sitemap"),
    path("robots.txt", portal.robots, name="robots"),
    path("media/<path:path>", portal.media, name="media"),
    path("r/<key:pk>-<renditionkey:key>/<rendition:entry>", rendition, name="rendition"),
    *i18n_patterns(
        path("admin/comments/desk/", include("comments.desk.urls")),
        path("admin/", admin.site.urls),
        path("", include("comments.urls")),
        path("", include("articles.urls")),
        prefix_default_language=False,
    ),
]
