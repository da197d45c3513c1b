"""Renditions: a closed list, made once, at the first request, and gone with what they were made of."""

import io
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import InMemoryStorage, default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from PIL import Image, ImageCms
from pytest_django import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks

from articles import renditions
from articles.models import Picture
from articles.renditions import Rendition, all_of, crop_box, key_of
from tests.factories import make_article, make_picture, picture_bytes

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_folder(settings: Any, tmp_path: Path) -> None:
    """Keys of rows come back in other tests, and files would with them."""
    settings.MEDIA_ROOT = tmp_path


def picture_of(width: int, height: int, **values: Any) -> Picture:
    return make_picture(file=SimpleUploadedFile("x.jpg", picture_bytes(size=(width, height))), **values)


def entry(picture: Picture, crop: str = "w", width: int = 320, extension: str = "webp") -> Rendition:
    return Rendition(picture.pk, picture.key, crop, width, extension)


def files_of(picture: Picture) -> list[str]:
    folder = Path(default_storage.path(renditions.folder_of(picture.pk)))
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


@pytest.mark.parametrize("extension", ["avif", "webp"])
@pytest.mark.parametrize(
    ("crop", "size"), [("o", (640, 480)), ("w", (640, 360)), ("s", (640, 640))], ids=["whole", "wide", "square"]
)
def test_a_rendition_has_its_size_and_kind(client: Client, crop: str, size: tuple[int, int], extension: str) -> None:
    picture = picture_of(1200, 900)

    response = client.get(entry(picture, crop, 640, extension).address)

    with Image.open(io.BytesIO(response.content)) as image:
        assert (image.size, image.format) == (size, extension.upper())
    assert response.headers["Content-Type"] == f"image/{extension}"


def test_it_may_be_kept_for_ever_and_runs_nothing(client: Client) -> None:
    picture = picture_of(400, 300)

    for _ in range(2):
        response = client.get(entry(picture).address)

        assert response.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in response.headers["Content-Security-Policy"]
        assert "Cookie" not in response.headers.get("Vary", "")
        assert not response.cookies


def test_head_answers_as_get_does_and_post_is_refused(client: Client) -> None:
    address = entry(picture_of(400, 300)).address

    head, post = client.head(address), client.post(address)

    assert (head.status_code, head.content, post.status_code) == (200, b"", 405)


