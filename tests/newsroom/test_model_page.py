"""The page that the portal is modelled on, from the journalist's desk to a reader's approved comment."""

from pathlib import Path

import html5lib
import pytest
from django.contrib.auth.models import User
from django.test import Client

from articles.models import Article, Category
from comments.models import Comment
from tests.admin_forms import form_data
from tests.factories import make_article

SEED = Path(__file__).resolve().parents[3] / "shared" / "seed" / "article.txt"
LABELS = ["Hot events", "أخبار", "أخبار سريعة", "الحكومة", "العالم", "جهات المملكة"]
PARTS = ["مقالات ذات صلة", "أضف تعليقاً", "لن يتم نشر عنوان بريدك الإلكتروني. الحقول الإلزامية مشار إليها بـ *"]
ADD = "/admin/articles/article/add/"

pytestmark = pytest.mark.django_db


@pytest.fixture
def seed() -> tuple[str, list[str], str]:
    """Headline, paragraphs and the whole text of the model page."""
    if not SEED.exists():
        pytest.skip(f"left out: the model page is not on this machine ({SEED.name} beside the project)")
    text = SEED.read_text(encoding="utf-8")
    blocks = [block.strip() for block in text.split("\n\n") if block.strip()]
    return blocks[1], blocks[2 : blocks.index(PARTS[0])], text


def test_the_first_line_of_the_model_page_names_our_six_categories(seed: tuple[str, list[str], str]) -> None:
    first_line = seed[2].splitlines()[0]

    assert first_line == "".join(LABELS)


def test_the_model_page_goes_from_desk_to_approved_comment(
    seed: tuple[str, list[str], str], journalist: User, editor: User, moderator: User
) -> None:
    headline, paragraphs, _text = seed
    assert len(paragraphs) == 8
    categories = [Category.objects.create(name=label, position=place) for place, label in enumerate(LABELS)]

    make_article("مقال آخر من القسم نفسه", category=categories[0])
    article = _write(journalist, headline, paragraphs, categories)
    _publish(editor, article, categories)
    page = _read(article)

    assert all(paragraph in page for paragraph in paragraphs)
    positions = [page.index(f">{label}</bdi></a></li>") for label in LABELS]
    assert positions == sorted(positions)
    assert page.index(LABELS[-1]) < page.index(f'article__title"><bdi>{headline}') < page.index(paragraphs[0])
    assert (
        page.index(paragraphs[-1])
        < page.index(PARTS[0])
        < page.index(PARTS[1])
        < page.index(PARTS[2])
        < page.index('id="back-to-top"')
    )

    comment = _comment(article)
    assert comment.text not in _read(article)
    _approve(moderator, comment)
    assert comment.text in _read(article)
    assert "reader@example.ma" not in _read(article)


def _client(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def _write(journalist: User, headline: str, paragraphs: list[str], categories: list[Category]) -> Article:
    client = _client(journalist)
    data = form_data(client.get(ADD))
    data |= {
        "title_ar": headline,
        "body_ar": "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs),
        "category": categories[0].pk,
        "filed_under": [category.pk for category in categories[:1]],
        "_step_submit": "1",
    }

    response = client.post(ADD, data)

    assert response.status_code == 302
    article = Article.objects.get(title_ar=headline)
    assert (article.status, article.owner) == (Article.Status.IN_REVIEW, journalist)
    return article


def _publish(editor: User, article: Article, categories: list[Category]) -> None:
    client = _client(editor)
    address = f"/admin/articles/article/{article.pk}/change/"
    data = form_data(client.get(address))
    data |= {"filed_under": [category.pk for category in categories], "_step_publish": "1"}

    response = client.post(address, data)

    assert response.status_code == 302
    article.refresh_from_db()
    assert article.is_visible
    assert article.categories.count() == len(categories)


def _read(article: Article) -> str:
    return Client().get(article.get_absolute_url()).content.decode()


def _comment(article: Article) -> Comment:
    """Fill in the form that the page itself carries, and send it where it says."""
    reader = Client()
    document = html5lib.parse(_read(article), namespaceHTMLElements=False)
    form = document.find(".//form[@id='comment-form']")
    data = {field.get("name"): field.get("value", "") for field in form.findall(".//input")}
    data |= {"name": "قارئة", "email": "reader@example.ma", "text": "شكراً على هذا الملخص الواضح للقاء."}

    response = reader.post(form.get("action"), data, headers={"Origin": "http://testserver"})

    assert response.status_code == 303
    return Comment.objects.get()


def _approve(moderator: User, comment: Comment) -> None:
    client = _client(moderator)
    address = f"/admin/comments/comment/{comment.pk}/change/"
    data = form_data(client.get(address)) | {"_step_approve": "1"}

    response = client.post(address, data)

    assert response.status_code == 302
    assert comment.decisions.latest("pk").by == moderator
