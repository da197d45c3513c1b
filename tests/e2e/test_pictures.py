"""The picture library in a browser: dropped files, the focal point by keyboard, choosing in forms."""

import base64
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from playwright.sync_api import Page, expect

from articles.choices import Status
from articles.models import Article, Picture
from tests.e2e.conftest import ARTIFACTS, Watch, log_in, violations
from tests.factories import make_article, make_picture, make_user, picture_bytes

pytestmark = pytest.mark.django_db(transaction=True)

DROP = """([selector, files]) => {
    const data = new DataTransfer();
    for (const [name, content] of files) {
        const bytes = Uint8Array.from(atob(content), (each) => each.charCodeAt(0));
        data.items.add(new File([bytes], name, {type: "image/jpeg"}));
    }
    const options = {dataTransfer: data, bubbles: true, cancelable: true};
    for (const kind of ["dragenter", "dragover", "drop"]) {
        document.querySelector(selector).dispatchEvent(new DragEvent(kind, options));
    }
}"""
# As the editor asks: it waits for this function to be called.
OPENER = """(address) => {
    window.CKEDITOR = {tools: {callFunction: (number, ...told) => { window.told = [number, ...told]; }}};
    window.open(`${address}?CKEditorFuncNum=-1`, "_blank", "width=800,height=600");
}"""


def drop(page: Page, selector: str, **files: bytes) -> None:
    sent = [[name, base64.b64encode(content).decode()] for name, content in files.items()]
    page.evaluate(DROP, [selector, sent])


def photo(width: int = 640, **values: Any) -> Picture:
    return make_picture(file=SimpleUploadedFile("x.jpg", picture_bytes(size=(width, 480))), **values)


def assert_accessible(page: Page, watch: Watch, context: str) -> None:
    faults_so_far = list(watch.faults)
    faults = violations(page, context=context)
    assert [(fault["id"], fault["nodes"][0]["html"][:150]) for fault in faults] == []
    watch.faults = faults_so_far  # axe scrolls by writing styles, which the policy stops


def test_dropped_files_are_stored_one_by_one_and_a_bad_one_is_told(page: Page, live_server: Any, watch: Watch) -> None:
    journalist = make_user("journalist")
    log_in(page, live_server.url, journalist.username)
    page.goto(f"{live_server.url}/admin/articles/picture/")

    one, other = picture_bytes(size=(400, 300)), picture_bytes(size=(500, 300))
    drop(page, ".upload__zone", **{"a.jpg": one, "bad.jpg": b"words", "b.jpg": other, "again.jpg": one})
    page.wait_for_selector("[data-state=sayKnown]")

    watch.faults = [fault for fault in watch.faults if "422" not in fault]  # the browser notes the refusal too
    assert page.locator("[data-state=sayDone]").count() == 2
    assert page.locator("[data-state=sayFailed] .upload__state").inner_text() != ""
    assert Picture.objects.filter(uploaded_by=journalist).count() == 2
    form = page.locator("[data-state=sayDone]").last
    form.locator("[name=alt]").fill("قطار في المحطة")
    form.locator("[name=credit]").fill("الجريدة")
    form.locator("[name=credit]").press("Enter")
    expect(page.locator(".upload__said")).to_contain_text("a.jpg")
    assert Picture.objects.get(original_name="a.jpg").credit == "الجريدة"
    assert_accessible(page, watch, ".upload")


def test_a_lost_connection_is_told_and_a_button_tries_again(page: Page, live_server: Any, watch: Watch) -> None:
    log_in(page, live_server.url, make_user("journalist").username)
    page.goto(f"{live_server.url}/admin/articles/picture/")
    page.route("**/picture/upload/", lambda route: route.abort())

    drop(page, ".upload__zone", **{"a.jpg": picture_bytes(size=(400, 300))})
    page.wait_for_selector("[data-state=sayLost]")
    assert Picture.objects.count() == 0
    page.unroute("**/picture/upload/")
    page.focus(".upload__retry")
    page.keyboard.press("Enter")
    page.wait_for_selector("[data-state=sayDone]")

    watch.faults = [fault for fault in watch.faults if "ERR_FAILED" not in fault]  # what was broken off here
    assert Picture.objects.count() == 1


