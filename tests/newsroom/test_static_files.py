"""Static files as they are collected: one sheet, small, with a hash in its name."""

from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.management import call_command

STORAGE = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "newsroom.static_files.BundledStaticFilesStorage"},
}


@pytest.fixture
def collected(settings: Any, tmp_path: Path) -> Path:
    settings.STATIC_ROOT = str(tmp_path / "static")
    settings.STORAGES = STORAGE
    settings.WHITENOISE_AUTOREFRESH = False
    call_command("collectstatic", interactive=False, verbosity=0)
    return Path(settings.STATIC_ROOT)


def served(root: Path) -> str:
    """The sheet under the name that pages give it."""
    return (root / staticfiles_storage.stored_name("newsroom/site.css")).read_text(encoding="utf-8")


def test_the_imported_sheets_stand_in_the_collected_one(collected: Path) -> None:
    sheet = served(collected)

    assert "@import" not in sheet
    assert [part for part in (".masthead__name{", ".comment-form{", "@media print") if part not in sheet] == []
    assert "/*" not in sheet


def test_collecting_again_gives_the_same(collected: Path) -> None:
    before = served(collected)

    call_command("collectstatic", interactive=False, verbosity=0)

    assert served(collected) == before


def test_foreign_sheets_are_left_as_they_are(collected: Path) -> None:
    assert "/*" in (collected / "admin/css/base.css").read_text(encoding="utf-8")
