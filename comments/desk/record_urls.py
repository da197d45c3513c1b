"""Addresses of the desk's pages around the queues: senders, stories, search, requests, evidence, numbers."""

from django.urls import path

from comments.desk import dashboard, evidence, keeping, requests, searching, senders, stories

urlpatterns = [
    path("sender/<key:pk>/", senders.sender_page, name="desk_sender"),
    path("sender/<key:pk>/ban/", senders.ban_sender, name="desk_ban"),
    path("sender/<key:pk>/ban/<key:ban>/lift/", senders.lift_ban, name="desk_lift_ban"),
    path("sender/<key:pk>/hold/", senders.hold_sender, name="desk_hold_sender"),
    path("sender/<key:pk>/note/", senders.annotate_sender, name="desk_annotate_sender"),
    path("story/<key:pk>/", stories.story, name="desk_story"),
    path("<key:pk>/pass-on/", keeping.escalate, name="desk_escalate"),
    path("<key:pk>/legal-hold/", keeping.hold_legally, name="desk_hold_legally"),
    path("<key:pk>/legal-release/", keeping.release_legally, name="desk_release_legally"),
    path("search/", searching.search_page, name="desk_search"),
    path("saved/", searching.save_filter, name="desk_save_filter"),
    path("saved/<key:pk>/", searching.saved_filter, name="desk_saved"),
    path("saved/<key:pk>/delete/", searching.delete_filter, name="desk_delete_filter"),
    path("requests/", requests.withdrawal_requests, name="desk_requests"),
    path("requests/<key:pk>/uphold/", requests.uphold_request, name="desk_uphold_request"),
    path("requests/<key:pk>/dismiss/", requests.dismiss_request, name="desk_dismiss_request"),
    path("evidence/<key:pk>/", evidence.evidence_page, name="desk_evidence"),
    path("evidence/<key:pk>.json", evidence.evidence_json, name="desk_evidence_json"),
    path("evidence/<key:pk>/print/", evidence.evidence_print, name="desk_evidence_print"),
    path("dashboard/", dashboard.dashboard, name="desk_dashboard"),
]
