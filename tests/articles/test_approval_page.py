"""Behind a director's link: the article as readers will see it, and one decision."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles.approval import approve, send_back, text_version
from articles.choices import LinkKind, LinkState, Status
from articles.links import LinkOver, link_path
from articles.models import Article, ArticleLink
from tests.admin_forms import columns, form_data, typed
from tests.factories import make_article, make_user
from tests.pages import parse, words

pytestmark = pytest.mark.django_db

DIRECTOR = "فاطمة الزهراء المديرة"
FOREIGN = {"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"}


def waiting(**values: Any) -> Article:
    return make_article(status=Status.IN_REVIEW, **values)


def issue(article: Article | None = None, by: User | None = None, days: int = 2) -> ArticleLink:
    return ArticleLink.issue_approval(article or waiting(), by or make_user("editor"), DIRECTOR, days)


def sent(link: ArticleLink, button: str, **values: str) -> dict[str, str]:
    """What the director's browser sends when `button` is pressed on the page as it is now."""
    return form_data(Client().get(link_path(link))) | {button: "yes"} | values


def outcome(response: Any) -> str:
    """What the page says it is about: its `data-result`."""
    return next((each.get("data-result") for each in parse(response).iter() if each.get("data-result")), "")


def test_the_page_shows_every_language_of_the_article_and_changes_nothing(client: Client) -> None:
    article = waiting(title="قطار الجنوب", title_fr="Le train du Sud", body_fr="<p>Il partira en mai.</p>")
    link = issue(article)
    before = columns(article), columns(link)

    response = client.get(link_path(link))
    head = client.head(link_path(link))

    page = response.content.decode()
    sections = [each for each in parse(response).iter("section") if each.get("id", "").startswith("text-")]
    assert [(each.get("lang"), each.get("dir")) for each in sections] == [("ar", "rtl"), ("fr", "ltr")]
    assert "Il partira en mai." in words(sections[1])
    assert DIRECTOR in page
    assert link.issued_by.username not in page
    assert (response.status_code, head.status_code) == (200, 200)
    assert (columns(article), columns(link)) == before


def test_the_page_is_private_and_sets_no_cookie(client: Client) -> None:
    response = client.get(link_path(issue()))

    assert response.headers["Cache-Control"] == "private, no-store"
    assert response.headers["X-Robots-Tag"] == "noindex"
    assert not response.cookies
    assert "Cookie" not in response.headers.get("Vary", "")


def test_the_page_costs_the_same_with_more_links(client: Client, django_assert_max_num_queries: Any) -> None:
    article = waiting(tags=("ماء", "سد"))
    links = [issue(article) for _ in range(5)]

    with django_assert_max_num_queries(16):
        client.get(link_path(links[0]))


def test_the_director_approves_in_the_name_of_who_asked(client: Client, editor: User) -> None:
    link = issue(by=editor)

    response = client.post(link_path(link), sent(link, "approve"))

    article = Article.objects.get()
    step = article.status_changes.get()
    link.refresh_from_db()
    assert (response.status_code, outcome(response)) == (200, "published")
    assert article.is_visible
    assert (step.by, step.director) == (editor, DIRECTOR)
    assert link.state == LinkState.USED


def test_an_approved_article_keeps_its_time_to_come(client: Client) -> None:
    later = timezone.now() + timedelta(hours=9)
    link = issue(waiting(published_at=later))

    client.post(link_path(link), sent(link, "approve"))

    article = Article.objects.get()
    assert (article.is_scheduled, article.published_at) == (True, later)


def test_an_approved_article_whose_time_has_passed_appears_now(client: Client) -> None:
    link = issue(waiting(published_at=timezone.now() - timedelta(days=2)))

    client.post(link_path(link), sent(link, "approve"))

    assert timezone.now() - Article.objects.get().published_at < timedelta(minutes=1)


def test_the_director_sends_it_back_with_a_note(client: Client, editor: User) -> None:
    link = issue(by=editor)

    response = client.post(link_path(link), sent(link, "return", note="العنوان لا يقول ما وقع."))

    article = Article.objects.get()
    step = article.status_changes.get()
    assert (response.status_code, outcome(response)) == (200, "returned")
    assert (article.status, article.return_note) == (Status.DRAFT, "العنوان لا يقول ما وقع.")
    assert (step.by, step.director, step.note) == (editor, DIRECTOR, "العنوان لا يقول ما وقع.")


@pytest.mark.parametrize("note", ["", "  ", "ا" * 1001, "\x07"], ids=["empty", "blank", "long", "control"])
def test_a_return_needs_a_note_and_keeps_what_was_typed(client: Client, note: str) -> None:
    link = issue()

    response = client.post(link_path(link), sent(link, "return", note=note))

    assert response.status_code == 422
    assert [each for each in parse(response).iter("ul") if "errorlist" in each.get("class", "")]
    assert typed(response)["note"].strip() == note.strip()
    link.refresh_from_db()
    assert (link.state, Article.objects.get().status) == (LinkState.OPEN, Status.IN_REVIEW)


