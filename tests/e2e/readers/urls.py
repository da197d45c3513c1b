"""The portal's addresses, and one in each language that fails."""

from django.conf.urls.i18n import i18n_patterns
from django.http import HttpRequest, HttpResponse
from django.urls import path

from newsroom.urls import urlpatterns as addresses


def fail(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("a page of the tests that always fails")


urlpatterns = [*i18n_patterns(path("failing/", fail), prefix_default_language=False), *addresses]
