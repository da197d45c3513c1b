"""What the tests of the desk share."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client


@pytest.fixture
def desk(login: Any, moderator: User) -> Client:
    return login(moderator)
