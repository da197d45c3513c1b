"""Rules that hold for the files of the project as a whole."""

import re
from pathlib import Path

import pytest

TOP = Path(__file__).resolve().parents[2]
PACKAGES = ("articles", "comments", "newsroom", "templates")
TRACKED = sorted(str(path.relative_to(TOP)) for package in PACKAGES for path in (TOP / package).rglob("*.*"))
SHEETS = [path for path in TRACKED if path.endswith(".css")]
TEMPLATES = [path for path in TRACKED if path.startswith("templates/") and path.endswith(".html")]
SOURCES = [path for path in TRACKED if path.endswith(".py") and not path.startswith("tests/")]
LOCKS = ["requirements.txt", "requirements-scale.txt", "requirements-dev.txt"]
# The only values that may pass by the templates' escaping: cleaned by articles/html.py and comments/html.py.
TRUSTED = {"article.body|article_body|safe", "comment.html|safe", "page.body|article_body|safe"}
# PostgreSQL has zone files of its own, older than ours: bounds are computed in Python.
ZONE_QUERIES = re.compile(
    r"__(?:date|time|year|iso_year|quarter|month|week|week_day|iso_week_day|day|hour|minute|second)(?![a-z])"
    r"|\bTrunc(?!ator)\w*|\bExtract\w*|\bdate_hierarchy\b|\.(?:dates|datetimes)\("
)


def read(path: str) -> str:
    return (TOP / path).read_text(encoding="utf-8")


@pytest.mark.parametrize("path", TEMPLATES)
def test_a_template_trusts_only_what_was_cleaned(path: str) -> None:
    text = read(path)

    assert set(re.findall(r"[\w.|]+\|safe\b", text)) <= TRUSTED
    assert not re.search(r"autoescape\s+off|\|safeseq|\|striptags", text)


@pytest.mark.parametrize("path", SOURCES)
def test_no_source_marks_text_as_safe(path: str) -> None:
    assert not re.search(r"\bmark_safe\b|\bSafeString\b|\bstrip_tags\b", read(path))


def test_one_source_alone_passes_by_the_escaping_of_templates() -> None:
    assert [path for path in SOURCES if "__html__" in read(path)] == ["articles/structured.py"]


@pytest.mark.parametrize("path", SOURCES)
def test_no_query_leaves_the_zone_to_the_database(path: str) -> None:
    assert ZONE_QUERIES.findall(read(path)) == []


@pytest.mark.parametrize(
    "code",
    ["filter(published_at__date=day)", "filter(at__year__gte=1)", "TruncMonth('at')", "Trunc(", "date_hierarchy = 'at'"]
    + [".datetimes('at', 'day')", "ExtractHour(", "order_by('at__hour')"],
)
def test_the_rule_about_zones_sees_them(code: str) -> None:
    assert ZONE_QUERIES.search(code)


@pytest.mark.parametrize("path", [*TEMPLATES, *SHEETS])
def test_nothing_is_loaded_from_a_foreign_host(path: str) -> None:
    assert not re.search(
        r"""(?:src|href)="(?:https?:)?//|url\(["']?(?:https?:)?//|@import (?!url\("css/[a-z-]+\.css"\);)""", read(path)
    )


@pytest.mark.parametrize("path", LOCKS)
def test_a_lock_has_hashes_and_no_address(path: str) -> None:
    text = read(path)

    assert "://" not in text
    pinned = re.findall(r"^[a-z0-9].*?==", text, flags=re.MULTILINE)
    assert len(pinned) == len(re.findall(r"^[a-z0-9].*==.*\\\n +--hash", text, flags=re.MULTILINE)) > 10


@pytest.mark.parametrize("path", [path for path in SOURCES if "/migrations/" not in path])
def test_a_source_file_has_one_subject(path: str) -> None:
    assert len(read(path).splitlines()) <= 400
