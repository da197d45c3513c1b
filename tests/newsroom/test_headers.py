"""What every response says to browsers and caches, and that all readers get the same bytes."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

import html5lib
import pytest
import time_machine
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from articles.models import Article, Byline
from articles.sitemaps import SIZE
from comments.receipt import receipt_url
from tests.factories import comment_data, make_article, make_author, make_comment, make_picture

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 2, 10, 20, tzinfo=UTC)
PAGES: dict[str, Callable[[Article], str]] = {
    "front": lambda article: "/",
    "french front": lambda article: "/fr/",
    "english front": lambda article: "/en/",
    "article": Article.get_absolute_url,
    "comments": lambda article: reverse("comment_list", args=[article.pk]),
    "answering": lambda article: f"/news/{article.pk}/comments/?reply={article.comments.get().pk}",
    "category": lambda article: article.category.get_absolute_url(),
    "tag": lambda article: article.tags.get().get_absolute_url(),
    "author": lambda article: article.authors.get().get_absolute_url(),
    "hot": lambda article: "/hot/",
    "latest": lambda article: "/latest/",
    "feed": lambda article: "/feed/",
    "french feed": lambda article: "/fr/feed/",
    "comment feed": lambda article: reverse("comment_feed", args=[article.pk]),
    "json feed": lambda article: "/feed/json/",
    "category's feed": lambda article: f"{article.category.get_absolute_url()}feed/atom/",
    "sitemap": lambda article: "/sitemap.xml",
    "sitemap of articles": lambda article: f"/sitemap-articles-{(article.pk - 1) // SIZE + 1}.xml",
    "news sitemap": lambda article: "/news-sitemap.xml",
    "manifest": lambda article: "/manifest.webmanifest",
    "offline": lambda article: "/offline/",
    "worker": lambda article: "/sw.js",
    "robots": lambda article: "/robots.txt",
}
HOSTILE = {
    "Accept-Language": "fr,en;q=0.8",
    "X-Forwarded-Host": "evil.example",
    "X-Forwarded-Proto": "https",
    "X-Forwarded-Port": "444",
    "X-Forwarded-Prefix": "/evil",
    "X-Forwarded-For": "203.0.113.9",
    "X-Original-URL": "/admin/",
    "X-Rewrite-URL": "/admin/",
    "X-HTTP-Method-Override": "POST",
    "Forwarded": "host=evil.example;proto=https",
    "Referer": "https://evil.example/",
    "User-Agent": "<script>evil</script>",
}


@pytest.fixture
def article() -> Article:
    article = make_article("خبر اليوم", title_fr="Le jour", picture=make_picture(), tags=("فاس",), is_hot=True)
    Byline.objects.create(article=article, author=make_author("سميرة"))
    make_comment(article, text="انظر https://example.org/صفحة")
    return article


@pytest.fixture(params=PAGES, ids=str)
def address(request: pytest.FixtureRequest, article: Article) -> str:
    return PAGES[request.param](article)


@pytest.fixture
def unforgiving() -> Client:
    """A client that asks for CSRF tokens, as a browser's server does, and answers 500 as a server does."""
    return Client(enforce_csrf_checks=True, raise_request_exception=False)


def policy(response: Any) -> dict[str, list[str]]:
    """The directives of the content security policy."""
    directives = (directive.split() for directive in response.headers["Content-Security-Policy"].split(";"))
    return {name: sources for name, *sources in filter(None, directives)}


def assert_is_safe(response: Any) -> None:
    directives = policy(response)
    sources = {source for listed in directives.values() for source in listed}
    assert not {"'unsafe-inline'", "'unsafe-eval'", "*", "http:", "https:"} & sources
    assert directives["default-src"] == ["'none'"]
    for name in ("base-uri", "object-src", "frame-ancestors"):
        assert directives[name] == ["'none'"], name
    assert response.headers["X-Content-Type-Options"] == "nosniff"


def test_a_public_page_may_be_kept_and_shared(client: Client, address: str) -> None:
    response = client.get(address)

    vary = {value.strip().lower() for value in response.headers.get("Vary", "").split(",")}
    assert response.status_code == 200
    assert response.headers["Cache-Control"].split(", ")[0] == "public"
    assert "s-maxage=1" in response.headers["Cache-Control"]
    assert "Set-Cookie" not in response.headers
    assert not response.cookies
    assert not vary & {"cookie", "accept-language", "*"}


def test_a_public_page_has_the_policy(client: Client, address: str) -> None:
    response = client.get(address)

    assert_is_safe(response)
    assert "nonce-" not in response.headers["Content-Security-Policy"]


def test_every_reader_gets_the_same_bytes(client: Client, address: str, administrator: Any) -> None:
    staff = Client()
    staff.force_login(administrator)
    with time_machine.travel(NOW, tick=False):
        Article.objects.update(published_at=NOW)
        first, second = client.get(address), Client().get(address)
        for_staff, hostile = staff.get(address), Client(headers=HOSTILE).get(address)
        marked = client.get(address, query_params={**first.wsgi_request.GET.dict(), "utm_source": "evil.example"})

    assert first.status_code == 200
    assert first.content == second.content == for_staff.content == hostile.content == marked.content
    assert first.headers == for_staff.headers == hostile.headers
    assert b"evil" not in hostile.content


def test_a_head_is_a_get_without_its_body(client: Client, address: str) -> None:
    with time_machine.travel(NOW, tick=False):
        Article.objects.update(published_at=NOW)
        whole, head = client.get(address), client.head(address)

    assert (head.status_code, head.content) == (200, b"")
    assert head.headers == whole.headers


