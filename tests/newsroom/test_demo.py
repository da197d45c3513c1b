"""The demonstration portal: complete, repeatable, and careful with what is not its own."""

import re
from io import StringIO
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.test import Client

from articles.models import Article, ArticleCategory, ArticleTag, Byline, Category, Picture, StatusChange, Tag
from comments.models import Comment
from newsroom.demo import content, drawing, loader
from newsroom.management.commands import demo
from newsroom.roles import ROLES
from tests.factories import make_article, make_user, picture_bytes

pytestmark = pytest.mark.django_db


@pytest.fixture
def small_pictures(monkeypatch: pytest.MonkeyPatch) -> None:
    """Drawing seventy illustrations is not what these tests are about."""
    plain = picture_bytes("PNG")
    monkeypatch.setattr(loader, "draw", lambda scene, seed: plain)


@pytest.fixture
def run(small_pictures: None, monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Any) -> Any:
    settings.STATIC_ROOT = tmp_path

    def run_demo() -> str:
        output = StringIO()
        call_command("demo", "--no-serve", stdout=output)
        return output.getvalue()

    return run_demo


def test_it_makes_a_whole_newspaper_and_says_how_to_enter(run: Any, client: Client) -> None:
    output = run()

    assert Article.objects.published().count() >= 60
    assert {article.status for article in Article.objects.all()} == set(Article.Status.values)
    assert any(article.is_scheduled for article in Article.objects.all())
    assert all(category.articles.exists() for category in Category.objects.all())
    assert Category.objects.filter(parent__slug="regions").count() == 12
    assert Article.objects.published().in_language("fr").count() >= 3
    assert Article.objects.published().in_language("en").count() >= 3
    assert {comment.status for comment in Comment.objects.all()} == set(Comment.Status.values)
    assert Tag.objects.get(name="المياه").merged_into == Tag.objects.get(name="الماء")
    assert not ArticleTag.objects.filter(tag__merged_into__isnull=False).exists()
    assert Article.objects.exclude(return_note="").exists()
    assert Article.objects.exclude(planned_for=None).count() >= 3
    assert 1 <= StatusChange.objects.filter(told_at=None).count() <= 6  # a mail for each would be a flood
    assert not any(table.objects.drifted().exists() for table in (ArticleCategory, ArticleTag, Byline))
    for role in ROLES:
        password = next(line.split()[1] for line in output.splitlines() if line.split()[:1] == [role])
        assert client.login(username=role, password=password)
        assert client.get("/admin/").status_code == 200
    assert all(client.get(address).status_code == 200 for address in ("/", "/fr/", "/en/", "/hot/", "/feed/"))


def test_a_second_run_changes_nothing_and_leaves_a_changed_password(run: Any) -> None:
    first = run()
    counts = [model.objects.count() for model in (Article, Category, Comment, Picture, Tag, User)]
    editor = User.objects.get(username="editor")
    editor.set_password("my own words")
    editor.save()

    second = run()

    assert [model.objects.count() for model in (Article, Category, Comment, Picture, Tag, User)] == counts
    editor.refresh_from_db()
    assert editor.check_password("my own words")
    password = next(line.split()[1] for line in first.splitlines() if line.split()[:1] == ["editor"])
    assert second.splitlines()[-6:] == first.replace(password, "(changed since)").splitlines()[-6:]


@pytest.mark.parametrize("make", [make_article, make_user])
def test_it_refuses_a_database_with_other_content(run: Any, make: Any) -> None:
    make()

    with pytest.raises(CommandError):
        run()

    assert not User.objects.filter(username="editor").exists()


def test_every_article_of_the_data_files_is_complete() -> None:
    rows = content.articles()

    assert len(rows) >= 60
    assert len({row["key"] for row in rows}) == len({row["title"] for row in rows}) == len(rows)
    for row in rows:
        assert row["scene"] in drawing.SCENES, row["key"]
        assert all(row[part] for part in ("title", "summary", "body", "alt", "caption", "tags", "authors"))
        # «بـ48» is right; within a word a tatweel is decoration.
        assert not re.search("ـ[ء-ي]", row["title"] + row["summary"] + row["body"]), row["key"]


@pytest.mark.parametrize("scene", sorted(drawing.SCENES))
def test_a_drawing_is_the_same_for_the_same_seed(scene: str) -> None:
    assert drawing.draw(scene, "seed") == drawing.draw(scene, "seed")


def test_the_server_gets_the_port_and_the_application(monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[list[str]] = []
    beside: list[list[str]] = []
    monkeypatch.setattr(demo.os, "execv", lambda program, command: started.append(command))
    monkeypatch.setattr(demo.subprocess, "Popen", lambda command, **options: beside.append(command))

    demo.Command(stdout=StringIO())._serve("127.0.0.1", 8123)

    assert started[0][started[0].index("--port") :][:2] == ["--port", "8123"]
    assert started[0][-1] == "newsroom.wsgi:application"
    assert beside[0][1:5] == ["manage.py", "tick", "--loop", "--with-parent"]
