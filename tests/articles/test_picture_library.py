"""The picture library stores only files that it encoded, under names that tell nothing."""

import re
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from PIL import Image

from articles import pictures
from articles.models import Picture
from tests.factories import make_picture, picture_bytes

pytestmark = pytest.mark.django_db


def upload(name: str = "photo.jpg", content: bytes | None = None) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, picture_bytes() if content is None else content)


@pytest.mark.parametrize(
    "name", ["photo.jpg", "صورة الوزير.png", "shell.php", "../../etc/passwd", "x.svg", "a" * 150 + ".gif"]
)
def test_the_stored_name_is_random_and_its_extension_from_the_content(name: str) -> None:
    picture = make_picture(file=upload(name))

    assert re.fullmatch(r"pictures/\d{4}/\d{2}/[0-9a-f]{24}\.jpg", picture.file.name)


def test_a_transparent_picture_is_stored_as_webp() -> None:
    picture = make_picture(file=upload("photo.jpg", picture_bytes("PNG", mode="RGBA")))

    assert picture.file.name.endswith(".webp")


def test_size_and_digest_are_those_of_the_stored_file() -> None:
    picture = Picture.objects.get(pk=make_picture(file=upload(content=picture_bytes(size=(70, 30)))).pk)

    with picture.file.open() as stored, Image.open(stored) as image:
        assert image.size == (picture.width, picture.height) == (70, 30)
    assert len(picture.digest) == 64


def test_a_file_uploaded_twice_has_one_digest_and_two_names() -> None:
    one, other = make_picture(), make_picture()

    assert one.digest == other.digest
    assert one.file.name != other.file.name


@pytest.mark.parametrize("content", [b"<svg></svg>", b"\xff\xd8\xff", b"text"], ids=["svg", "truncated", "text"])
def test_what_is_no_picture_is_refused_beside_its_field_and_by_save(content: bytes) -> None:
    with pytest.raises(ValidationError) as refusal:
        Picture(file=upload(content=content)).full_clean()
    with pytest.raises(ValidationError):
        Picture(file=upload(content=content)).save()

    assert list(refusal.value.error_dict) == ["file"]
    assert Picture.objects.count() == 0


def test_saving_again_leaves_the_file_alone() -> None:
    picture = Picture.objects.get(pk=make_picture().pk)
    name = picture.file.name

    picture.caption = "تعليق جديد"
    picture.save()

    assert Picture.objects.get(pk=picture.pk).file.name == name


def test_a_new_file_replaces_size_digest_and_name() -> None:
    picture = make_picture()
    name, digest = picture.file.name, picture.digest

    picture.file = upload(content=picture_bytes(size=(20, 10)))
    picture.save()

    assert (picture.width, picture.height) == (20, 10)
    assert picture.digest != digest
    assert picture.file.name != name


def test_a_form_and_its_save_encode_once(monkeypatch: pytest.MonkeyPatch) -> None:
    calls = []

    def counted(file: Any) -> pictures.CleanPicture:
        calls.append(file)
        return pictures.clean_picture(file)

    monkeypatch.setattr("articles.models.picture.clean_picture", counted)
    picture = Picture(file=upload(), alt="صورة")

    picture.full_clean(exclude=["width", "height", "digest"])
    picture.save()

    assert len(calls) == 1


@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        ({"focus_x": 101}, "picture_focus_within_it"),
        ({"focus_y": 101}, "picture_focus_within_it"),
        ({"width": 0}, "picture_has_a_size"),
        ({"height": 0}, "picture_has_a_size"),
    ],
    ids=lambda value: str(value),
)
def test_the_database_refuses_an_impossible_picture(changes: dict[str, int], constraint: str) -> None:
    picture = make_picture(focus_x=100, focus_y=0)

    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Picture.objects.filter(pk=picture.pk).update(**changes)
