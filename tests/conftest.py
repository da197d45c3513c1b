"""Fixtures that every folder of tests shares."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.cache import cache
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
