"""Addresses of the front page board."""

from django.urls import path

from articles.admin.board import acting, blocks, views

urlpatterns = [
    path("", views.board, name="board"),
    path("found/", views.found, name="board_found"),
    path("preview/", views.preview, name="board_preview"),
    path("act/", acting.act, name="board_act"),
    path("block/", blocks.add_block, name="board_block_add"),
    path("block/<slug:key>/", blocks.change_block, name="board_block"),
]
