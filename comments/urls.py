"""Addresses of comments."""

from django.urls import path

from articles.feeds.views import feed_paths
from comments import views
from comments.feeds import comment_feed

urlpatterns = [
    path("news/<key:pk>/comments/", views.article_comments, name="comment_list"),
    # The same address under the name that forms use.
    path("news/<key:pk>/comments/", views.article_comments, name="comment_create"),
    *feed_paths("news/<key:pk>/comments/", comment_feed, "comment_feed"),
    path("comments/received/<anyslug:token>/", views.comment_received, name="comment_received"),
    path("comments/received/<anyslug:token>/ask/", views.comment_ask, name="comment_ask"),
    path("comments/<key:pk>/report/", views.comment_report, name="comment_report"),
    path("comments/confirm/<anyslug:token>/", views.comment_confirm, name="comment_confirm"),
    path("comments/unsubscribe/<anyslug:token>/", views.comment_unsubscribe, name="comment_unsubscribe"),
    path("comments/decide/<anyslug:token>/", views.comment_decide, name="comment_decide"),
    path("comments/my-data/", views.my_data, name="my_data"),
    path("comments/my-data/<anyslug:token>/", views.my_data_held, name="my_data_held"),
]
