"""The synonyms that a portal starts with: each says something, and none drags common words along."""

from collections import Counter
from pathlib import Path

import pytest

import articles
from articles.arabic import stems
from articles.models import Synonym
from newsroom.demo import content

DATA = Path(articles.__file__).parent / "data" / "synonyms.txt"
GROUPS = [line for line in DATA.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
COMMONEST = 40


def commonest(language: str) -> set[str]:
    """The stems that most articles of the demo hold in `language`."""
    rows = content.articles()
    texts = [row if language == "ar" else row.get(language, {}) for row in rows]
    held = Counter(stem for text in texts for stem in set(stems(str(text.get("body", "")))))
    return {stem for stem, _count in held.most_common(COMMONEST)}


@pytest.mark.django_db
def test_they_are_there_after_migrating() -> None:
    assert list(Synonym.objects.order_by("pk").values_list("words", flat=True)) == GROUPS


@pytest.mark.parametrize("group", GROUPS)
def test_a_group_joins_words_that_search_keeps_apart(group: str) -> None:
    assert len(Synonym(words=group).alternatives()) >= 2


def members() -> set[str]:
    """The stems that stand for a meaning alone."""
    return {run[0] for group in GROUPS for run in Synonym(words=group).alternatives() if len(run) == 1}


@pytest.mark.parametrize("language", ["fr", "en"])
def test_no_acronym_is_one_of_the_commonest_words(language: str) -> None:
    """UN would find every French article with “un”."""
    assert members() & commonest(language) == set()


def test_no_name_is_a_verb_or_a_particle() -> None:
    """«الكان» would find every article with «كان»."""
    small = "في من على إلى عن أن إن ما لا لم قد كل بعد قبل بين مع هذا ذلك الذي التي كان كانت قال أكد أعلن طلب تم حل جاء"

    assert members() & set(stems(small)) == set()