def test_a_page_to_be_read_takes_nothing(client: Client, address: str) -> None:
    takes_posts = address.partition("?")[0].endswith("/comments/")

    for method in ("post", "put", "patch", "delete"):
        response = getattr(client, method)(address)

        assert response.status_code == (422 if takes_posts and method == "post" else 405)
        assert_is_safe(response)


def test_a_page_loads_nothing_from_a_foreign_host(client: Client, address: str) -> None:
    response = client.get(address)

    loaded: list[str] = []
    if response.headers["Content-Type"].startswith("text/html"):
        document = html5lib.parse(response.content, namespaceHTMLElements=False, transport_encoding="utf-8")
        links = [link for link in document.findall(".//link") if link.get("rel") in ("stylesheet", "icon")]
        loaded = [link.get("href") for link in links]
        loaded += [e.get(name) for e in document.iter() for name in ("src", "srcset", "poster", "data") if e.get(name)]
        assert len(links) == 2
        # A page with a form has the script of the form, from here; what is written into a page is data alone.
        written = {script.get("type") for script in document.iter("script") if script.text}
        assert written <= {"application/ld+json"}
    assert [value for value in loaded if urlsplit(value).scheme or urlsplit(value).netloc] == []


def test_a_foreign_host_is_refused_everywhere(client: Client, address: str) -> None:
    response = client.get(address, headers={"Host": "evil.example"})

    assert response.status_code == 400
    assert b"evil" not in response.content
    assert_is_safe(response)


@pytest.mark.parametrize("host", ["testserver.evil.example", "eviltestserver", "testserver:x", "", "a b", "[::1"])
def test_what_only_looks_like_our_host_is_refused(client: Client, host: str) -> None:
    assert client.get("/", headers={"Host": host}).status_code == 400


@pytest.mark.parametrize("path", ["/admin/", "/admin/login/", "/nothing/", "/static/x.css", "/media/x.jpg"])
def test_a_foreign_host_is_refused_elsewhere_too(client: Client, path: str) -> None:
    response = client.get(path, headers={"Host": "evil.example"})

    assert response.status_code in (400, 404)
    assert b"evil" not in response.content


def failing(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*args: Any, **kwargs: Any) -> HttpResponse:
        raise RuntimeError("the database is on fire")

    monkeypatch.setattr("articles.views.compose", fail)


def test_a_fault_has_the_policy_and_no_cookie(unforgiving: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    failing(monkeypatch)

    response = unforgiving.get("/")

    assert response.status_code == 500
    assert_is_safe(response)
    assert not response.cookies
    assert "public" not in response.headers.get("Cache-Control", "")


@pytest.mark.parametrize("path", ["/nothing/", "/fr/nothing/", "/news/999/", "/tag/لا-شيء/", "/latest/?before=x"])
def test_a_missing_page_has_the_policy_and_no_cookie(client: Client, path: str) -> None:
    response = client.get(path)

    assert response.status_code == 404
    assert_is_safe(response)
    assert not response.cookies
    assert "public" not in response.headers.get("Cache-Control", "")
    assert "cookie" not in response.headers.get("Vary", "").lower()


def test_refusals_have_the_policy(unforgiving: Client, article: Article, journalist: Any) -> None:
    foreign = unforgiving.post(
        f"/news/{article.pk}/comments/", comment_data(article), headers={"Origin": "https://evil.example"}
    )
    without_token = unforgiving.post("/admin/login/", {"username": "x", "password": "x"})
    unforgiving.force_login(journalist)
    forbidden = unforgiving.get("/admin/comments/comment/")

    assert [response.status_code for response in (foreign, without_token, forbidden)] == [403, 403, 403]
    for response in (foreign, without_token, forbidden):
        assert_is_safe(response)


def test_the_pages_of_staff_have_the_policy_and_are_not_shared(client: Client, editor: Any) -> None:
    login_page = client.get("/admin/login/")
    client.force_login(editor)
    index, writing = client.get("/admin/"), client.get("/admin/articles/article/add/")

    for response in (login_page, index, writing):
        assert response.status_code == 200
        assert_is_safe(response)
        assert "private" in response.headers["Cache-Control"]


def test_the_receipt_has_the_policy_and_no_cookie(client: Client, article: Article) -> None:
    response = client.get(receipt_url(article.comments.get()))

    assert response.status_code == 200
    assert_is_safe(response)
    assert not response.cookies


def test_a_picture_can_be_kept_but_runs_nothing(client: Client, article: Article) -> None:
    response = client.get(article.picture.file.url)
    response.close()

    assert response.status_code == 200
    assert response.headers["Content-Type"] == "image/jpeg"
    assert response.headers["Cache-Control"].startswith("public")
    assert not response.cookies
    assert "sandbox" in policy(response)
    assert_is_safe(response)


@pytest.mark.parametrize(
    "path", ["", "nothing.jpg", "pictures/", "%00", "%ff", "x" * 300, "a/" * 3000], ids=lambda path: path[:12]
)
def test_a_missing_picture_is_not_found(unforgiving: Client, path: str) -> None:
    assert unforgiving.get(f"/media/{path}").status_code == 404


@pytest.mark.parametrize("path", ["../manage.py", "%2e%2e/manage.py", "pictures/../../manage.py", "/etc/passwd"])
def test_no_file_outside_the_folder_is_served(unforgiving: Client, path: str) -> None:
    assert unforgiving.get(f"/media/{path}").status_code in (400, 404)
