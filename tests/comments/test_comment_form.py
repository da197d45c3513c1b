"""The form as it comes back to the reader, and what it notes beside the words."""

import pytest
from django.test import Client

from comments.models import Comment
from tests.comments.test_posting import form_in, post, values_in
from tests.factories import make_article, make_comment

pytestmark = pytest.mark.django_db

FOCUS = [({"name": ""}, "id_name"), ({"email": "x", "text": ""}, "id_text"), ({"stamp": ""}, None)]


@pytest.mark.parametrize(("wrong", "focused"), FOCUS)
def test_the_form_that_comes_back_opens_at_the_first_error(
    client: Client, wrong: dict[str, str], focused: str | None
) -> None:
    form = form_in(post(client, make_article(), **wrong))

    summary = form.find("div[@class='form-errors']")
    links = [link.get("href") for link in summary.iter("a")]
    assert [element.get("id") for element in form.iter() if element.get("autofocus") is not None] == [focused]
    assert summary.get("role") == "alert"
    assert links == ([f"#id_{name}" for name in ("text", "name", "email") if name in wrong])


def test_an_answer_that_comes_back_says_whom_it_answers(client: Client) -> None:
    parent = make_comment(name="كريم")

    form = form_in(post(client, parent.article, parent=parent.pk, text=""))

    assert "كريم" in "".join(form.find("h2").itertext())
    assert values_in(form)["parent"] == str(parent.pk)


def test_the_comment_knows_the_language_and_the_connection_it_came_from(client: Client) -> None:
    post(client, make_article(title_fr="Le train"), prefix="/fr")

    comment = Comment.objects.get()
    assert comment.language == "fr"
    assert len(comment.ip_digest) == 64
