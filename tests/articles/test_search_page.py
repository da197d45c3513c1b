"""/search/: order, filters, pages, and what it says to a reader whatever is typed."""

from datetime import UTC, datetime, timedelta
from urllib.parse import quote

import pytest
import time_machine
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from articles.models import Article, Byline, Synonym
from articles.search.find import PAGE_SIZE
from tests.factories import make_article, make_author, make_category, make_picture
from tests.pages import parse, read, words

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
ODD = {
    "ten kilobytes": "ا" * 10_000,
    "a thousand words": "كلمة في من " * 334,
    "marks": "\u064b\u0651" * 50,
    "nothing to be seen": "\u200b\u200c\u2060\ufeff",
    "open quotation marks": '«"“ قنطرة',
    "operators": 'NEAR(قنطرة, 2) * "x"* title:ب ^a -b OR AND NOT',
    "nul": "قنطرة\x00",
    "surrogates": "\ud800قنطرة\udfff",
    "tsquery": "'قنطرة':* & !(ب <-> ج)",
    "markup": "<script>alert(1)</script>",
    "percent": "%' OR 1=1 --",
    "every plane": "".join(chr(point) for point in range(0x20, 0x1F000, 0x1F)),
}


def titles(client: Client, query: str) -> list[str]:
    return [words(link) for link in read(client, f"/search/?{query}").findall(".//ol[@id='results']/li//h2/a")]


def make(title: str, hours_ago: float = 1, **values: object) -> Article:
    return make_article(title, published_at=NOW - timedelta(hours=hours_ago), body="<p>نص</p>", **values)


@pytest.fixture(autouse=True)
def _now() -> object:
    with time_machine.travel(NOW, tick=False):
        yield


def test_the_newest_comes_first(client: Client) -> None:
    for hours in (3, 1, 2):
        make(f"قنطرة {hours}", hours)

    assert titles(client, "q=قنطرة") == ["قنطرة 1", "قنطرة 2", "قنطرة 3"]


def test_the_best_match_comes_first_where_asked(client: Client) -> None:
    make_article("خبر آخر", published_at=NOW, body="<p>كلام طويل عن أشياء كثيرة ثم قنطرة واحدة</p>")
    make("قنطرة القنطرة", 5)

    assert titles(client, "q=قنطرة&sort=relevance") == ["قنطرة القنطرة", "خبر آخر"]
    assert titles(client, "q=قنطرة&sort=newest") == ["خبر آخر", "قنطرة القنطرة"]


def test_all_words_must_be_there(client: Client) -> None:
    make("قنطرة جديدة")
    make("قنطرة قديمة")

    assert titles(client, "q=جديد القنطرة") == ["قنطرة جديدة"]


def test_a_phrase_finds_its_words_side_by_side(client: Client) -> None:
    make("وزارة الصحة تعلن", 1)
    make("الصحة في الوزارة", 2)
    make_article("وزارة", published_at=NOW, body="<p>الصحة</p>")

    assert titles(client, f"q={quote('«وزارة الصحة»')}") == ["وزارة الصحة تعلن"]
    assert len(titles(client, "q=وزارة الصحة")) == 3


