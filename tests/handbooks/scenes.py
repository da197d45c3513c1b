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


def first_article(page: Page) -> None:
    """Open the first article of the list."""
    page.click("#result_list th a")
    page.wait_for_load_state("networkidle")


SCENES = (
    Scene("login", "", "/admin/login/", size=(1000, 620)),
    Scene("journalist-index", "journalist", "/admin/"),
    Scene("article-list", "journalist", "/admin/articles/article/"),
    Scene("article-form", "journalist", "/admin/articles/article/add/"),
    Scene("desk", "moderator", "/admin/comments/desk/"),
)
