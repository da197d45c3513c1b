"""Uploads by the desk's script: a picture or a sentence, and nothing half-stored."""

from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.core.files.storage import FileSystemStorage, default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError
from django.http import HttpResponse
from django.test import Client

from articles.arabic import fold
from articles.models import Picture
from articles.models.picture import clean_name
from tests import hostile
from tests.admin_forms import errors_beside, save
from tests.factories import make_picture, make_user, picture_bytes

pytestmark = pytest.mark.django_db

UPLOAD = "/admin/articles/picture/upload/"
ARABIC = "ابتثجحخدذرزسشصضطظعغفقكلمنهوي"
CHANGE = "/admin/articles/picture/{}/change/"
WORDS = "/admin/articles/picture/{}/words/"
JPEG = picture_bytes(size=(400, 300))


def upload(desk: Client, content: bytes = JPEG, name: str = "photo.jpg") -> HttpResponse:
    return desk.post(UPLOAD, {"file": SimpleUploadedFile(name, content)})


def stored_files() -> int:
    folders = [default_storage.path("pictures")]
    found = 0
    while folders:
        here = folders.pop()
        inner, files = default_storage.listdir(here)
        folders += [f"{here}/{each}" for each in inner]
        found += len(files)
    return found


@pytest.fixture(autouse=True)
def _own_folder(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path
    (tmp_path / "pictures").mkdir()


@pytest.fixture
def desk(login: Any, journalist: User) -> Client:
    return login(journalist)


@pytest.mark.parametrize("role", ["journalist", "editor"])
def test_a_picture_is_stored_and_told(login: Any, role: str) -> None:
    user = make_user(role)

    response = upload(login(user), name="صورة القطار.JPG")

    picture = Picture.objects.get()
    told = response.json()
    assert response.status_code == 201
    assert response.headers["Cache-Control"] == "private, no-store"
    assert (picture.uploaded_by, picture.original_name) == (user, "صورة القطار.JPG")
    assert (told["id"], told["address"], told["changeable"]) == (picture.pk, picture.file.url, True)
    assert LogEntry.objects.get().object_id == str(picture.pk)


@pytest.mark.parametrize("role", ["moderator", "administrator", ""])
def test_others_may_not_upload(login: Any, role: str) -> None:
    response = upload(login(make_user(role)))

    assert response.status_code == 403
    assert (Picture.objects.count(), stored_files()) == (0, 0)


def test_a_stranger_is_sent_to_the_login(client: Client) -> None:
    response = upload(client)

    assert response.status_code == 302
    assert "/login/" in response.headers["Location"]
    assert Picture.objects.count() == 0


def test_a_foreign_page_cannot_upload(journalist: User) -> None:
    desk = Client(enforce_csrf_checks=True)
    desk.force_login(journalist)

    assert upload(desk).status_code == 403
    assert Picture.objects.count() == 0


def test_looking_at_the_address_uploads_nothing(desk: Client) -> None:
    assert desk.get(UPLOAD).status_code == 405


@pytest.mark.parametrize(
    "content",
    [b"", b"text", b"<svg/>", JPEG[:200], hostile.png(width=9_000, height=9_000), hostile.huge_webp()],
    ids=["empty", "text", "svg", "truncated", "large", "webp"],
)
@pytest.mark.parametrize("language", ["ar", "fr"])
def test_a_bad_file_gets_its_sentence(desk: Client, content: bytes, language: str) -> None:
    prefix = "" if language == "ar" else f"/{language}"

    response = desk.post(prefix + UPLOAD, {"file": SimpleUploadedFile("a.jpg", content)})

    sentence = response.json()["error"]
    assert response.status_code == 422
    assert len(sentence) > 20
    assert (fold(sentence[:1]) in ARABIC) == (language == "ar")
    assert (Picture.objects.count(), stored_files()) == (0, 0)


@pytest.mark.parametrize("data", [{}, {"file": "words"}, {"other": "x"}], ids=str)
def test_a_request_without_a_file_gets_a_sentence(desk: Client, data: dict[str, str]) -> None:
    response = desk.post(UPLOAD, data)

    assert response.status_code == 422
    assert response.json()["error"]


@pytest.mark.parametrize("part", [0.3, 0.7, 0.99])
def test_of_a_request_that_broke_off_nothing_is_stored(journalist: User, part: float) -> None:
    desk = Client(raise_request_exception=False)
    desk.force_login(journalist)
    whole = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.jpg"\r\n\r\n' + JPEG + b"\r\n--x--\r\n"

    response = desk.generic("POST", UPLOAD, whole[: int(len(whole) * part)], "multipart/form-data; boundary=x")

    assert response.status_code in (400, 422)
    assert (Picture.objects.count(), stored_files()) == (0, 0)


def test_the_same_file_again_is_the_stored_one(desk: Client) -> None:
    first = upload(desk).json()

    response = upload(desk, name="other.png")

    assert response.status_code == 200
    assert (response.json()["known"], response.json()["id"]) == (True, first["id"])
    assert (Picture.objects.count(), stored_files()) == (1, 1)


def test_the_same_file_in_the_form_leads_to_the_stored_one(desk: Client) -> None:
    stored = upload(desk).json()

    response = save(desk, "/admin/articles/picture/add/", file=SimpleUploadedFile("x.jpg", JPEG))

    assert response.status_code == 200
    assert len(errors_beside(response, "file")) == 1
    assert f'href="{stored["form"]}"' in response.content.decode()
    assert Picture.objects.count() == 1


def test_a_file_stays_nowhere_when_its_row_cannot_be_stored(desk: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*args: Any, **kwargs: Any) -> None:
        raise DatabaseError("disk full")

    monkeypatch.setattr("articles.models.naming.Folded.save", fail)

    with pytest.raises(DatabaseError):
        upload(desk)
    assert stored_files() == 0


def test_no_row_stands_without_its_file(desk: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*args: Any, **kwargs: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(FileSystemStorage, "_save", full)

    with pytest.raises(OSError, match="No space"):
        upload(desk)
    assert Picture.objects.count() == 0


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\سعيد\\صورة.jpg", "صورة.jpg"),
        ("a\u202egpj.exe", "a gpj.exe"),
        ("a\x00\n\tb.jpg", "a b.jpg"),
        ("x" * 300, "x" * 200),
        ("", ""),
    ],
    ids=ascii,
)
def test_the_first_name_is_kept_to_be_read(name: str, kept: str) -> None:
    assert clean_name(name) == kept