def test_a_phrase_far_back_is_found_by_relevance_as_well(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("articles.search.engines.LOOKED_AT", 4)
    monkeypatch.setattr("articles.search.engines.FEW", 2)
    make("ياقوت زبرجد القديم", 50)
    for hours in range(9):
        make("زبرجد ثم ياقوت", hours)
    address, seen = f"/search/?q={quote('«ياقوت زبرجد»')}&sort=relevance", []

    for _page in range(4):
        page = read(client, address)
        seen += [words(link) for link in page.findall(".//ol[@id='results']/li//h2/a")]
        following = page.find(".//p[@class='more']/a")
        if following is None:
            break
        address = following.attrib["href"]

    assert seen == ["ياقوت زبرجد القديم"]


@pytest.mark.parametrize("order", ["newest", "relevance"])
def test_pages_follow_one_another_without_gap_or_repeat(client: Client, order: str) -> None:
    made = [make(f"قنطرة رقم {number}", number / 2) for number in range(2 * PAGE_SIZE + 3)]
    # Two at one moment, and one that arrives while someone turns pages.
    Article.objects.filter(pk__in=[made[19].pk, made[20].pk]).update(published_at=made[20].published_at)
    address, seen = f"/search/?q=قنطرة&sort={order}", []

    while address:
        page = read(client, address)
        seen += [words(link) for link in page.findall(".//ol[@id='results']/li//h2/a")]
        following = page.find(".//p[@class='more']/a")
        address = following.attrib["href"] if following is not None else ""
        if len(seen) == PAGE_SIZE and order == "newest":
            make("قنطرة جاءت متأخرة", 0)

    assert len(seen) == len(set(seen)) == len(made)


def test_the_next_page_keeps_words_and_filters(client: Client) -> None:
    category = make_category(slug="news")
    for number in range(PAGE_SIZE + 1):
        make("قنطرة", number, category=category)

    page = read(client, "/search/?q=قنطرة&category=news&since=2020-01-01&sort=relevance&junk=1")

    link = page.find(".//p[@class='more']/a")
    assert link is not None
    address = link.attrib["href"]
    assert "category=news" in address
    assert "since=2020-01-01" in address
    assert "junk" not in address
    assert len(titles(client, address.partition("?")[2])) == 1


def test_filters_by_section_and_author(client: Client) -> None:
    category, author = make_category("الحكومة", slug="government"), make_author("سعاد", slug="souad")
    make("قنطرة في الحكومة", 1, category=category)
    Byline.objects.create(article=make("قنطرة سعاد", 2), author=author)

    assert titles(client, "q=قنطرة&category=government") == ["قنطرة في الحكومة"]
    assert titles(client, "q=قنطرة&author=souad") == ["قنطرة سعاد"]
    assert titles(client, "q=قنطرة&author=souad&category=government") == []


@pytest.mark.parametrize(
    ("dates", "found"),
    [
        ("since=2026-09-20", ["بعد", "يوم"]),
        ("until=2026-09-20", ["يوم", "قبل"]),
        ("since=2026-09-20&until=2026-09-20", ["يوم"]),
        ("since=20/09/2026&until=20/09/2026", ["يوم"]),
        ("since=2026-09-22", []),
        ("since=2090-01-01", []),
        ("until=1901-01-01", []),
    ],
)
def test_days_are_those_of_morocco(client: Client, dates: str, found: list[str]) -> None:
    """On 20 September 2026 the day had 25 hours: it began at 23:00 UTC."""
    for title, moment in (
        ("قبل", datetime(2026, 9, 19, 22, 59, tzinfo=UTC)),
        ("يوم", datetime(2026, 9, 19, 23, 1, tzinfo=UTC)),
        ("بعد", datetime(2026, 9, 21, 0, 1, tzinfo=UTC)),
    ):
        make_article(f"قنطرة {title}", published_at=moment)

    assert titles(client, f"q=قنطرة&{dates}") == [f"قنطرة {title}" for title in found]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ("since=yesterday", "since"),
        ("until=9999-12-31", "until"),
        ("since=0001-01-01", "since"),
        ("since=2026-02-01&until=2026-01-01", "until"),
        ("category=no-such", "category"),
        ("author=%00", "author"),
        ("sort=price", "sort"),
    ],
)
def test_a_wrong_filter_is_told_beside_its_field(client: Client, wrong: str, field: str) -> None:
    make("قنطرة")

    page = read(client, f"/search/?q=قنطرة&{wrong}")

    box = next(box for box in page.findall(".//div[@class='field']") if box.find(f".//*[@name='{field}']") is not None)
    assert words(box.find(".//ul[@class='errorlist']"))
    assert page.find(".//input[@name='q'][@value='قنطرة']") is not None
    assert page.find(".//details[@open]") is not None
    assert "تصحيح" in words(page.find(".//p[@role='alert']"))


@pytest.mark.parametrize("order", ["newest", "relevance"])
@pytest.mark.parametrize("text", ODD.values(), ids=ODD)
def test_any_text_is_answered_by_a_page(client: Client, text: str, order: str) -> None:
    make("قنطرة")

    response = client.get("/search/", {"q": text.encode("utf-8", "surrogatepass"), "sort": order})

    assert response.status_code == 200
    assert parse(response).find(".//input[@name='q'][@id='search-q']") is not None
    assert b"<script>alert" not in response.content


