"""Rules about comments that hold below every form: imports and the shell meet them too."""

from typing import Any

import pytest
from cryptography.fernet import Fernet
from django.core.exceptions import ValidationError

from comments.models import Comment
from tests.factories import make_article, make_comment

pytestmark = pytest.mark.django_db


def test_an_answer_to_an_answer_is_not_stored() -> None:
    opener = make_comment()
    answer = make_comment(opener.article, parent=opener)

    with pytest.raises(ValidationError):
        make_comment(opener.article, parent=answer)

    assert Comment.objects.count() == 2


def test_an_answer_to_another_articles_comment_is_not_stored() -> None:
    opener = make_comment()

    with pytest.raises(ValidationError):
        make_comment(make_article(), parent=opener)

    assert Comment.objects.count() == 1


def test_the_html_follows_the_text() -> None:
    comment = make_comment(text="قبل")

    comment.text = "بعد"
    comment.save()

    assert Comment.objects.get().html == '<p dir="auto">بعد</p>'


@pytest.mark.parametrize("fields", [None, ["text"]])
def test_the_digest_and_the_html_follow_a_text_stored_alone(fields: list[str] | None) -> None:
    comment, twin = make_comment(text="قبل"), make_comment(text="بعد")

    comment.text = "بعد"
    comment.save(update_fields=fields)

    comment.refresh_from_db()
    assert (comment.text_digest, comment.html) == (twin.text_digest, twin.html)


def test_an_address_that_no_key_opens_is_not_written_over(settings: Any) -> None:
    comment, keys = make_comment(email="sealed@example.ma"), settings.ADDRESS_KEYS
    before = Comment.objects.get().email_digest

    settings.ADDRESS_KEYS = [Fernet.generate_key().decode()]
    locked = Comment.objects.defer(None).get()
    assert locked.email == ""
    locked.save()

    settings.ADDRESS_KEYS = keys
    stored = Comment.objects.get()
    assert (stored.email, stored.email_digest) == ("sealed@example.ma", before)
    assert comment.pk == stored.pk
