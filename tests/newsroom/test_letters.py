"""Letters at the newsroom's desk: read, answered, closed, made into a correction, each once."""

from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import call_command

from articles.models import Correction
from newsroom.choices import LetterKind, LetterState, StaffMail
from newsroom.models import ReaderLetter, StaffMessage
from tests.admin_forms import levels
from tests.factories import make_article, make_letter
from tests.pages import parse, read, words
from tests.postman import mail_server, part

pytestmark = pytest.mark.django_db

LIST = "/admin/newsroom/readerletter/"


def act(desk: Any, letter: ReaderLetter, name: str, **values: str) -> Any:
    return desk.post(f"{LIST}{letter.pk}/{name}/", {f"{name}-{field}": value for field, value in values.items()})


def state(letter: ReaderLetter) -> str:
    return ReaderLetter.objects.values_list("state", flat=True).get(pk=letter.pk)


def test_the_letter_is_shown_and_nothing_of_it_can_be_changed(login: Any, editor: User) -> None:
    article = make_article("قطار الشرق")
    letter = make_letter(article=article, kind=LetterKind.ERROR, quote="الاثنين", text="<b>الثلاثاء</b>")
    desk, address = login(editor), f"{LIST}{letter.pk}/change/"

    page = read(desk, address)

    said = words(page.find(".//article"))
    assert all(each in said for each in ("قطار الشرق", "الاثنين", "<b>الثلاثاء</b>", letter.name))
    assert [each for each in page.iter("a") if each.get("href") == article.get_absolute_url()]
    assert desk.post(address, {"text": "غيره"}).status_code == 405


def test_the_list_is_filtered_by_state_and_kind(login: Any, editor: User) -> None:
    waiting, closed = make_letter(text="تنتظر"), make_letter(text="مغلقة")
    closed.close(by=editor)

    page = login(editor).get(f"{LIST}?state__exact=open&kind__exact=contact").content.decode()

    assert f"{LIST}{waiting.pk}/change/" in page
    assert f"{LIST}{closed.pk}/change/" not in page


def test_the_admins_front_page_tells_how_many_wait(login: Any, editor: User, moderator: User) -> None:
    make_letter()
    make_letter().close(by=editor)

    boxes = [words(each) for each in read(login(editor), "/admin/").iter("p") if each.get("data-waiting") == "letters"]
    shown = [each for each in read(login(moderator), "/admin/").iter("a") if LIST in each.get("href", "")]

    assert len(boxes) == 1
    assert "1" in boxes[0] or "رسالة" in boxes[0]
    assert shown == []


@pytest.mark.parametrize("role", ["journalist", "moderator", "administrator"])
@pytest.mark.parametrize("name", ["answer", "close", "reopen", "correct"])
def test_only_editors_deal_with_letters(login: Any, role: str, name: str, request: pytest.FixtureRequest) -> None:
    letter = make_letter(article=make_article())
    desk = login(request.getfixturevalue(role))

    answers = [desk.get(LIST), desk.get(f"{LIST}{letter.pk}/change/"), act(desk, letter, name, text="نص", note="نص")]

    assert [each.status_code for each in answers] == [403, 403, 403]
    assert (state(letter), Correction.objects.count()) == (LetterState.OPEN, 0)


@pytest.mark.parametrize("name", ["answer", "close", "reopen", "correct"])
def test_to_open_the_address_of_an_act_does_nothing(login: Any, editor: User, name: str) -> None:
    letter = make_letter()

    assert login(editor).get(f"{LIST}{letter.pk}/{name}/").status_code == 405
    assert login(editor).post(f"{LIST}999/{name}/").status_code == 404
    assert state(letter) == LetterState.OPEN


def test_an_answer_goes_to_the_reader_in_their_language_and_names_nobody(login: Any, editor: User) -> None:
    editor.email = "rabia@newsroom.example"
    editor.save()
    article = make_article("مقال", title_fr="Le train de l’Oriental")
    letter = make_letter(article=article, language="fr", email="lecteur@example.org", text="Vos mots secrets")

    response = act(login(editor), letter, "answer", text="Merci, c’est corrigé.\r\n\r\nLa rédaction")
    with mail_server() as postman:
        call_command("tick")
        call_command("tick")

    mail = postman.letter()
    assert (response.status_code, state(letter)) == (302, LetterState.ANSWERED)
    assert postman.recipients() == ["lecteur@example.org"]
    assert mail["Content-Language"] == "fr"
    for said in (part(mail, "plain"), part(mail, "html")):
        assert "Merci, c’est corrigé." in said.replace("&#x27;", "’")
        assert "/fr/contact/" in said
        assert "Le train de l’Oriental" in said
        assert editor.email not in said
        assert editor.username not in said
        assert "secrets" not in said  # whoever typed this address need not be who reads the mail


