"""Addresses of the moderation desk."""

from django.urls import include, path

from comments.desk import acting, addresses, views, writing

urlpatterns = [
    path("", include("comments.desk.record_urls")),
    path("", views.desk, name="desk"),
    path("cards/", views.more_cards, name="desk_cards"),
    path("news/", views.news, name="desk_news"),
    path("recent/", views.recent_acts, name="desk_recent"),
    path("decide/", acting.decide, name="desk_decide"),
    path("undo/", acting.undo_act, name="desk_undo"),
    path("lease/", acting.lease_comment, name="desk_lease"),
    path("<key:pk>/edit/", writing.edit, name="desk_edit"),
    path("<key:pk>/reply/", writing.reply, name="desk_reply"),
    path("address/<key:pk>/", addresses.address, name="desk_address"),
]
