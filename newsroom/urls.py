"""Every address of the portal. Arabic has no prefix; French and English have theirs."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.contrib.sitemaps.views import sitemap
from django.urls import include, path

from articles.http import public_page
from articles.sitemaps import SITEMAPS
from articles.views import rendition
from newsroom.views import approval, letters, newsletter, pages, portal, statistics

urlpatterns = [
    path("sitemap.xml", public_page(sitemap), {"sitemaps": SITEMAPS}, name="sitemap"),
    path("robots.txt", portal.robots, name="robots"),
    path("media/<path:path>", portal.media, name="media"),
    # For directors, in Arabic: the address is sent by hand and has no language of its own.
    path("approval/<str:token>/", approval.article_approval, name="article_approval"),
    path("r/<key:pk>-<renditionkey:key>/<rendition:entry>", rendition, name="rendition"),
    *i18n_patterns(
        path("admin/comments/desk/", include("comments.desk.urls")),
        path("admin/articles/statistics/", statistics.article_statistics, name="articles_statistics"),
        path("admin/articles/calendar/", include("articles.admin.calendar_urls")),
        path("admin/articles/board/", include("articles.admin.board.urls")),
        path("admin/", admin.site.urls),
        path("page/<uslug:slug>/", pages.page_detail, name="page_detail"),
        path("imprint/", pages.imprint, name="imprint"),
        path("contact/", letters.contact, name="contact"),
        path("contact/received/", letters.contact_received, name="contact_received"),
        path("news/<key:pk>/error/", letters.error_report, name="error_report"),
        path("news/<key:pk>/error/received/", letters.error_received, name="error_received"),
        path("newsletter/", newsletter.sign_up, name="newsletter"),
        path("newsletter/received/", newsletter.received, name="newsletter_received"),
        path("newsletter/confirm/<anyslug:token>/", newsletter.confirm, name="newsletter_confirm"),
        path("newsletter/unsubscribe/<anyslug:token>/", newsletter.unsubscribe, name="newsletter_unsubscribe"),
        path("", include("comments.urls")),
        path("", include("articles.urls")),
        prefix_default_language=False,
    ),
]
