"""The pictures of the handbooks: whose desk, which page, and what is done before the picture is taken."""

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Page


@dataclass(frozen=True)
class Scene:
    """One picture. `name` is its file in docs/handbooks/images/, without ending."""

    name: str
    role: str
    path: str
    prepare: Callable[[Page], None] | None = None
    part: str = ""  # the element that is shown; the window, unless told
    size: tuple[int, int] = (1280, 860)


def first_sender(page: Page) -> None:
    """Open the sender of the first card."""
    page.goto(page.url.split("/admin/")[0] + str(page.locator("a[data-key='KeyB']").first.get_attribute("href")))
    page.wait_for_load_state("networkidle")


SCENES = (
    Scene("login", "", "/admin/login/", size=(1000, 620)),
    Scene("journalist-index", "journalist", "/admin/"),
    Scene("article-list", "journalist", "/admin/articles/article/"),
    Scene("article-form", "journalist", "/admin/articles/article/add/"),
    Scene("pictures", "journalist", "/admin/articles/picture/"),
    Scene("editor-index", "editor", "/admin/"),
    Scene("calendar", "editor", "/admin/articles/calendar/"),
    Scene("board", "editor", "/admin/articles/board/"),
    Scene("letters", "editor", "/admin/newsroom/readerletter/"),
    Scene("desk", "moderator", "/admin/comments/desk/"),
    Scene("desk-sender", "moderator", "/admin/comments/desk/", first_sender),
)