def test_an_answer_without_an_address_stays_at_the_desk(login: Any, editor: User) -> None:
    letter = make_letter(email="")

    act(login(editor), letter, "answer", text="صحح")

    assert state(letter) == LetterState.ANSWERED
    assert not StaffMessage.objects.exists()


def test_an_empty_answer_is_refused_beside_its_field(login: Any, editor: User) -> None:
    letter = make_letter()

    response = act(login(editor), letter, "answer", text="  ")

    assert response.status_code == 422
    assert words(parse(response).find(".//ul[@class='errorlist']"))
    assert state(letter) == LetterState.OPEN


def test_of_two_editors_one_answers_and_the_other_is_told(login: Any, editor: User) -> None:
    letter = make_letter()
    desk = login(editor)

    act(desk, letter, "answer", text="أول")
    second = act(desk, letter, "answer", text="ثان")

    assert levels(second) == ["success", "error"]
    assert ReaderLetter.objects.get().answer == "أول"
    assert StaffMessage.objects.filter(kind=StaffMail.ANSWER).count() == 1


def test_a_letter_is_closed_and_opened_again(login: Any, editor: User) -> None:
    letter = make_letter()
    desk = login(editor)

    act(desk, letter, "close")
    assert state(letter) == LetterState.CLOSED
    act(desk, letter, "reopen")
    assert state(letter) == LetterState.OPEN
    with pytest.raises(ValidationError):
        letter.reopen(by=editor)


def test_an_answer_that_waits_is_taken_back_and_amended(editor: User) -> None:
    letter = make_letter(email="reader@example.org")
    letter.answer_with("خطأ", by=editor)
    letter.reopen(by=editor)
    letter.answer_with("الصواب", by=editor)

    with mail_server() as postman:
        call_command("tick")

    assert "الصواب" in part(postman.letter(), "plain")


def test_a_correction_stands_under_the_article_and_in_the_letter(login: Any, client: Any, editor: User) -> None:
    article = make_article()
    letter = make_letter(article=article, kind=LetterKind.ERROR)

    response = act(login(editor), letter, "correct", kind="correction", note="الصحيح هو الثلاثاء.")

    correction = Correction.objects.get()
    assert response.status_code == 302
    assert (correction.article, correction.by, correction.note_ar) == (article, editor, "الصحيح هو الثلاثاء.")
    assert ReaderLetter.objects.get().correction == correction
    assert state(letter) == LetterState.OPEN
    assert "الصحيح هو الثلاثاء." in client.get(article.get_absolute_url()).content.decode()


def test_a_letter_makes_one_correction(editor: User) -> None:
    letter = make_letter(article=make_article())
    letter.correct("correction", "أولى", by=editor)

    with pytest.raises(ValidationError):
        letter.correct("correction", "ثانية", by=editor)
    with pytest.raises(ValidationError):
        make_letter().correct("correction", "لا مقال", by=editor)
    assert Correction.objects.count() == 1


@pytest.mark.parametrize(("kind", "note"), [("nonsense", "نص"), ("correction", "\x07"), ("correction", "")])
def test_a_note_that_is_none_is_refused(editor: User, kind: str, note: str) -> None:
    letter = make_letter(article=make_article())

    with pytest.raises(ValidationError):
        letter.correct(kind, note, by=editor)
    assert not Correction.objects.exists()


def test_who_may_not_correct_does_not(moderator: User) -> None:
    with pytest.raises(PermissionDenied):
        make_letter(article=make_article()).correct("correction", "نص", by=moderator)


def test_the_history_names_letters_by_number_alone(login: Any, editor: User) -> None:
    letter = make_letter(name="سعيد بنعلي", text="كلام سري", article=make_article())
    desk = login(editor)
    for name, values in (
        ("correct", {"kind": "update", "note": "نص"}),
        ("answer", {"text": "نشكركم جزيلا"}),
        ("reopen", {}),
    ):
        act(desk, letter, name, **values)

    entries = LogEntry.objects.all()
    assert entries.count() == 3
    said = "".join(f"{each.object_repr} {each.change_message}" for each in entries)
    assert str(letter.pk) in said
    assert not any(each in said for each in ("سعيد", "سري", "جزيلا", letter.email))
