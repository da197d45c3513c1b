"""Tags in the admin: merging two from the list, and other names in the form."""

from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission, User
from django.http import HttpResponse
from django.test import Client

from articles.models import Article, Tag
from tests.admin_forms import act, errors_beside, form_data, levels, parse, save, told
from tests.factories import make_article, make_tag, make_user
from tests.pages import words

pytestmark = pytest.mark.django_db

LIST = "/admin/articles/tag/"


@pytest.fixture
def desk(login: Any, editor: User) -> Client:
    return login(editor)


def change(tag: Tag) -> str:
    return f"{LIST}{tag.pk}/change/"


def confirm(desk: Client, target: Any, *tags: Tag) -> HttpResponse:
    page = act(desk, LIST, "merge", *tags)
    return desk.post(LIST, form_data(page) | {"index": "0", "target": str(getattr(target, "pk", target))})


def listed(desk: Client, query: str = "") -> list[str]:
    rows = parse(desk.get(LIST, {"q": query})).findall(".//table[@id='result_list']//th/a")
    return [words(row) for row in rows]


def test_an_editor_merges_tags_after_seeing_what_will_happen(desk: Client, editor: User) -> None:
    kept, merged, also = make_tag("أخنوش"), make_tag("عزيز أخنوش"), make_tag("رئيس الحكومة")
    article = make_article(tags=("عزيز أخنوش", "أخنوش"))
    other = make_article(tags=("رئيس الحكومة",))

    page = act(desk, LIST, "merge", kept, merged, also)
    response = confirm(desk, kept, kept, merged, also)

    assert page.status_code == 200
    assert "سيحمل مقالان الوسم الذي يبقى" in page.content.decode()
    assert response.status_code == 302
    assert levels(response) == ["success"]
    assert str(told(response)[0]) == "دُمج وسمان في «أخنوش»."
    assert [list(each.tags.names()) for each in (article, other)] == [["أخنوش"]] * 2
    assert set(LogEntry.objects.values_list("user", "object_id")) == {(editor.pk, str(kept.pk))}


def test_the_page_changes_nothing_and_proposes_the_busiest_tag(desk: Client) -> None:
    quiet, busy = make_tag("هادئ"), make_tag("كثير")
    make_article(tags=("كثير",))

    data = form_data(act(desk, LIST, "merge", quiet, busy))

    assert data["target"] == str(busy.pk)
    assert not Tag.objects.filter(merged_into__isnull=False).exists()


@pytest.mark.parametrize("target", ["", "x", "999999"])
def test_a_tag_that_was_not_marked_cannot_stay(desk: Client, target: str) -> None:
    tags = [make_tag(), make_tag()]

    response = confirm(desk, target, *tags)

    assert response.status_code == 200
    assert not Tag.objects.filter(merged_into__isnull=False).exists()


@pytest.mark.parametrize("count", [1, 51])
def test_too_few_and_too_many_are_told(desk: Client, count: int) -> None:
    tags = [make_tag() for _ in range(count)]

    response = act(desk, LIST, "merge", *tags)

    assert (response.status_code, levels(response)) == (302, ["warning"])


def test_a_second_click_does_nothing(desk: Client) -> None:
    kept, merged = make_tag(), make_tag()
    data = form_data(act(desk, LIST, "merge", kept, merged)) | {"index": "0", "target": str(kept.pk)}

    answers = [desk.post(LIST, data) for _ in range(2)]

    assert [levels(answers[0]), levels(answers[1])[-1]] == [["success"], "warning"]
    assert Tag.objects.get(merged_into=kept) == merged


@pytest.mark.parametrize("rights", [["view_tag"], ["view_tag", "change_tag"], ["view_tag", "delete_tag"]])
def test_merging_needs_the_rights_to_change_and_to_delete(login: Any, rights: list[str]) -> None:
    user = make_user()
    user.user_permissions.set(Permission.objects.filter(codename__in=rights))
    desk, tags = login(user), [make_tag(), make_tag()]

    act(desk, LIST, "merge", *tags)
    desk.post(LIST, {"action": "merge", "confirmed": "yes", "target": tags[0].pk, "_selected_action": [1, 2]})

    assert 'value="merge"' not in desk.get(LIST).content.decode()
    assert not Tag.objects.filter(merged_into__isnull=False).exists()


