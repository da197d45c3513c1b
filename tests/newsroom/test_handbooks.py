"""The handbooks in docs/handbooks/ and the scenes that make their pictures."""

import re
from pathlib import Path

import pytest

from tests.handbooks.scenes import SCENES

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "handbooks"
HANDBOOKS = sorted(FOLDER.glob("*.md"))
PICTURE = re.compile(r"!\[[^\]]+\]\(images/([\w-]+)\.webp\)")
HEAVIEST, ALL_TOGETHER = 80_000, 1_500_000  # bytes
LINK = re.compile(r"(?<!!)\[[^\]]+\]\(([\w-]+\.md)\)")


def named() -> set[str]:
    return {name for book in HANDBOOKS for name in PICTURE.findall(book.read_text())}


def test_every_picture_named_exists_and_every_picture_is_named() -> None:
    assert named() == {path.stem for path in (FOLDER / "images").iterdir()}


def test_every_picture_is_webp_and_made_by_one_scene() -> None:
    assert {path.suffix for path in (FOLDER / "images").iterdir()} == {".webp"}
    assert sorted(scene.name for scene in SCENES) == sorted(named())


def test_pictures_are_light() -> None:
    sizes = {path.name: path.stat().st_size for path in (FOLDER / "images").iterdir()}
    assert {name: size for name, size in sizes.items() if size > HEAVIEST} == {}
    assert sum(sizes.values()) <= ALL_TOGETHER


@pytest.mark.parametrize("book", HANDBOOKS, ids=lambda book: book.stem)
def test_a_handbook_is_arabic_from_right_to_left(book: Path) -> None:
    text = book.read_text().strip()
    assert text.startswith('<div dir="rtl" lang="ar">')
    assert text.endswith("</div>")
    assert len(re.findall("[ء-ي]", text)) > len(re.findall("[A-Za-z]", text))


@pytest.mark.parametrize("book", HANDBOOKS, ids=lambda book: book.stem)
def test_links_between_handbooks_lead_somewhere(book: Path) -> None:
    links = LINK.findall(book.read_text())
    assert links
    assert [link for link in links if not (FOLDER / link).is_file()] == []
