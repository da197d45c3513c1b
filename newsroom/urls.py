"""Every address of the portal. Arabic has no prefix; French and English have theirs."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

from articles.views import rendition
from newsroom.views import (
    announcing,
    approval,
    cards,
    health,
    letters,
    newsletter,
    offline,
    pages,
    portal,
    readings,
    sitemaps,
    statistics,
)

urlpatterns = [
    path("sitemap.xml", sitemaps.index, name="sitemap"),
    path("sitemap-<slug:name>-<key:number>.xml", sitemaps.section, name="sitemap_section"),
    path("news-sitemap.xml", sitemaps.news, name="news_sitemap"),
    path("robots.txt", portal.robots, name="robots"),
    path(".well-known/security.txt", portal.security, name="security"),
    path("manifest.webmanifest", offline.manifest, name="manifest"),
    path("offline/", offline.offline, name="offline"),
    path("sw.js", offline.worker, name="worker"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("media/<path:path>", portal.media, name="media"),
    # For directors, in Arabic: the address is sent by hand and has no language of its own.
    path("approval/<str:token>/", approval.article_approval, name="article_approval"),
    # Told by a script, not followed by readers: it has no language.
    path("v/<key:pk>", readings.article_read, name="article_read"),
    path("r/<key:pk>-<renditionkey:key>/<rendition:entry>", rendition, name="rendition"),
    path("card/<key:pk>-<renditionkey:key>-<language:language>.jpg", cards.social_card, name="social_card"),
    path("card/site-<renditionkey:key>-<language:language>.jpg", cards.site_card, name="site_card"),
    path("<announcerkey:key>.txt", announcing.announcer_key, name="announcer_key"),
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
