"""The HTML validator (vnu-jar, brought by `make tools`) on every kind of page in every language, in one run."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest
from django.test import Client

from tests.demo import ROOT
from tests.e2e.readers.content import Paper
from tests.e2e.readers.kinds import KINDS

pytestmark = pytest.mark.django_db

VALIDATOR = ROOT / "var" / "tools" / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"


@pytest.fixture
def pages(paper: Paper, tmp_path: Path) -> list[Path]:
    """Every kind in every language, each in a file named after it."""
    client, files = Client(raise_request_exception=False), []
    for name, kind in KINDS.items():
        for language in ("ar", "fr", "en"):
            path = kind.path(paper, language)
            response = client.get(path)
            # In English some have no text. All else has to be what it is meant to be.
            if language == "en" and response.status_code in (302, 404) and kind.status == 200:
                continue
            assert response.status_code == kind.status, path
            files.append(tmp_path / f"{name}-{language}.html")
            files[-1].write_bytes(response.content)
    return files


@pytest.mark.skipif(not shutil.which("java"), reason="left out: this machine has no java for the HTML validator")
@pytest.mark.skipif(not VALIDATOR.exists(), reason="left out: no HTML validator here; `make tools` brings it")
def test_the_validator_finds_no_error_and_warns_of_nothing(pages: list[Path]) -> None:
    command = ["java", "-Xss4m", "-jar", str(VALIDATOR), "--format", "json", "--stdout", "--exit-zero-always"]

    told = subprocess.run([*command, *map(str, pages)], check=True, capture_output=True, text=True).stdout

    faults = [_in_words(message) for message in json.loads(told)["messages"] if message["type"] != "info"]
    warnings = [_in_words(message) for message in json.loads(told)["messages"] if message.get("subType") == "warning"]
    assert len(pages) > len(KINDS)
    assert not faults, "\n".join(faults)
    assert not warnings, "\n".join(warnings)


def _in_words(message: dict) -> str:
    page = message["url"].rpartition("/")[2]
    return f"{page}:{message.get('lastLine')}: {message['message']} {message.get('extract', '')!r}"
