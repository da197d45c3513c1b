"""Masking and stripping: never another word, always a trace, and an original that can be erased and brought back."""

import hashlib
import uuid
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from comments.choices import Reason, Status
from comments.models import Comment, CommentRevision, Decision
from comments.moderation.editing import MASK, masked, words
from tests.comments.desk.forms import DESK, last, press, results, stored, undo, waiting
from tests.factories import make_comment
from tests.pages import parse

TEXT = "هذا «الكلب» كاتب رديء، انظر https://spam.example/x الآن"


def edit(client: Client, comment: Comment, *chosen: str, **fields: Any) -> Any:
    """Mask the words `chosen` in the text that `comment` was read with."""
    places = {comment.text[start:end]: f"{start}-{end}" for start, end in words(comment.text)}
    data = {"act": uuid.uuid4(), "seen": comment.revision, "words": [places[word] for word in chosen], **fields}
    return client.post(f"{DESK}{comment.pk}/edit/", data, headers={"accept": "application/json"})


@given(st.text(max_size=80), st.data())
def test_what_is_left_of_a_text_is_its_own_words(text: str, data: Any) -> None:
    places = words(text)
    chosen = [place for place in places if data.draw(st.booleans())]
    try:
        result = masked(text, chosen, strip_links=data.draw(st.booleans()))
    except ValidationError:
        return

    kept = result.split(MASK)
    at = 0
    for part in kept:
        for run in part.split():
            at = text.find(run, at) if run in text else at
    assert result.count(MASK) == text.count(MASK) + len(chosen)
    assert all(set(part) <= set(text) for part in kept)


def test_punctuation_stays_and_the_length_of_a_word_is_hidden() -> None:
    places = {TEXT[start:end]: (start, end) for start, end in words(TEXT)}

    assert masked(TEXT, [places["الكلب"], places["رديء"]]) == TEXT.replace("الكلب", MASK).replace("رديء", MASK)


def test_links_are_taken_out_and_are_no_words() -> None:
    assert not any("spam" in TEXT[start:end] for start, end in words(TEXT))
    assert masked(TEXT, [], strip_links=True) == TEXT.replace("https://spam.example/x", "")


@pytest.mark.parametrize("span", [(0, 2), (-1, 3), (4, 4), (0, 10_000), (5, 4)])
def test_only_whole_words_can_be_masked(span: tuple[int, int]) -> None:
    with pytest.raises(ValidationError):
        masked(TEXT, [span])


def test_a_comment_of_which_nothing_is_left_is_to_be_rejected() -> None:
    with pytest.raises(ValidationError):
        masked("https://spam.example/x", [], strip_links=True)


@pytest.mark.django_db
def test_an_edit_leaves_the_original_erasable_and_its_hash_in_the_log(desk: Client, moderator: Any) -> None:
    comment = waiting(text=TEXT)

    answer = edit(desk, comment, "الكلب")

    after = stored(comment)
    assert after.text == TEXT.replace("الكلب", MASK)
    assert (after.edited, after.revision, after.status, after.queue) == (True, 2, Status.PENDING, "known")
    original = CommentRevision.objects.get()
    assert (original.text, original.revision, original.by) == (TEXT, 1, moderator)
    logged = last(comment)
    assert (logged.reason, logged.text_hash) == (Reason.EDITED, hashlib.sha256(after.text.encode()).hexdigest())
    assert "الكلب" not in str(Decision.objects.filter(pk=logged.pk).values())
    assert MASK in answer.json()["card"]


@pytest.mark.django_db
def test_readers_see_the_masked_text_of_an_approved_comment_at_once(desk: Client) -> None:
    comment = make_comment(text=TEXT)

    edit(desk, comment, "رديء", strip_links="on")

    page = Client().get(comment.article.get_absolute_url()).content.decode()
    assert MASK in page
    assert "رديء" not in page
    assert "spam.example" not in page


@pytest.mark.django_db
def test_a_decision_on_the_text_before_the_edit_is_refused(desk: Client) -> None:
    comment = waiting(text=TEXT)
    edit(desk, comment, "الكلب")

    assert results(press(desk, f"approve:one:{comment.pk}", comment)) == {comment.pk: "changed"}


@pytest.mark.django_db
def test_of_two_edits_of_the_same_text_the_second_is_refused(desk: Client) -> None:
    comment = waiting(text=TEXT)
    edit(desk, comment, "الكلب")

    second = edit(desk, comment, "رديء")

    assert second.status_code == 422
    assert "رديء" in stored(comment).text


@pytest.mark.django_db
@pytest.mark.parametrize(
    "fields",
    [{}, {"words": ["0-2"]}, {"words": ["a-b"]}, {"text": "نص آخر"}, {"words": ["0-3"], "seen": "x"}, {"act": ""}],
    ids=str,
)
def test_nothing_but_words_of_the_text_can_be_sent(desk: Client, fields: dict[str, Any]) -> None:
    comment = waiting(text=TEXT)

    assert edit(desk, comment, **fields).status_code == 422
    assert stored(comment).text == TEXT


@pytest.mark.django_db
def test_an_undo_brings_the_text_back(desk: Client) -> None:
    comment = make_comment(text=TEXT)
    edit(desk, comment, "الكلب")

    undo(desk)

    after = stored(comment)
    assert (after.text, after.edited, after.revision, after.status) == (TEXT, False, 3, Status.APPROVED)
    assert (last(comment).reason, CommentRevision.objects.count()) == (Reason.UNDONE, 0)
    assert "الكلب" in after.html


@pytest.mark.django_db
def test_an_original_that_was_erased_cannot_come_back(desk: Client) -> None:
    comment = waiting(text=TEXT)
    edit(desk, comment, "الكلب")
    CommentRevision.objects.all().delete()

    undo(desk)

    assert stored(comment).text == TEXT.replace("الكلب", MASK)


@pytest.mark.django_db
def test_the_page_without_script_offers_each_word_and_the_links(desk: Client) -> None:
    comment = waiting(text=TEXT)

    page = parse(desk.get(f"{DESK}{comment.pk}/edit/"))

    boxes = [field for field in page.iter("input") if field.get("name") == "words"]
    assert len(boxes) == len(words(TEXT))
    assert page.find(".//input[@name='strip_links']") is not None
    assert page.find(".//input[@name='text']") is page.find(".//textarea") is None


@pytest.mark.django_db
def test_an_absent_comment_cannot_be_edited(desk: Client) -> None:
    assert desk.get(f"{DESK}999/edit/").status_code == 404
