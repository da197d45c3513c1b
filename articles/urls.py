"""Addresses of articles."""

from django.urls import path

from articles import previews, views
from articles.feeds.views import author_feed, category_feed, feed_paths, latest_feed, tag_feed

urlpatterns = [
    path("", views.front_page, name="front_page"),
    *feed_paths("", latest_feed, "feed"),
    path("hot/", views.hot_list, name="hot_list"),
    path("latest/", views.latest_list, name="latest_list"),
    path("archive/", views.archive, name="archive"),
    path("archive/<year:year>/<month:number>/", views.archive_month, name="archive_month"),
    path("corrections/", views.corrections, name="corrections"),
    path("search/", views.search, name="search"),
    path("category/<uslug:slug>/", views.category_detail, name="category_detail"),
    path("tag/<uslug:slug>/", views.tag_detail, name="tag_detail"),
    path("author/<uslug:slug>/", views.author_detail, name="author_detail"),
    *feed_paths("category/<uslug:slug>/", category_feed, "category_feed"),
    *feed_paths("tag/<uslug:slug>/", tag_feed, "tag_feed"),
    *feed_paths("author/<uslug:slug>/", author_feed, "author_feed"),
    path("preview/<str:token>/", previews.article_preview, name="article_preview"),
    path("a/<uslug:code>", views.article_short, name="article_short"),
    path("news/<key:pk>/", views.article_detail, name="article_root"),
    path("news/<key:pk>/<anyslug:slug>/", views.article_detail, name="article_detail"),
]