def test_it_is_made_once_and_then_needs_no_query(
    client: Client, monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    address = entry(picture_of(400, 300)).address
    first = client.get(address).content
    monkeypatch.setattr(renditions, "_encode", lambda *args: pytest.fail("made again"))

    with django_assert_num_queries(0):
        assert client.get(address).content == first


def test_eight_who_ask_at_once_make_it_once(monkeypatch: pytest.MonkeyPatch) -> None:
    picture, calls = picture_of(900, 600), []
    encode = renditions._encode
    monkeypatch.setattr(renditions, "_encode", lambda *args: calls.append(args) or encode(*args))

    with ThreadPoolExecutor(8) as pool:
        made = set(pool.map(lambda _: renditions.make(picture, entry(picture, width=640)), range(8)))

    assert (len(calls), len(made)) == (1, 1)
    assert files_of(picture) == [f"{picture.key}/w-640.webp"]


@pytest.mark.parametrize(
    "change",
    [
        {"crop": "x"},
        {"width": 321},
        {"width": 1600},
        {"width": 0},
        {"width": 10**20},
        {"extension": "jpg"},
        {"extension": "webp.php"},
        {"key": "0" * 10},
        {"key": "../../../.."},
        {"pk": 999_999},
        {"pk": 10**30},
    ],
    ids=str,
)
def test_no_other_address_makes_a_file(client: Client, change: dict[str, Any]) -> None:
    picture = picture_of(1000, 700)
    values = {"pk": picture.pk, "key": picture.key, "crop": "w", "width": 320, "extension": "webp"} | change

    response = client.get(Rendition(**values).address)

    assert response.status_code == 404
    assert files_of(picture) == []


@pytest.mark.parametrize("prefix", ["/fr", "/en"])
def test_it_has_one_address_in_all_languages(client: Client, prefix: str) -> None:
    assert client.get(prefix + entry(picture_of(400, 300)).address).status_code == 404


def test_its_address_is_the_named_one() -> None:
    picture = picture_of(400, 300)
    wanted = {"pk": picture.pk, "key": picture.key, "entry": "w-320.webp"}

    assert entry(picture).address == reverse("rendition", kwargs=wanted)


@pytest.mark.parametrize(
    ("size", "widths"), [((319, 900), set()), ((320, 900), {320}), ((1000, 700), {320, 480, 640, 960})], ids=str
)
def test_a_picture_is_never_made_larger(size: tuple[int, int], widths: set[int]) -> None:
    assert {each.width for each in all_of(picture_of(*size)) if each.crop == "o"} == widths


@pytest.mark.parametrize(
    ("size", "crop", "focus", "box"),
    [
        ((1600, 1600), "w", (50, 50), (0, 350, 1600, 1250)),
        ((1600, 1600), "w", (50, 0), (0, 0, 1600, 900)),
        ((1600, 1600), "w", (50, 100), (0, 700, 1600, 1600)),
        ((1600, 900), "s", (0, 50), (0, 0, 900, 900)),
        ((1600, 900), "s", (100, 50), (700, 0, 1600, 900)),
        ((1600, 900), "s", (40, 0), (190, 0, 1090, 900)),
        ((1600, 900), "o", (9, 9), (0, 0, 1600, 900)),
        ((1, 3200), "w", (50, 50), (0, 1600, 1, 1601)),
        ((3200, 1), "s", (50, 50), (1600, 0, 1601, 1)),
    ],
    ids=str,
)
def test_a_crop_is_the_largest_round_the_focal_point(
    size: tuple[int, int], crop: str, focus: tuple[int, int], box: tuple[int, int, int, int]
) -> None:
    assert crop_box(*size, crop, focus) == box


def test_what_is_in_focus_is_shown(client: Client) -> None:
    image = Image.new("RGB", (900, 400), "white")
    image.paste("red", (0, 0, 100, 400))
    content = io.BytesIO()
    image.save(content, "PNG")
    picture = make_picture(file=SimpleUploadedFile("x.png", content.getvalue()), focus_x=0)

    square = Image.open(io.BytesIO(client.get(entry(picture, "s").address).content)).convert("RGB")

    assert square.getpixel((10, 160))[1] < 80
    assert square.getpixel((300, 160))[1] > 200


def test_a_new_focal_point_gives_a_new_address_and_takes_the_old_files_away(
    client: Client, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    picture = picture_of(900, 400)
    old = entry(picture)
    client.get(old.address)

    with django_capture_on_commit_callbacks(execute=True):
        picture.focus_x = 10
        picture.save()

    assert entry(picture).address != old.address
    assert files_of(picture) == []
    assert client.get(old.address).status_code == 404
    assert client.get(entry(picture).address).status_code == 200


def test_other_words_leave_the_address_alone() -> None:
    picture = picture_of(400, 300)
    before = entry(picture).address

    picture.alt = "وصف آخر"
    picture.save()

    assert entry(picture).address == before


@pytest.mark.parametrize("way", ["one", "many"])
def test_with_a_picture_all_its_files_go(
    client: Client, way: str, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    picture = picture_of(400, 300)
    address, name = entry(picture).address, picture.file.name
    client.get(address)

    with django_capture_on_commit_callbacks(execute=True):
        picture.delete() if way == "one" else Picture.objects.filter(pk=picture.pk).delete()

    assert client.get(address).status_code == 404
    assert not default_storage.exists(name)


@pytest.mark.parametrize("content", [None, b"", b"no picture", picture_bytes(size=(400, 300))[:400]])
def test_a_lost_or_damaged_file_is_not_found_and_leaves_nothing(client: Client, content: bytes | None) -> None:
    picture = picture_of(400, 300)
    path = Path(default_storage.path(picture.file.name))
    path.unlink() if content is None else path.write_bytes(content)

    assert client.get(entry(picture).address).status_code == 404
    assert files_of(picture) == []


def test_a_full_disk_still_shows_it(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*args: Any) -> None:
        raise OSError(28, "No space left on device")

    picture = picture_of(400, 300)
    monkeypatch.setattr(Path, "write_bytes", full)

    assert client.get(entry(picture).address).status_code == 200
    assert files_of(picture) == []


def test_it_is_in_the_colours_of_screens_without_a_profile(client: Client) -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    upload = SimpleUploadedFile("x.jpg", picture_bytes(size=(400, 300), icc_profile=profile))

    image = Image.open(io.BytesIO(client.get(entry(make_picture(file=upload)).address).content))

    assert "icc_profile" not in image.info


def test_a_transparent_picture_stays_transparent(client: Client) -> None:
    upload = SimpleUploadedFile("x.png", picture_bytes("PNG", (400, 300), "RGBA"))

    image = Image.open(io.BytesIO(client.get(entry(make_picture(file=upload)).address).content))

    assert image.mode == "RGBA"


def test_another_storage_than_the_disk_serves_as_well(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    memory = InMemoryStorage()
    monkeypatch.setattr(renditions, "default_storage", memory)
    picture = picture_of(400, 300)

    first = client.get(entry(picture).address)

    assert memory.exists(entry(picture).name)
    assert client.get(entry(picture).address).content == first.content
    renditions.forget(picture.pk)
    assert not memory.exists(entry(picture).name)


def test_the_command_makes_what_pages_offer_and_nothing_twice(capsys: pytest.CaptureFixture[str]) -> None:
    published, other = picture_of(700, 500), picture_of(700, 500)
    make_article(picture=published)
    renditions.make(published, entry(published))

    call_command("make_renditions")
    made = files_of(published)
    call_command("make_renditions")

    assert made == files_of(published) != []
    assert {f"{key_of(published)}/w-640.avif", f"{key_of(published)}/o-480.webp"} <= set(made)
    assert files_of(other) == []
    assert capsys.readouterr().out.splitlines() == [f"Made {len(made) - 1} renditions", "Made 0 renditions"]