def test_a_file_name_of_any_length_is_taken(desk: Client) -> None:
    assert upload(desk, name=f"{'ص' * 240}.jpg").status_code == 201
    assert len(Picture.objects.get().original_name) == 200


def test_what_is_said_of_it_is_stored_in_the_language_of_the_desk(desk: Client) -> None:
    picture = upload(desk).json()

    response = desk.post(picture["words"], {"alt": "قطار", "credit": "الجريدة", "caption": "المحطة"})

    stored = Picture.objects.get()
    assert response.status_code == 200
    assert (stored.alt_ar, stored.credit, stored.caption_ar, stored.alt_fr) == ("قطار", "الجريدة", "المحطة", None)
    assert "قطار" in stored.folded_text


@pytest.mark.parametrize(("field", "text"), [("alt", "x" * 301), ("credit", "a\x07b"), ("caption", "y" * 501)])
def test_wrong_words_are_told_and_not_stored(desk: Client, field: str, text: str) -> None:
    picture = upload(desk).json()

    response = desk.post(picture["words"], {"alt": "وصف", field: text})

    assert response.status_code == 422
    assert list(response.json()["errors"]) == [field]
    assert Picture.objects.get().alt is None or Picture.objects.get().alt == ""


def test_a_journalist_changes_own_uploads_alone(login: Any, journalist: User) -> None:
    own, others = make_picture(uploaded_by=journalist), make_picture(uploaded_by=make_user("journalist"))
    desk = login(journalist)

    answers = [desk.post(WORDS.format(each.pk), {"alt": "جديد"}).status_code for each in (own, others)]
    forms = [save(desk, CHANGE.format(own.pk), alt_ar="أحدث", focus_x="7").status_code]
    forms.append(desk.post(CHANGE.format(others.pk), {"alt_ar": "سطو", "focus_x": "7", "focus_y": "7"}).status_code)

    own.refresh_from_db()
    others.refresh_from_db()
    assert (answers, forms) == ([200, 403], [302, 403])
    assert (own.alt, own.focus_x, others.alt, others.focus_x) == ("أحدث", 7, "صورة", 50)


def test_an_editor_changes_every_picture(login: Any, editor: User, journalist: User) -> None:
    picture = make_picture(uploaded_by=journalist)

    assert login(editor).post(WORDS.format(picture.pk), {"alt": "جديد"}).status_code == 200
    assert Picture.objects.get().alt == "جديد"


@pytest.mark.parametrize("role", ["moderator", ""])
def test_others_see_no_picture(login: Any, role: str) -> None:
    desk, picture = login(make_user(role)), make_picture()

    addresses = ["/admin/articles/picture/", f"/admin/articles/picture/{picture.pk}/card/", CHANGE.format(picture.pk)]
    assert [desk.get(address).status_code for address in addresses] == [403, 403, 403]
    assert desk.post(WORDS.format(picture.pk), {"alt": "سطو"}).status_code == 403


def test_who_uploaded_cannot_be_forged(desk: Client, journalist: User) -> None:
    other = make_user("editor")

    desk.post(UPLOAD, {"file": SimpleUploadedFile("a.jpg", JPEG), "uploaded_by": other.pk, "digest": "0" * 64})

    assert Picture.objects.get().uploaded_by == journalist
    assert Picture.objects.get().digest != "0" * 64
