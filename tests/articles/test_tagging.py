"""Tags: how a line of them is read, and that spellings of one word are one tag."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.models import Tag
from articles.tagging import join_tags, parse_tags
from tests.factories import make_article, make_tag

# Direction controls, which the line loses; tests/articles/test_bidi.py
CONTROLS = [chr(point) for point in (*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x061C)]
NAMES = st.lists(
    st.text(st.characters(exclude_characters=f",،;؛\n\r{''.join(CONTROLS)}"), min_size=1).map(
        lambda name: " ".join(name.split())
    ),
    unique=True,
).map(lambda names: [name for name in names if name])


@pytest.mark.parametrize(
    "line",
    ["الماء،السدود", "الماء, السدود", "الماء ; السدود", "الماء؛السدود", "الماء\nالسدود", "الماء\r\nالسدود"],
    ids=["arabic-comma", "latin-comma", "semicolon", "arabic-semicolon", "line", "windows-line"],
)
def test_every_separator_parts_tags(line: str) -> None:
    assert parse_tags(line) == ["الماء", "السدود"]


def test_a_tag_may_have_several_words() -> None:
    assert parse_tags("كرة  القدم ،\tالصيد البحري") == ["كرة القدم", "الصيد البحري"]


@pytest.mark.parametrize("line", ["", "  ", "،،,;", "\n،\n"], ids=ascii)
def test_an_empty_line_holds_no_tags(line: str) -> None:
    assert parse_tags(line) == []


def test_the_order_is_kept_and_repeats_are_dropped() -> None:
    assert parse_tags("النقل، الماء، النقل، الفلاحة") == ["النقل", "الماء", "الفلاحة"]


def test_quotation_marks_have_no_meaning() -> None:
    assert parse_tags('"الماء والسدود", النقل') == ['"الماء والسدود"', "النقل"]


@settings(deadline=None, max_examples=100)
@given(NAMES)
def test_a_joined_line_reads_back_the_same(names: list[str]) -> None:
    assert parse_tags(join_tags(Tag(name=name) for name in names)) == names


@pytest.mark.django_db
def test_the_tags_of_an_article_are_set_from_their_names() -> None:
    article = make_article()

    article.tags.set(parse_tags("المناخ، الطقس"))

    assert set(article.tags.names()) == {"المناخ", "الطقس"}


@pytest.mark.django_db
@pytest.mark.parametrize("variant", ["اكادير", "أݣادير", "أَكـادير", "أكادير "], ids=["alif", "gaf", "marks", "space"])
def test_a_spelling_variant_is_the_tag_that_exists(variant: str) -> None:
    tag = make_tag("أكادير")
    article = make_article()

    article.tags.add(variant)

    assert list(article.tags.all()) == [tag]
    assert Tag.objects.count() == 1


@pytest.mark.django_db
def test_two_variants_in_one_line_are_one_tag() -> None:
    article = make_article(tags=("مسؤولية", "مسئولية"))

    assert article.tags.count() == 1


@pytest.mark.django_db
def test_a_different_word_is_a_new_tag() -> None:
    make_tag("سيف")
    article = make_article(tags=("صيف",))

    assert list(article.tags.names()) == ["صيف"]
    assert Tag.objects.count() == 2


@pytest.mark.django_db
@pytest.mark.parametrize("typed", ["مباريات الكرة", "مباريات الكره"], ids=["its-name", "a-variant"])
def test_a_merged_tag_leads_to_the_one_it_went_into(typed: str) -> None:
    target = make_tag("كرة القدم")
    make_tag("مباريات الكرة", merged_into=target)
    article = make_article()

    article.tags.add(typed)

    assert list(article.tags.all()) == [target]


@pytest.mark.django_db
def test_the_form_refuses_a_variant_of_another_tag() -> None:
    make_tag("مراكش")

    with pytest.raises(ValidationError) as refusal:
        Tag(name="مرّاكش", slug="x").clean()

    assert refusal.value.error_dict["name"][0].code == "twin"


@pytest.mark.django_db
def test_the_form_takes_a_tag_again_and_a_new_one() -> None:
    tag = make_tag("مراكش")

    tag.clean()
    Tag(name="ورزازات").clean()


@pytest.mark.django_db
def test_the_database_refuses_a_variant_of_another_tag() -> None:
    make_tag("طنجة")

    with pytest.raises(IntegrityError), transaction.atomic():
        make_tag("طنجه")


@pytest.mark.django_db
def test_a_tag_of_signs_alone_stands_for_itself() -> None:
    plus, hash_sign = make_tag("++"), make_tag("#")

    assert (plus.folded, hash_sign.folded) == ("++", "#")


@pytest.mark.django_db
def test_tags_whose_slugs_collide_get_different_slugs() -> None:
    one, other = make_tag("++"), make_tag("#")

    assert one.slug != other.slug
