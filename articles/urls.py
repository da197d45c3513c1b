"""Addresses of articles."""

from django.urls import path

from articles import previews, views
from articles.feeds import LatestFeed
from articles.http import public_page

urlpatterns = [
    path("", views.front_page, name="front_page"),
    path("feed/", public_page(LatestFeed()), name="feed"),
    path("hot/", views.hot_list, name="hot_list"),
    path("latest/", views.latest_list, name="latest_list"),
    path("archive/", views.archive, name="archive"),
    path("archive/<year:year>/<month:number>/", views.archive_month, name="archive_month"),
    path("corrections/", views.corrections, name="corrections"),
    path("search/", views.search, name="search"),
    path("category/<uslug:slug>/", views.category_detail, name="category_detail"),
    path("tag/<uslug:slug>/", views.tag_detail, name="tag_detail"),
    path("author/<uslug:slug>/", views.author_detail, name="author_detail"),
    path("preview/<str:token>/", previews.article_preview, name="article_preview"),
    path("a/<uslug:code>", views.article_short, name="article_short"),
    path("news/<key:pk>/", views.article_detail, name="article_root"),
    path("news/<key:pk>/<anyslug:slug>/", views.article_detail, name="article_detail"),
]