@pytest.mark.parametrize("button", ["approve", "return"])
def test_a_text_that_changed_meanwhile_is_shown_again(client: Client, button: str) -> None:
    link = issue()
    read = sent(link, button, note="ملاحظة مطولة")
    article = Article.objects.get()
    article.title = "عنوان بعد القراءة"
    article.save()

    refused = client.post(link_path(link), read)
    link.refresh_from_db()
    standing = (link.state, Article.objects.get().status)
    again = client.post(link_path(link), typed(refused) | {button: "yes"})

    assert (refused.status_code, outcome(refused)) == (409, "refused")
    assert "عنوان بعد القراءة" in refused.content.decode()
    assert typed(refused)["note"] == "ملاحظة مطولة"
    assert standing == (LinkState.OPEN, Status.IN_REVIEW)
    assert again.status_code == 200


def test_the_log_at_the_desk_names_the_director(client: Client, login: Any, editor: User) -> None:
    link = issue(by=editor)
    Client().post(link_path(link), sent(link, "approve"))

    page = login(editor).get(reverse("admin:articles_article_change", args=[link.article_id])).content.decode()

    assert DIRECTOR in page


# What opens nothing


@pytest.mark.parametrize("button", ["approve", "return"])
def test_a_link_works_once(client: Client, button: str) -> None:
    link = issue()
    form = sent(link, button, note="مرة واحدة")

    first, second = (client.post(link_path(link), form) for _ in range(2))

    assert (first.status_code, second.status_code, outcome(second)) == (200, 410, "used")
    assert outcome(client.get(link_path(link))) == "used"
    assert Article.objects.get().status_changes.count() == 1


def test_an_expired_link_decides_nothing(client: Client) -> None:
    link = issue(days=1)
    form = sent(link, "approve")

    with time_machine.travel(timezone.now() + timedelta(days=1, seconds=1)):
        response = client.post(link_path(link), form)

    assert (response.status_code, outcome(response)) == (410, "expired")
    assert Article.objects.get().status == Status.IN_REVIEW


def test_of_two_links_the_second_finds_the_article_decided(client: Client) -> None:
    article, editor = waiting(), make_user("editor")
    links = [issue(article, editor) for _ in range(2)]
    forms = [sent(link, "approve") for link in links]

    first, second = (client.post(link_path(link), form) for link, form in zip(links, forms, strict=True))

    links[1].refresh_from_db()
    assert (first.status_code, second.status_code, outcome(second)) == (200, 409, "refused")
    assert links[1].state == LinkState.OPEN
    assert article.status_changes.count() == 1


@pytest.mark.parametrize("change", ["deactivated", "no staff", "a journalist now"])
def test_the_link_of_somebody_who_lost_the_right_decides_nothing(client: Client, editor: User, change: str) -> None:
    link = issue(by=editor)
    form = sent(link, "approve")
    if change == "a journalist now":
        editor.groups.set([Group.objects.get(name="journalist")])
    else:
        User.objects.filter(pk=editor.pk).update(**{"is_active" if change == "deactivated" else "is_staff": False})

    response = client.post(link_path(link), form)

    assert (response.status_code, outcome(response)) == (409, "refused")
    assert outcome(client.get(link_path(link))) == "refused"
    assert "<form" not in words(parse(response))
    assert Article.objects.get().status == Status.IN_REVIEW


@pytest.mark.parametrize("token", ["1", "1.x", ".", "x" * 300, "1:abc", "%00", "ا"])
def test_a_forged_link_is_not_there(client: Client, token: str) -> None:
    issue()

    assert client.get(f"/approval/{token}/").status_code == 404
    assert client.post(f"/approval/{token}/", {"approve": "yes"}).status_code == 404


def test_a_link_of_another_kind_or_row_is_not_there(client: Client) -> None:
    link = issue()
    preview = ArticleLink.objects.create(
        kind=LinkKind.PREVIEW, article=link.article, issued_by=link.issued_by, expires_at=link.expires_at
    )
    address = link_path(link)
    signature = address.rstrip("/").rpartition(".")[2]

    assert client.get(f"/approval/{preview.pk}.{signature}/").status_code == 404
    ArticleLink.objects.filter(pk=link.pk).delete()
    assert client.get(address).status_code == 404


def test_a_foreign_page_decides_nothing(client: Client) -> None:
    link = issue()

    response = client.post(link_path(link), sent(link, "approve"), headers=FOREIGN)

    assert response.status_code == 403
    assert Article.objects.get().status == Status.IN_REVIEW


def test_a_press_of_no_button_decides_nothing(client: Client) -> None:
    link = issue()

    response = client.post(link_path(link), form_data(client.get(link_path(link))))

    assert response.status_code == 422
    assert Article.objects.get().status == Status.IN_REVIEW


@pytest.mark.parametrize("second", ["approve", "return"])
def test_of_two_who_press_at_once_one_decides(second: str) -> None:
    link = issue()
    seen = text_version(link.article)
    late = ArticleLink.objects.select_related("article", "issued_by").get(pk=link.pk)  # read before the first decided

    approve(link, seen)
    with pytest.raises(LinkOver):
        approve(late, seen) if second == "approve" else send_back(late, seen, "متأخرا")

    assert Article.objects.get().status == Status.PUBLISHED
    assert Article.objects.get().status_changes.count() == 1


def test_a_link_that_was_revoked_while_it_was_read_decides_nothing(client: Client) -> None:
    link = issue()
    form = sent(link, "approve")
    link.revoke()

    response = client.post(link_path(link), form)

    assert (response.status_code, outcome(response)) == (410, "revoked")
    assert Article.objects.get().status == Status.IN_REVIEW
