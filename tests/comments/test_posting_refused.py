"""Posts that are not taken whoever fills in the form: closed, foreign, too large; and reading writes nothing."""

from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import html5lib
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.choices import Status as ArticleStatus
from articles.models import Article
from comments.choices import Mode
from comments.models import Comment, Decision, Policy
from comments.receipt import receipt_url
from newsroom.models import PageGeneration
from tests.factories import comment_data, make_article, make_comment

pytestmark = pytest.mark.django_db

KIB = 1024
FORM = "application/x-www-form-urlencoded"


def post(client: Client, article: Article, headers: dict[str, str] | None = None, **values: Any) -> Any:
    body = urlencode(comment_data(article, **values))
    return client.post(f"/news/{article.pk}/comments/", body, content_type=FORM, headers=headers)


@pytest.fixture
def strict() -> Client:
    """A client that is asked for a CSRF token wherever one is needed, and shown faults as readers are."""
    return Client(enforce_csrf_checks=True, raise_request_exception=False)


@pytest.mark.parametrize("scope", ["article", "category", "site"])
def test_a_closed_discussion_keeps_the_readers_words(client: Client, scope: str) -> None:
    article = make_article()
    scopes: dict[str, Any] = {"article": {"article": article}, "category": {"category": article.category}, "site": {}}
    Policy.objects.create(mode=Mode.CLOSED, **scopes[scope])

    response = post(client, article, text="كتبت هذا قبل الإغلاق </textarea><b>")

    document = html5lib.parse(response.content, namespaceHTMLElements=False, transport_encoding="utf-8")
    kept = document.find(".//main[@id='content']//textarea")
    assert response.status_code == 403
    assert "".join(kept.itertext()) == "كتبت هذا قبل الإغلاق </textarea><b>"
    assert document.find(".//form[@id='comment-form']") is None
    assert not Comment.objects.exists()


def test_an_empty_post_to_a_closed_discussion_is_refused_too(client: Client) -> None:
    article = make_article()
    Policy.objects.create(article=article, mode=Mode.CLOSED)

    assert client.post(f"/news/{article.pk}/comments/", {}).status_code == 403


def test_a_closed_article_shows_its_comments_without_a_form(client: Client) -> None:
    article = make_article()
    comment = make_comment(article)
    Policy.objects.create(article=article, mode=Mode.CLOSED)

    for address in (article.get_absolute_url(), f"/news/{article.pk}/comments/"):
        content = client.get(address).content.decode()

        assert comment.text in content
        assert 'id="comment-form"' not in content
        assert "?reply=" not in content


@pytest.mark.parametrize("status", ["draft", "in_review", "withdrawn", "scheduled", "french", "deleted"])
def test_what_cannot_be_read_cannot_be_commented(client: Client, status: str) -> None:
    article = make_article(title_fr="Le train")
    if status in ArticleStatus.values:
        Article.objects.update(status=status)
    elif status == "scheduled":
        Article.objects.update(published_at=timezone.now() + timedelta(minutes=5))
    elif status == "french":
        Article.objects.update(title_ar=None)
    else:
        Article.objects.all().delete()

    assert post(client, Article(pk=article.pk or 1)).status_code == 404
    assert not Comment.objects.exists()


FOREIGN = {
    "foreign origin": {"Origin": "https://evil.example"},
    "null origin": {"Origin": "null"},
    "no origin": {"Origin": ""},
    "broken origin": {"Origin": "http://["},
    "subdomain": {"Origin": "http://testserver.evil.example"},
    "parent": {"Origin": "http://notestserver"},
    "user in front": {"Origin": "http://testserver@evil.example"},
    "fragment": {"Origin": "http://evil.example#testserver"},
    "other port": {"Origin": "http://testserver:8080"},
    "cross-site": {"Sec-Fetch-Site": "cross-site"},
    "same-site": {"Sec-Fetch-Site": "same-site"},
    "nonsense": {"Sec-Fetch-Site": "x"},
    "cross-site with our origin": {"Sec-Fetch-Site": "cross-site", "Origin": "http://testserver"},
    "same-origin with a foreign origin": {"Sec-Fetch-Site": "same-origin", "Origin": "https://evil.example"},
}
OWN = {
    "nothing": {},
    "origin": {"Origin": "http://testserver"},
    "same-origin": {"Sec-Fetch-Site": "same-origin"},
    "both": {"Sec-Fetch-Site": "same-origin", "Origin": "http://testserver"},
    "typed by hand": {"Sec-Fetch-Site": "none"},
}


