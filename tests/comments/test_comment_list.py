"""A discussion page by page, its feed, and what neither of them shows."""

from datetime import timedelta
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from articles.models import Article
from comments.choices import Status
from comments.models import Comment
from comments.privacy import address_digest, mask
from comments.receipt import receipt_url
from tests.factories import comment_data, make_article, make_comment
from tests.pages import read, words

pytestmark = pytest.mark.django_db

CANARY = "canary-7431@kanari.example"
ANSWER = "/news/{0.article_id}/comments/?reply={0.pk}#comment-form"


def address_of(article: Article) -> str:
    return f"/news/{article.pk}/comments/"


def comments_in(element: Element) -> list[int]:
    """The keys of the comments, in the order of the page."""
    return [int(item.get("data-comment", "")) for item in element.findall(".//li[@data-comment]")]


def feed(client: Client, article: Article) -> list[Element]:
    response = client.get(f"{address_of(article)}feed/")
    assert response.status_code == 200
    return ElementTree.fromstring(response.content).findall("channel/item")


def parent_in(page: Element) -> str:
    field = page.find(".//form[@id='comment-form']//input[@name='parent']")
    assert field is not None
    return field.get("value", "")


def test_the_newest_thread_stands_first_with_its_answers_in_their_order(client: Client) -> None:
    article, now = make_article("عودة القطار"), timezone.now()
    older = make_comment(article, submitted_at=now - timedelta(hours=3))
    newer = make_comment(article, submitted_at=now - timedelta(hours=2))
    late = make_comment(article, parent=older, submitted_at=now - timedelta(minutes=1))
    early = make_comment(article, parent=older, submitted_at=now - timedelta(hours=1))

    for address in (address_of(article), article.get_absolute_url()):
        page = read(client, address)

        assert comments_in(page) == [newer.pk, older.pk, early.pk, late.pk]
        opener = page.find(f".//li[@data-comment='{older.pk}']")
        assert comments_in(opener) == [early.pk, late.pk]
    assert page.find(".//section[@id='comments']") is not None


def test_a_comment_shows_name_text_and_time(client: Client) -> None:
    comment = make_comment(name="سعيد", text="انظر https://example.org/a، ثم قل لنا.\n\n<b>نعم</b>")

    item = read(client, address_of(comment.article)).find(f".//li[@data-comment='{comment.pk}']")

    link = item.find(".//div//a")
    assert "سعيد" in "".join(item.itertext())
    assert "<b>نعم</b>" in "".join(item.itertext())
    assert item.find(".//time") is not None
    assert (link.get("href"), link.get("rel")) == ("https://example.org/a", "nofollow ugc noopener")


