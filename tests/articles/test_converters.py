"""Path converters: Arabic slugs reach their page, and numbers stay within 64 bits."""

import re

import pytest
from django.urls import NoReverseMatch, Resolver404, resolve, reverse

from articles.converters import CosmeticSlugConverter, KeyConverter, UnicodeSlugConverter


@pytest.mark.parametrize(
    "slug",
    ["أخبار", "جهات-المملكة", "news", "2026", "été", "e\u0301te\u0301", "-", "أَخْبَار", "أخبـار", "می\u200cخواهم"]
    + ["ⵜⴰⵎⴰⵣⵉⵖⵜ", "हिन्दी", "ไทยรัฐ", "中文", "日本語", "한국어", "עברית", "Ελλάδα", "кириллица", "አማርኛ", "বাংলা", "தமிழ்"],
    ids=ascii,
)
def test_a_slug_of_any_script_is_found(slug: str) -> None:
    match = resolve(f"/category/{slug}/")

    assert match.url_name == "category_detail"
    assert match.kwargs == {"slug": slug}


@pytest.mark.parametrize("slug", ["", "a b", "a.b", "a/b", "«أخبار»", "a%00", "أخبار؟"], ids=ascii)
def test_what_is_no_slug_is_not_found(slug: str) -> None:
    assert re.fullmatch(UnicodeSlugConverter.regex, slug) is None
    with pytest.raises(Resolver404):
        resolve(f"/category/{slug}/")


@pytest.mark.parametrize(
    "slug", ["أي-شيء", "a b", "a.html", "؟", "%", "-", "س" * 500], ids=lambda slug: ascii(slug)[:20]
)
def test_any_segment_after_the_key_reaches_the_article(slug: str) -> None:
    match = resolve(f"/news/7/{slug}/")

    assert match.url_name == "article_detail"
    assert match.kwargs == {"pk": 7, "slug": slug}


def test_a_slug_is_one_segment() -> None:
    assert re.fullmatch(CosmeticSlugConverter.regex, "a/b") is None
    assert re.fullmatch(CosmeticSlugConverter.regex, "") is None


@pytest.mark.parametrize("key", ["1", "42", "9" * 18], ids=["one", "two-digits", "largest"])
def test_a_key_is_read_as_a_number(key: str) -> None:
    assert resolve(f"/news/{key}/").kwargs == {"pk": int(key)}


@pytest.mark.parametrize(
    "key", ["0", "01", "-1", "٣", "1.0", "1e3", "9" * 19, "9" * 5000, "x"], ids=lambda key: ascii(key)[:8]
)
def test_what_is_no_key_is_not_found(key: str) -> None:
    assert re.fullmatch(KeyConverter.regex, key) is None
    with pytest.raises(Resolver404):
        resolve(f"/news/{key}/")


def test_every_key_that_is_read_fits_the_database() -> None:
    assert int("9" * 18) < 2**63


def test_an_address_is_written_with_the_slug_percent_encoded() -> None:
    assert reverse("category_detail", args=["أخبار"]) == "/category/%D8%A3%D8%AE%D8%A8%D8%A7%D8%B1/"


@pytest.mark.parametrize("slug", ["", "a b", "a/b"], ids=ascii)
def test_an_address_is_not_written_from_what_is_no_slug(slug: str) -> None:
    with pytest.raises(NoReverseMatch):
        reverse("category_detail", args=[slug])
