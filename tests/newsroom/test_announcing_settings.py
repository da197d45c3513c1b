"""The settings of announcements: what is wrong stops the start with one sentence."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from newsroom import env

NAME = "NEWSROOM_TEST_VALUE"


@pytest.mark.parametrize("value", ["", "https://hub.example/", "http://127.0.0.1:8080/hub?topic=news"])
def test_an_address_of_a_service_is_taken_or_absent(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv(NAME, value)

    assert env.web_address(NAME) == value


@pytest.mark.parametrize(
    "value",
    ["hub.example", "ftp://hub.example/", "file:///etc/passwd", "https://u:p@hub.example/", "https://", "http://a b/"],
)
def test_another_address_of_a_service_is_refused(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv(NAME, value)

    with pytest.raises(ImproperlyConfigured, match=NAME):
        env.web_address(NAME)


@pytest.mark.parametrize("value", ["short", "مفتاح-طويل", "a/../../etc", "k" * 129])
def test_a_key_that_is_no_file_name_is_refused(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv(NAME, value)

    with pytest.raises(ImproperlyConfigured, match=NAME):
        env.announcer_key(NAME)