def test_merged_tags_show_in_no_list_and_no_autocomplete(desk: Client) -> None:
    kept = make_tag("الماء")
    merged = make_tag("المياه", merged_into=kept)

    assert listed(desk) == ["الماء"]
    assert desk.get(change(merged)).status_code == 302
    assert listed(desk, "مياه") == ["الماء"], "it is found by its other name"
    assert listed(desk, "مياه ماء") == [], "but not by words of two names"


def test_tags_and_authors_stand_in_alphabetical_order(desk: Client) -> None:
    for name in ("الوزارة", "Zagora", "أكادير", "المغرب", "برشيد", "إفران", "التعليم", "Agadir"):
        make_tag(name)

    assert listed(desk) == ["Agadir", "Zagora", "إفران", "أكادير", "برشيد", "التعليم", "المغرب", "الوزارة"]


def test_the_form_shows_other_names_and_takes_new_ones(desk: Client) -> None:
    tag = make_tag("الماء")
    make_tag("المياه", merged_into=tag)

    shown = form_data(desk.get(change(tag)))["other_names"]
    response = save(desk, change(tag), other_names="المياه، الموارد المائية")

    assert shown == "المياه"
    assert response.status_code == 302
    assert set(tag.other_names()) == {"المياه", "الموارد المائية"}
    article = make_article(tags=("الموارد المائيه",))
    assert list(article.tags.names()) == ["الماء"]
    assert Client().get("/tag/الموارد-المائية/").headers["Location"] == tag.get_absolute_url()


def test_a_new_tag_may_come_with_other_names(desk: Client) -> None:
    response = save(desk, f"{LIST}add/", name="السكك الحديدية", other_names="القطارات, القطار")

    assert response.status_code == 302
    assert set(Tag.objects.get(name="السكك الحديدية").other_names()) == {"القطارات", "القطار"}


def test_a_name_that_goes_gives_its_address_up(desk: Client) -> None:
    tag = make_tag("الماء")
    merged = make_tag("المياه", merged_into=tag)

    save(desk, change(tag), other_names="")

    assert Client().get(merged.get_absolute_url()).status_code == 404
    assert list(Tag.objects.all()) == [tag]


@pytest.mark.parametrize("typed", ["الفلاحة", "الفِلاحه"])
def test_a_tag_of_its_own_is_no_other_name_and_the_way_to_merge_is_told(desk: Client, typed: str) -> None:
    tag, _other = make_tag("الماء"), make_tag("الفلاحة")

    response = save(desk, change(tag), other_names=f"المياه، {typed}")

    assert "دمج الوسوم" in " ".join(errors_beside(response, "other_names"))
    assert Tag.objects.filter(merged_into=tag).count() == 0
    assert form_data(response)["other_names"] == f"المياه، {typed}"


def test_the_other_name_of_another_tag_is_told(desk: Client) -> None:
    make_tag("الزراعة", merged_into=make_tag("الفلاحة"))

    response = save(desk, change(make_tag("الماء")), other_names="الزراعة")

    assert "الفلاحة" in " ".join(errors_beside(response, "other_names"))


@pytest.mark.parametrize("typed", ["bell\x07", "و" * 101])
def test_a_name_that_no_tag_may_have_is_told(desk: Client, typed: str) -> None:
    response = save(desk, change(make_tag("الماء")), other_names=typed)

    assert len(errors_beside(response, "other_names")) == 1
    assert Tag.objects.count() == 1


def test_the_own_name_and_repeats_are_passed_over(desk: Client) -> None:
    tag = make_tag("الماء")

    response = save(desk, change(tag), other_names="الماء، المياه، المِياه")

    assert response.status_code == 302
    assert len(tag.other_names()) == 1


def test_a_target_is_deleted_with_its_other_names(desk: Client) -> None:
    tag = make_tag("الماء")
    make_tag("المياه", merged_into=tag)
    make_article(tags=("الماء",))

    response = desk.post(f"{LIST}{tag.pk}/delete/", {"post": "yes"})

    assert response.status_code == 302
    assert not Tag.objects.exists()
    assert Article.objects.count() == 1
