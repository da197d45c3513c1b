"""Fixtures that every folder of tests shares."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.cache import cache
from django.db import connection, connections
from django.test import Client
from django.utils import translation

from tests import factories


@pytest.fixture(autouse=True)
def _arabic_and_empty_cache() -> Any:
    """Start each test as a request to an unprefixed address starts."""
    translation.activate("ar")
    cache.clear()
    yield
    translation.activate("ar")


@pytest.fixture
def journalist(db: Any) -> User:
    return factories.make_user("journalist")


@pytest.fixture
def editor(db: Any) -> User:
    return factories.make_user("editor")


@pytest.fixture
def moderator(db: Any) -> User:
    return factories.make_user("moderator")


@pytest.fixture
def administrator(db: Any) -> User:
    return factories.make_user("administrator")


@pytest.fixture
def login(client: Client) -> Any:
    """`login(user)` gives a client that is logged in as `user`."""

    def log_in(user: User) -> Client:
        client.force_login(user)
        return client

    return log_in


@pytest.fixture
def in_a_file(transactional_db: None, tmp_path: Path) -> Iterator[None]:
    """SQLite in a file, as in production: in memory, threads share one cache whose locks nobody waits for."""
    if connection.vendor != "sqlite":
        yield
        return
    in_memory, settings = connections["default"], connections.settings["default"]
    name, path = settings["NAME"], tmp_path / "news.sqlite3"
    with closing(sqlite3.connect(path)) as target:
        in_memory.connection.backup(target)
    settings["NAME"] = str(path)
    connections["default"] = connections.create_connection("default")
    yield
    connections["default"].close()
    settings["NAME"] = name
    connections["default"] = in_memory
