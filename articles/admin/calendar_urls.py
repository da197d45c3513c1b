"""Addresses of the calendar."""

from django.urls import path

from articles.admin import calendar

urlpatterns = [
    path("", calendar.calendar, name="articles_calendar"),
    path("<int:key>/move/", calendar.calendar_move, name="articles_calendar_move"),
]
