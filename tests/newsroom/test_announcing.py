"""Feed hubs and search engines are told what appeared, changed and went: by `tick`, never on anybody's way."""

import json
import threading
from collections.abc import Iterator
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any
from urllib.parse import parse_qs

import pytest
from django.test import Client
from django.utils import timezone

from articles.models import Article
from newsroom.announcing import finding, sending
from newsroom.models import Announcement
from newsroom.tick import announce
from tests.factories import make_article, make_author

pytestmark = pytest.mark.django_db
KEY = "0123456789abcdef"
SITE = "https://news.example"


class Service(HTTPServer):
    """A hub and a search engine on this machine, which remembers what it was told."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Listener)
        self.told: list[tuple[str, str]] = []
        self.status = 202

    @property
    def pages(self) -> list[str]:
        bodies = [json.loads(body) for path, body in self.told if path == "/indexnow"]
        return [page.removeprefix(SITE) for body in bodies for page in body["urlList"]]

    @property
    def feeds(self) -> list[str]:
        bodies = [parse_qs(body) for path, body in self.told if path == "/hub"]
        return [feed.removeprefix(SITE) for body in bodies for feed in body["hub.url"]]


class Listener(BaseHTTPRequestHandler):
    server: Service

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.told.append((self.path, body.decode()))
        self.send_response(self.server.status)
        if self.server.status == 307:
            self.send_header("Location", "/elsewhere")
        self.end_headers()

    def log_message(self, *args: Any) -> None:
        """Say nothing."""


@pytest.fixture
def service(tmp_path: Any, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Service]:
    monkeypatch.setenv("no_proxy", "*")
    server = Service()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    here = f"http://127.0.0.1:{server.server_port}"
    settings.SITE_URL, settings.VAR_ROOT, settings.INDEXNOW_KEY = SITE, str(tmp_path), KEY
    settings.INDEXNOW_ENDPOINT, settings.WEBSUB_HUB = f"{here}/indexnow", f"{here}/hub"
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def tell(later: timedelta = timedelta(0)) -> None:
    """A run of `tick`, so much later than now."""
    now = timezone.now() + later
    finding.queue_changes(now - timedelta(days=1), now)
    sending.send_due(now)


def test_a_published_article_is_told_once_with_the_key(service: Service) -> None:
    article = make_article("خبر جديد", title_fr="Une nouvelle")

    announce()
    announce()

    told = [json.loads(body) for path, body in service.told if path == "/indexnow"]
    assert len(told) == 1
    assert (told[0]["host"], told[0]["key"]) == ("news.example", KEY)
    assert told[0]["keyLocation"] == f"{SITE}/{KEY}.txt"
    assert sorted(service.pages) == sorted([article.get_absolute_url(), f"/fr/news/{article.pk}/une-nouvelle/"])


def test_a_hub_is_told_every_feed_that_the_article_stands_in(service: Service) -> None:
    article = make_article(tags=("الماء",))
    author = make_author()
    article.authors.add(author)

    announce()

    lists = ["/", article.category.get_absolute_url(), author.get_absolute_url(), article.tags.get().get_absolute_url()]
    assert set(service.feeds) == {f"{each}feed/{form}" for each in lists for form in ("", "atom/", "json/")}
    assert all("hub.mode=publish" in body for path, body in service.told if path == "/hub")


def test_a_scheduled_article_is_told_when_it_appears_and_not_before(service: Service) -> None:
    article = make_article(published_at=timezone.now() + timedelta(hours=1))

    tell()
    assert service.told == []
    tell(timedelta(hours=2))
    assert service.pages == [article.get_absolute_url()]


def test_a_change_is_told_again_and_housekeeping_is_not(service: Service) -> None:
    article = make_article()
    tell()
    service.told.clear()

    article.is_hot = True
    article.save()
    tell()
    assert service.told == []
    article.title = "عنوان صحح"
    article.save()
    tell(timedelta(seconds=1))
    assert service.pages == [article.get_absolute_url()]


def test_what_was_withdrawn_or_deleted_is_told(service: Service, editor: Any) -> None:
    withdrawn, deleted = make_article(), make_article()
    addresses = {withdrawn.get_absolute_url(), deleted.get_absolute_url()}
    tell()
    service.told.clear()

    withdrawn.withdraw(by=editor)
    deleted.delete()
    tell(timedelta(seconds=1))

    assert set(service.pages) == addresses
    service.told.clear()
    tell(timedelta(seconds=2))
    assert service.told == []


def test_a_draft_is_nobodys_business(service: Service, editor: Any) -> None:
    draft = make_article(status=Article.Status.DRAFT)
    draft.title = "مسودة أخرى"
    draft.save()
    draft.submit(by=editor)

    tell()

    assert service.told == []
    assert not Announcement.objects.exists()


@pytest.mark.parametrize("status", [500, 429, 307])
def test_a_refusal_is_tried_again_later_and_at_last_given_up(service: Service, status: int) -> None:
    service.status = status
    make_article()
    now = timezone.now()

    tell()
    tell(timedelta(seconds=1))
    assert len(service.told) == 2  # once each service; a redirect is not followed
    for wait in sending.WAITS:
        now += wait + timedelta(minutes=1)
        sending.send_due(now)
    assert len(service.told) == 2 * sending.TRIES
    sending.send_due(now + timedelta(days=30))
    assert len(service.told) == 2 * sending.TRIES


def test_a_service_that_recovers_is_told_what_waited(service: Service) -> None:
    article = make_article()
    service.status = 503
    tell()
    service.status = 200

    sending.send_due(timezone.now() + timedelta(minutes=2))

    assert service.pages[-1] == article.get_absolute_url()
    assert not Announcement.objects.exclude(send_after=None).exists()


def test_a_service_that_is_down_fails_no_task(service: Service, settings: Any) -> None:
    settings.INDEXNOW_ENDPOINT = settings.WEBSUB_HUB = "http://127.0.0.1:1/"
    make_article()

    assert announce() == ""
    assert Announcement.objects.filter(tries=1).count() == 2


def test_without_settings_nothing_is_asked_or_stored(django_assert_num_queries: Any) -> None:
    make_article()

    with django_assert_num_queries(0):
        assert announce() == ""


def test_the_queries_of_a_look_do_not_grow_with_the_articles(
    service: Service, django_assert_max_num_queries: Any
) -> None:
    for _ in range(12):
        make_article(tags=("الماء", "السدود"))
    now = timezone.now()

    with django_assert_max_num_queries(16):
        finding.queue_changes(now - timedelta(days=1), now)


def test_the_moment_of_the_last_look_is_kept(service: Service, tmp_path: Any) -> None:
    announce()

    assert datetime.fromisoformat((tmp_path / "announced.moment").read_text()) <= timezone.now()


def test_the_key_is_served_where_announcements_are_made(client: Client, settings: Any) -> None:
    settings.INDEXNOW_KEY, settings.INDEXNOW_ENDPOINT = KEY, "https://engine.example/indexnow"

    assert client.get(f"/{KEY}.txt").content.decode() == KEY
    assert client.get("/another-key.txt").status_code == 404
    settings.INDEXNOW_ENDPOINT = ""
    assert client.get(f"/{KEY}.txt").status_code == 404
