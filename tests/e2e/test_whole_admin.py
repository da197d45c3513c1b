"""Every page of the admin in a browser: the policy holds, nothing is foreign, axe finds nothing serious."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib import admin
from django.db.models import Model
from django.urls import URLPattern, URLResolver, get_resolver
from playwright.sync_api import Page

from comments.models import Report, WordRule
from tests.e2e.conftest import Watch, log_in, violations
from tests.factories import make_article, make_author, make_comment, make_picture, make_tag, make_user

pytestmark = pytest.mark.django_db(transaction=True)

# They answer a script or a button, not somebody who opens them.
NO_PAGES = ("jsi18n", "logout", "login", "autocomplete", "password_change/done")
SERIOUS = ("serious", "critical")
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 900}


@pytest.fixture
def newsroom(live_server: Any) -> None:
    """Something of everything that the lists show."""
    article = make_article(picture=make_picture(), tags=("الماء",), is_hot=True)
    article.authors.add(make_author())
    make_tag()
    make_article(status="draft")
    comment = make_comment(article, status="pending")
    make_comment(article)
    Report.objects.create(comment=comment, complaint="insult", revision=comment.revision)
    WordRule.objects.create(phrase="كلمة")


def plain_paths(patterns: Any, prefix: str = "/") -> Iterator[str]:
    """The addresses of the admin that need no number."""
    for pattern in patterns:
        route = str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from plain_paths(pattern.url_patterns, prefix + route)
        elif isinstance(pattern, URLPattern) and not set("<(") & set(route):
            yield prefix + route.replace("^", "").replace("$", "")


def own_paths() -> list[str]:
    paths = sorted({path for path in plain_paths(get_resolver().url_patterns) if path.startswith("/admin/")})
    return [path for path in paths if not any(word in path for word in NO_PAGES)]


def change_paths() -> list[str]:
    """The form of one object of each kind that there is one of."""
    return [path for model in admin.site._registry for path in _first(model)]


def _first(model: type[Model]) -> list[str]:
    row = model._default_manager.order_by("pk").first()
    return [f"/admin/{model._meta.app_label}/{model._meta.model_name}/{row.pk}/change/"] if row else []


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_no_page_of_the_admin_has_a_serious_fault(
    page: Page, live_server: Any, watch: Watch, newsroom: None, size: Any
) -> None:
    page.set_viewport_size(size)
    log_in(page, live_server.url, make_user(is_superuser=True).username)
    seen = 0
    findings: dict[tuple[str, str], Any] = {}

    for path in [*own_paths(), *change_paths()]:
        answer = page.request.get(live_server.url + path)
        if not answer.ok:
            if answer.status not in (403, 404, 405, 422):  # what nobody adds, what takes posts, what needs an order
                findings[path, "status"] = answer.status
            continue
        if "<html" not in answer.text():  # for a script
            continue
        page.goto(live_server.url + path)
        page.wait_for_load_state("networkidle")
        seen += 1
        if watch.faults:
            findings[path, "console"] = watch.faults
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            findings[path, "scrolls sideways"] = True
        found = violations(page)
        if serious := [fault for fault in found if fault["impact"] in SERIOUS]:
            findings[path, "axe"] = [(fault["id"], fault["nodes"][0]["html"][:120]) for fault in serious]
        watch.faults = []  # axe scrolls by writing styles, which the policy stops

    assert not findings, "\n".join(f"{where}: {what}" for where, what in findings.items())
    assert seen > 50
