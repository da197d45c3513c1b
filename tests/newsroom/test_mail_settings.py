"""The settings of mail: read from the environment, wrong ones refused, risky ones told."""

from collections.abc import Callable

import django
import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test.utils import override_settings

from newsroom import checks, env

NAME = "NEWSROOM_TEST_VALUE"
Given = Callable[[str], None]


@pytest.fixture
def given(monkeypatch: pytest.MonkeyPatch) -> Given:
    """`given(value)` puts the value into the environment under NAME."""
    monkeypatch.setenv(NAME, "")
    return lambda value: monkeypatch.setenv(NAME, value)


@pytest.mark.parametrize("value", ["https://news.example", "https://news.example/", "http://localhost:8000"])
def test_an_origin_has_no_slash_at_its_end(given: Given, value: str) -> None:
    given(value)

    assert env.origin(NAME, "http://localhost:8000") == value.rstrip("/")


@pytest.mark.parametrize(
    "value",
    ["news.example", "https://", "https://a.example/news", "ftp://a.example", "https://u:p@a.example", "https://a b"]
    + ["https://a.example:port", "https://a.example?x", "https://[a", "javascript:1"],
)
def test_what_is_no_origin_is_refused(given: Given, value: str) -> None:
    given(value)

    with pytest.raises(ImproperlyConfigured, match=NAME):
        env.origin(NAME, "http://localhost:8000")


@pytest.mark.parametrize(("value", "hours"), [("8,14", [8, 14]), ("14, 8,8", [8, 14]), ("0", [0])])
def test_hours_are_sorted(given: Given, value: str, hours: list[int]) -> None:
    given(value)

    assert env.hours(NAME, "8,14") == hours


@pytest.mark.parametrize("value", ["24", "-1", "8:00", "٨"])
def test_what_is_no_hour_is_refused(given: Given, value: str) -> None:
    given(value)

    with pytest.raises(ImproperlyConfigured, match=NAME):
        env.hours(NAME, "8,14")


@pytest.mark.parametrize("value", ["news@news.example", "Newsroom <news@news.example>", "الجريدة <news@news.example>"])
def test_a_sender_is_an_address_with_or_without_a_name(given: Given, value: str) -> None:
    given(value)

    assert env.mailbox(NAME, "x@y.example") == value


@pytest.mark.parametrize("value", ["news", "Newsroom", "a@b@c", "<>", "x@y.example\nBcc: z@y.example"])
def test_what_is_no_sender_is_refused(given: Given, value: str) -> None:
    given(value)

    with pytest.raises(ImproperlyConfigured, match=NAME):
        env.mailbox(NAME, "x@y.example")


def test_a_mail_server_comes_with_its_timeout_and_password(given: Given) -> None:
    given("smtp+tls://news%40example:s%3Acret@mail.example:587")

    told = env.mailer(NAME, "consolemail://", 7)
    options = told["MAILERS"]["default"]["OPTIONS"] if django.VERSION >= (6, 1) else told

    assert set(map(str, options.values())) >= {"mail.example", "587", "news@example", "s:cret", "True", "7"}


def test_without_a_server_mail_goes_to_a_folder() -> None:
    told = str(env.mailer("NEWSROOM_TEST_UNSET", "filemail:///srv/newsroom/var/mail", 7))

    assert "/srv/newsroom/var/mail" in told
    assert "filebased" in told


FOLDER = {"EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend", "SITE_URL": "https://news.example"}
LOCAL = {"EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend", "SITE_URL": "http://localhost:8000"}
GOOD = {**LOCAL, "SITE_URL": "https://news.example"}


@pytest.mark.parametrize(("values", "found"), [(FOLDER, ["newsroom.W002"]), (LOCAL, ["newsroom.W003"]), (GOOD, [])])
def test_mail_that_reaches_nobody_is_told_before_deployment(values: dict[str, str], found: list[str]) -> None:
    with override_settings(**values):
        assert [each.id for each in checks.check_mail(None)] == found
