"""The signed addresses of single readers and colleagues are never written down as broken links."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings as configured
from django.test import Client, RequestFactory
from django.test.utils import override_settings
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils.translation import override

from newsroom import lost
from newsroom.models import BrokenLink

TOKEN = "eyJpZCI6MX0:1abcde:s3cr3t"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path) -> Iterator[Path]:
    with override_settings(VAR_ROOT=str(tmp_path)):
        yield tmp_path


def routes(patterns: list[URLPattern | URLResolver], before: str = "/") -> Iterator[str]:
    """Every route with a `token`, as a path in the active language."""
    for each in patterns:
        route = before + str(each.pattern)
        if isinstance(each, URLResolver):
            yield from routes(each.url_patterns, route)
        elif "token" in each.pattern.regex.groupindex:
            yield re.sub(r"<[^>]+>", TOKEN, route)


def signed() -> list[str]:
    paths: set[str] = set()
    for code, _name in configured.LANGUAGES:
        with override(code):
            paths.update(routes(get_resolver().url_patterns))
    return sorted(paths)


def test_all_routes_with_a_token_are_known_here() -> None:
    starts = {path.split(TOKEN)[0] for path in signed()}

    assert {"/approval/", "/preview/", "/en/preview/", "/comments/received/"} <= starts


@pytest.mark.parametrize("path", signed())
def test_no_address_with_a_token_is_written(path: str, rf: RequestFactory, folder: Path) -> None:
    for asked in (path, path.rstrip("/"), f"{path}x/", f"/{path}", path.upper()):
        lost.note(rf.generic("GET", "/", PATH_INFO=asked))
        lost.note(rf.get("/nowhere/", headers={"Referer": f"http://testserver{asked}"}))

    lines = lost.SPOOL.path.read_text().splitlines()
    assert [json.loads(line) for line in lines] == [["/nowhere/", ""]] * 5


@pytest.mark.django_db
@pytest.mark.parametrize("prefix", ["", "/fr"])
@pytest.mark.parametrize("start", ["/approval/", "/preview/"])
def test_a_forged_token_leaves_no_trace(client: Client, folder: Path, prefix: str, start: str) -> None:
    assert client.get(f"{prefix}{start}{TOKEN}/").status_code == 404

    assert not lost.SPOOL.path.exists()


@pytest.mark.django_db
def test_what_was_written_before_the_rule_is_not_read_into_the_table(folder: Path) -> None:
    lines = [[f"/preview/{TOKEN}/", ""], ["/nowhere/", f"/approval/{TOKEN}/"]]
    lost.SPOOL.path.write_text("".join(f"{json.dumps(line)}\n" for line in lines))

    lost.take()

    assert list(BrokenLink.objects.values_list("path", "source")) == [("/nowhere/", "")]