def test_paging_walks_through_every_thread_once(client: Client) -> None:
    article, now = make_article(), timezone.now()
    threads = [make_comment(article, submitted_at=now - timedelta(minutes=number // 20)) for number in range(105)]
    answer = make_comment(article, parent=threads[-1])
    pages: list[list[int]] = []
    address: str | None = article.get_absolute_url()

    while address:
        page = read(client, address)
        pages.append(comments_in(page))
        more = page.find(".//section[@id='comments']/p[@class='more']/a")
        address = more.get("href") if more is not None else None

    assert sorted(key for keys in pages for key in keys) == sorted([*(thread.pk for thread in threads), answer.pk])
    assert [len(keys) for keys in pages[:2]] == [50, 50]
    assert len(pages) == 3


@pytest.mark.parametrize(
    "cursor", ["x", "1", "1-", "-1", "1-2-3", "١-٢", "%00", "%ff", "1" * 17 + "-1", "1-" + "1" * 19]
)
def test_a_malformed_cursor_is_no_page(client: Client, cursor: str) -> None:
    assert client.get(f"{address_of(make_article())}?before={cursor}").status_code == 404


@pytest.mark.parametrize("status", [Status.PENDING, Status.REJECTED, Status.SPAM])
def test_only_what_was_approved_is_shown(client: Client, status: Status) -> None:
    article = make_article()
    hidden = make_comment(article, status=status, name="محجوب", text="نص محجوب")
    shown = make_comment(article)
    hidden_answer = make_comment(article, parent=shown, status=status, text="نص محجوب")

    pages = [client.get(address) for address in (address_of(article), article.get_absolute_url())]

    for response in (*pages, client.get(f"{address_of(article)}feed/")):
        content = response.content.decode()
        assert shown.text in content
        assert [text for text in (hidden.text, hidden.name, hidden_answer.text) if text in content] == []
    assert comments_in(read(client, address_of(article))) == [shown.pk]


def test_an_approved_answer_stays_under_the_mark_of_a_comment_that_went(client: Client, moderator: User) -> None:
    parent = make_comment(name="محجوب", text="نص محجوب")
    answer = make_comment(parent.article, parent=parent, text="جواب باق")

    parent.reject(by=moderator)

    document = read(client, address_of(parent.article))
    content = words(document)
    assert comments_in(document) == [parent.pk, answer.pk]
    assert "حُذف هذا التعليق" in content
    assert answer.text in content
    assert "محجوب" not in content


def test_comments_stand_under_their_own_article_alone(client: Client) -> None:
    elsewhere, article = make_comment(text="في مكان آخر"), make_article()

    assert elsewhere.text not in client.get(address_of(article)).content.decode()
    assert feed(client, article) == []


@pytest.mark.parametrize("of_an_answer", [False, True], ids=["thread", "answer"])
def test_asking_to_answer_puts_the_comment_into_the_form(client: Client, of_an_answer: bool) -> None:
    comment = make_comment(name="سعيد")
    if of_an_answer:
        comment = make_comment(comment.article, parent=comment, name="كريمة")

    page = read(client, f"{address_of(comment.article)}?reply={comment.pk}")

    assert parent_in(page) == str(comment.pk)
    assert comment.name in "".join(page.find(".//form[@id='comment-form']/h2").itertext())
    link = read(client, address_of(comment.article)).find(f".//a[@href='{ANSWER.format(comment)}']")
    assert link is not None


@pytest.mark.parametrize("asked", ["pending", "elsewhere", "0", "-1", "x", "١", "9" * 18, "9" * 30, "%00", "1.0", ""])
def test_asking_to_answer_what_is_not_there_is_an_empty_form(client: Client, asked: str) -> None:
    article = make_article()
    others = {
        "pending": make_comment(article, status=Status.PENDING, name="محجوب").pk,
        "elsewhere": make_comment().pk,
    }

    page = read(client, f"{address_of(article)}?reply={others.get(asked, asked)}")

    assert parent_in(page) == ""
    assert "محجوب" not in "".join(page.itertext())


def test_an_answer_to_an_answer_joins_the_thread(client: Client) -> None:
    opener = make_comment()
    answer = make_comment(opener.article, parent=opener)

    response = client.post(address_of(opener.article), comment_data(opener.article, parent=answer.pk))

    assert response.status_code == 303
    assert Comment.objects.get(name="سعيد").parent == opener


def test_the_discussion_is_offered_only_in_the_languages_of_its_article(client: Client) -> None:
    article = make_article("قطار", title_fr="Le train")

    page = read(client, address_of(article))

    assert {link.get("hreflang") for link in page.findall(".//*[@hreflang]")} <= {"ar", "fr"}


def test_the_feed_holds_the_newest_thirty(client: Client) -> None:
    article, now = make_article("عودة القطار"), timezone.now()
    comments = [make_comment(article, submitted_at=now - timedelta(minutes=number)) for number in range(32)]

    items = feed(client, article)

    assert [item.findtext("title") for item in items] == [comment.name for comment in comments[:30]]
    assert items[0].findtext("guid") == f"http://testserver{address_of(article)}#comment-{comments[0].pk}"
    assert items[0].findtext("description") == comments[0].html


def test_the_feed_leads_to_pages_that_show_the_comment(client: Client) -> None:
    article, now = make_article("عودة القطار"), timezone.now()
    opener = make_comment(article, submitted_at=now - timedelta(days=2))
    for number in range(60):
        make_comment(article, parent=opener, submitted_at=now - timedelta(hours=2, minutes=number))
        make_comment(article, submitted_at=now - timedelta(hours=5, minutes=number))

    for item in feed(client, article):
        address, _, anchor = item.findtext("link", "").removeprefix("http://testserver").partition("#")
        assert int(anchor.removeprefix("comment-")) in comments_in(read(client, address))


@given(st.text(st.characters(codec="utf-8", exclude_characters="\x00"), min_size=1, max_size=50))
@examples(deadline=None, max_examples=50)
def test_any_stored_text_leaves_the_feed_well_formed(text: str) -> None:
    comment = make_comment(Article.objects.first() or make_article())
    Comment.objects.exclude(pk=comment.pk).delete()
    Comment.objects.update(name=f"a\x07{text}", html=f"<p>\x0b\ufffe{text}</p>")
    Article.objects.update(title_ar=f"\x1f{text}")

    items = feed(Client(), comment.article)

    assert len(items) == 1
    assert "\x07" not in items[0].findtext("title")


def test_readers_addresses_are_in_no_page(client: Client, moderator: User) -> None:
    traces = (CANARY, "canary-7431", address_digest(CANARY))
    article = make_article()
    approved = make_comment(article, email=CANARY)
    make_comment(article, email=CANARY, parent=approved)
    pending = make_comment(article, email=CANARY, status=Status.PENDING)
    posted = client.post(address_of(article), comment_data(article, email=CANARY))
    public = ["/", article.get_absolute_url(), address_of(article), f"{address_of(article)}feed/"]
    public += [f"{address_of(article)}?reply={approved.pk}", receipt_url(pending), posted.headers["Location"]]

    for address in public:
        response = client.get(address)

        told = f"{response.content.decode()} {response.headers}"
        assert response.status_code == 200
        assert [trace for trace in (*traces, mask(CANARY)) if trace in told] == []

    client.force_login(moderator)
    for address in ("/admin/comments/comment/", f"/admin/comments/comment/{pending.pk}/change/"):
        content = client.get(address).content.decode()
        assert pending.name in content
        assert [trace for trace in traces if trace in content] == []
    assert mask(CANARY) in content


@pytest.mark.parametrize(
    "words", ["canary", "kanari.example", CANARY, address_digest(CANARY)], ids=["part", "domain", "whole", "hash"]
)
def test_a_moderators_search_does_not_probe_addresses(client: Client, moderator: User, words: str) -> None:
    comment = make_comment(email=CANARY, name="سعيد")
    client.force_login(moderator)

    found, by_name = (client.get("/admin/comments/comment/", {"q": query}) for query in (words, "سعيد"))

    row = f"/admin/comments/comment/{comment.pk}/change/"
    assert row in by_name.content.decode()
    assert row not in found.content.decode()


@pytest.mark.parametrize(("path", "queries"), [("", 8), ("feed/", 2)], ids=["list", "feed"])
def test_queries_do_not_grow_with_comments(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, path: str, queries: int
) -> None:
    article = make_article()

    for count in (1, 60, 60):
        for _ in range(count):
            make_comment(article, parent=make_comment(article))
        with django_assert_num_queries(queries):
            client.get(f"{address_of(article)}{path}")