@pytest.mark.parametrize("headers", FOREIGN.values(), ids=FOREIGN)
def test_a_form_on_a_foreign_page_is_refused(strict: Client, headers: dict[str, str]) -> None:
    response = post(strict, make_article(), headers)

    assert response.status_code == 403
    assert response.headers["Cache-Control"] == "private, no-store"
    assert not Comment.objects.exists()


@pytest.mark.parametrize("headers", OWN.values(), ids=OWN)
def test_our_own_form_is_taken_without_cookie_and_token(strict: Client, headers: dict[str, str]) -> None:
    response = post(strict, make_article(), headers)

    assert response.status_code == 303
    assert not response.cookies
    assert not strict.cookies
    assert Comment.objects.count() == 1


def padded(article: Article, size: int) -> str:
    """A valid post of `size` bytes."""
    body = urlencode(comment_data(article)) + "&x="
    return body + "x" * (size - len(body))


@pytest.mark.parametrize(
    ("size", "status"), [(64 * KIB, 303), (64 * KIB + 1, 413), (1024 * KIB, 413), (4096 * KIB, 413)]
)
def test_a_post_of_more_than_64_kib_is_refused(strict: Client, size: int, status: int) -> None:
    article = make_article()

    response = strict.post(f"/news/{article.pk}/comments/", padded(article, size), content_type=FORM)

    assert response.status_code == status
    assert Comment.objects.count() == (status == 303)


@pytest.mark.parametrize("length", ["-1", "0", "9" * 40])
def test_a_length_that_is_not_the_bodys_is_a_bad_request(strict: Client, length: str) -> None:
    article = make_article()

    response = strict.post(f"/news/{article.pk}/comments/", "name=x", content_type=FORM, CONTENT_LENGTH=length)

    assert 400 <= response.status_code < 500
    assert not Comment.objects.exists()


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b"", FORM),
        (b"\xff\xfe=\xff", FORM),
        (b"&".join(b"%d=x" % number for number in range(5000)), FORM),
        (b"{}", "application/json"),
        (b"nonsense", "multipart/form-data; boundary=x"),
        (b"nonsense", "multipart/form-data"),
        (b"name=x", f"{FORM}; charset=utf-7"),
        (b"name=x", "text/plain"),
    ],
    ids=["empty", "bytes", "keys", "json", "multipart", "no boundary", "utf-7", "plain"],
)
def test_a_body_that_is_no_form_is_a_bad_request(strict: Client, body: bytes, content_type: str) -> None:
    article = make_article()

    response = strict.post(f"/news/{article.pk}/comments/", body, content_type=content_type)

    assert 400 <= response.status_code < 500
    assert not Comment.objects.exists()


@pytest.mark.parametrize("method", ["get", "head"])
def test_reading_writes_nothing(client: Client, method: str) -> None:
    comment = make_comment(make_article(tags=("فاس",)))
    article = comment.article
    addresses = [
        "/", "/latest/", "/hot/", "/feed/", "/sitemap.xml", "/robots.txt", "/nothing/", "/admin/login/",
        article.get_absolute_url(), article.get_short_url(), article.category.get_absolute_url(),
        article.tags.get().get_absolute_url(), f"/news/{article.pk}/comments/feed/", receipt_url(comment),
        f"/news/{article.pk}/comments/?{urlencode(comment_data(article, reply=comment.pk))}",
    ]  # fmt: skip
    before = (Comment.objects.count(), Decision.objects.count(), set(PageGeneration.objects.values_list()))

    with CaptureQueriesContext(connection) as captured:
        for address in addresses:
            getattr(client, method)(address)

    written = [query["sql"] for query in captured if not query["sql"].lstrip("(").upper().startswith("SELECT")]
    assert len(captured) > len(addresses)
    assert written == []
    assert (Comment.objects.count(), Decision.objects.count(), set(PageGeneration.objects.values_list())) == before


@pytest.mark.parametrize("email", ["mi\u212ae@example.ma", "said@\u212aoran.ma"])
def test_an_address_of_letters_that_look_like_others_is_refused(client: Client, email: str) -> None:
    article = make_article()

    response = client.post(f"/news/{article.pk}/comments/", comment_data(article, email=email))

    assert response.status_code == 422
    assert not Comment.objects.exists()