@pytest.mark.parametrize(
    "cursor", ["x", "1-2", "9" * 19, "-9223372036854775809", "9" * 30, "nan~5", "1e~5", "..~5", "~", "1~2~3", "%00"]
)
def test_a_malformed_cursor_is_not_found(client: Client, cursor: str) -> None:
    assert client.get(f"/search/?q=قنطرة&before={cursor}").status_code == 404


@pytest.mark.parametrize("cursor", ["0", "-1", "9223372036854775807", "1e999~5", "-0.5~7"])
def test_an_odd_cursor_is_only_a_place(client: Client, cursor: str) -> None:
    make("قنطرة")

    for order in ("newest", "relevance"):
        assert client.get(f"/search/?q=قنطرة&sort={order}&before={quote(cursor)}").status_code == 200


@pytest.mark.parametrize(
    ("query", "sentence"),
    [("", ""), ("q=", ""), ("q=؟!", "اكتب كلمة من حروف أو أرقام."), ("q=عدم", "لم نجد شيئا عن «عدم».")],
)
def test_an_empty_page_says_why(client: Client, query: str, sentence: str) -> None:
    page = read(client, f"/search/?{query}")

    status = page.find(".//p[@role='status']")
    assert (words(status) if status is not None else "") == sentence
    assert page.find(".//ol[@id='results']") is None


def test_too_many_words_are_said_to_be_cut(client: Client) -> None:
    page = read(client, f"/search/?q={'%20'.join(f'كلمة{n}' for n in range(40))}")

    assert "كلماتك كثيرة" in words(page.find(".//p[@class='notice']"))


def test_synonyms_find_each_other_as_soon_as_they_are_written(client: Client) -> None:
    make("قناطر الشمال")
    before = titles(client, "q=جسر")

    Synonym.objects.create(words="قناطر, جسر")

    assert before == []
    assert titles(client, "q=الجسر") == ["قناطر الشمال"]


def test_a_new_portal_knows_broken_plurals_and_acronyms(client: Client) -> None:
    make("الوزراء يجتمعون", 1)
    make("حزب العدالة والتنمية", 2)

    assert titles(client, "q=وزير") == ["الوزراء يجتمعون"]
    assert titles(client, "q=PJD") == ["حزب العدالة والتنمية"]


def test_the_page_is_the_same_for_everyone_and_asks_no_engine_to_keep_it(client: Client) -> None:
    response = client.get("/search/?q=قنطرة", headers={"accept-language": "fr"})

    assert not response.cookies
    assert "Cookie" not in response.headers.get("Vary", "")
    assert response.headers["Cache-Control"].startswith("public")
    assert parse(response).find(".//meta[@name='robots'][@content='noindex, follow']") is not None


def test_every_page_offers_the_search(client: Client) -> None:
    form = read(client, "/").find(".//form[@role='search']")

    assert form is not None
    assert form.attrib["action"] == "/search/"
    assert form.find(".//input[@name='q']") is not None


@pytest.mark.parametrize("order", ["newest", "relevance"])
def test_queries_do_not_grow_with_what_is_found(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, order: str
) -> None:
    for number in range(PAGE_SIZE + 5):
        make(f"قنطرة {number}", number, category=make_category(), picture=make_picture())

    with django_assert_num_queries(8):
        client.get(f"/search/?q=قنطرة&sort={order}")


def test_times_before_now_alone_count(client: Client) -> None:
    make_article("قنطرة الغد", published_at=timezone.now() + timedelta(seconds=1))

    assert titles(client, "q=قنطرة") == []


def test_results_past_the_first_page_lead_back_to_it(client: Client) -> None:
    for number in range(PAGE_SIZE + 1):
        make("قنطرة", number)
    first = read(client, "/search/?q=قنطرة")
    second = read(client, first.find(".//nav[@class='paging']/p/a").get("href"))  # type: ignore[union-attr]

    assert first.find(".//a[@class='paging__newest']") is None
    assert titles(client, second.find(".//a[@class='paging__newest']").get("href").partition("?")[2])  # type: ignore[union-attr]