@pytest.mark.parametrize("width", [390, 1280])
def test_the_focal_point_is_moved_by_keyboard_and_by_click(
    page: Page, live_server: Any, watch: Watch, width: int
) -> None:
    editor, picture = make_user("editor"), photo(1200)
    page.set_viewport_size({"width": width, "height": 900})
    log_in(page, live_server.url, editor.username)
    page.goto(f"{live_server.url}/admin/articles/picture/{picture.pk}/change/")

    page.focus(".focus__point")
    for key in ("ArrowRight", "ArrowRight", "Shift+ArrowLeft", "ArrowDown"):
        page.keyboard.press(key)
    at = [page.input_value("#id_focus_x"), page.input_value("#id_focus_y")]
    crop = page.evaluate("document.querySelector('[data-shape=\"1/1\"] img').style.objectPosition")
    assert at == ["42", "51"]
    assert crop.startswith("36.")  # of the room beside a square of 480 in 1200 × 480
    box = page.locator(".focus__image").bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] * 0.9, box["y"] + box["height"] * 0.25)
    assert page.input_value("#id_focus_x") in ("89", "90", "91")
    page.screenshot(path=ARTIFACTS / f"focus-{width}.png", full_page=True)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert_accessible(page, watch, ".focus")
    page.focus("#id_focus_x")
    page.keyboard.press("Enter")
    page.wait_for_url("**/admin/articles/picture/")

    picture.refresh_from_db()
    assert 89 <= picture.focus_x <= 91


@pytest.mark.parametrize("width", [390, 1280])
def test_a_picture_is_chosen_in_the_form_by_keyboard(page: Page, live_server: Any, watch: Watch, width: int) -> None:
    journalist = make_user("journalist")
    wanted = photo(alt="القطار السريع")
    photo(alt="ميناء")
    article = make_article(owner=journalist, status=Status.DRAFT)
    page.set_viewport_size({"width": width, "height": 900})
    log_in(page, live_server.url, journalist.username)
    page.goto(f"{live_server.url}/admin/articles/article/{article.pk}/change/")

    page.focus(".picture-field__open")
    page.keyboard.press("Enter")
    page.wait_for_selector(".picker__item >> nth=1")
    page.keyboard.type("قطار")
    page.keyboard.press("Enter")
    expect(page.locator(".picker__item")).to_have_count(1)
    page.screenshot(path=ARTIFACTS / f"picker-{width}.png")
    assert_accessible(page, watch, ".picture-dialog")
    page.focus(".picker__item")
    page.keyboard.press("Enter")
    page.wait_for_selector(".picture-field__thumb:visible")
    assert page.evaluate("document.activeElement.className").find("picture-field__open") >= 0
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.click("[name=_save]")
    page.wait_for_url("**/admin/articles/article/")

    assert Article.objects.get().picture == wanted


def test_a_file_dropped_on_the_field_is_uploaded_described_and_chosen(
    page: Page, live_server: Any, watch: Watch
) -> None:
    journalist = make_user("journalist")
    article = make_article(owner=journalist, status=Status.DRAFT)
    log_in(page, live_server.url, journalist.username)
    page.goto(f"{live_server.url}/admin/articles/article/{article.pk}/change/")

    drop(page, ".picture-field", **{"a.jpg": picture_bytes(size=(400, 300))})
    page.wait_for_selector("[data-state=sayDone] .upload__choose:visible")
    page.fill(".upload__form [name=alt]", "وصف")
    with page.expect_response("**/words/"):
        page.click(".upload__form [type=submit]")
    page.click(".upload__choose")
    page.click("[name=_save]")
    page.wait_for_url("**/admin/articles/article/")

    assert Article.objects.get().picture == Picture.objects.get(uploaded_by=journalist, alt="وصف")


def test_the_editors_window_hands_the_picture_over(page: Page, live_server: Any, watch: Watch) -> None:
    picture = photo(alt="قطار", caption="في المحطة")
    log_in(page, live_server.url, make_user("journalist").username)

    with page.expect_popup() as opened:
        page.evaluate(OPENER, "/admin/articles/picture/picker/")
    opened.value.wait_for_selector(".picker__item")
    with opened.value.expect_event("close"):
        opened.value.click(".picker__item")

    told = page.evaluate("window.told")
    assert told == ["-1", picture.file.url, {"alternative_text": "قطار", "caption": "في المحطة"}]
