"""The hot flag and its end: one cannot stand without the other."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from articles.models import Article
from tests.factories import make_article

pytestmark = pytest.mark.django_db


def hot_article() -> Article:
    return make_article(is_hot=True, hot_until=timezone.now() + timedelta(hours=3))


def test_taking_the_flag_down_takes_its_end_along() -> None:
    article = hot_article()

    article.is_hot = False
    article.full_clean()
    article.save()

    article.refresh_from_db()
    assert (article.is_hot, article.hot_until) == (False, None)


def test_taking_many_flags_down_takes_their_ends_along() -> None:
    hot_article()

    Article.objects.update(is_hot=False)

    assert not Article.objects.exclude(hot_until=None).exists()


@pytest.mark.parametrize("code", ["ar", "fr", "en"])
def test_an_empty_title_is_no_title(code: str) -> None:
    article = make_article("عنوان", title_fr="Titre", title_en="Title")

    setattr(article, f"title_{code}", "   ")
    article.save()
    with pytest.raises(IntegrityError), transaction.atomic():
        Article.objects.filter(pk=article.pk).update(**{f"title_{code}": ""})

    article.refresh_from_db()
    assert code not in article.languages()
