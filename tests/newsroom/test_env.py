"""Settings from the environment: what is wrong stops the start with one sentence."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from cryptography.fernet import Fernet
from django.core.exceptions import ImproperlyConfigured

from newsroom import env

NAME = "NEWSROOM_TEST_VALUE"
Given = Callable[[str], None]
FERNET_KEY = "dGVzdHMtb25seS10ZXN0cy1vbmx5LXRlc3RzLW9ubHk="


@pytest.fixture
def given(monkeypatch: pytest.MonkeyPatch) -> Given:
    """`given(value)` puts the value into the environment under NAME."""
    monkeypatch.setenv(NAME, "")
    return lambda value: monkeypatch.setenv(NAME, value)


def test_a_text_is_read_without_surrounding_space(given: Given) -> None:
    given("  الجريدة ")

    assert env.text(NAME) == "الجريدة"
    assert env.text(NAME, "أخرى") == "الجريدة"


@pytest.mark.parametrize("value", ["", "   "], ids=["empty", "blank"])
def test_an_empty_text_takes_the_default_or_is_refused(given: Given, value: str) -> None:
    given(value)

    assert env.text(NAME, "الجريدة") == "الجريدة"
    with pytest.raises(ImproperlyConfigured, match=NAME):
        env.text(NAME)


@pytest.mark.parametrize(
    ("value", "expected"),
    [("on", True), ("TRUE", True), ("1", True), ("off", False), ("False", False), ("0", False), ("", False)],
)
def test_a_switch_is_on_or_off(given: Given, value: str, expected: bool) -> None:
    given(value)

    assert env.switch(NAME) is expected


@pytest.mark.parametrize("default", [True, False])
def test_an_empty_switch_takes_the_default(given: Given, default: bool) -> None:
    assert env.switch(NAME, default) is default


@pytest.mark.parametrize("value", ["yes", "2", "نعم", "on off"])
def test_another_word_for_a_switch_is_refused(given: Given, value: str) -> None:
    given(value)

    with pytest.raises(ImproperlyConfigured, match=NAME):
        env.switch(NAME)


@pytest.mark.parametrize(
    ("value", "expected"),
    [("a.ma", ["a.ma"]), (" a.ma , b.ma ,", ["a.ma", "b.ma"]), (",", []), ("", [])],
    ids=["one", "two", "comma", "empty"],
)
def test_words_are_split_at_commas(given: Given, value: str, expected: list[str]) -> None:
    given(value)

    assert env.words(NAME) == expected


def test_words_without_default_are_required(given: Given) -> None:
    with pytest.raises(ImproperlyConfigured, match=NAME):
        env.words(NAME, None)


def test_fernet_keys_keep_their_order(given: Given) -> None:
    other = Fernet.generate_key().decode()
    given(f"{other}, {FERNET_KEY}")

    assert env.fernet_keys(NAME) == [other, FERNET_KEY]


@pytest.mark.parametrize(
    "value",
    ["", ",", "short", "مفتاح", FERNET_KEY[:-1], FERNET_KEY[4:], f"{FERNET_KEY},short", "!" + FERNET_KEY[1:]],
    ids=["empty", "comma", "short", "arabic", "unpadded", "too-short", "second-wrong", "strange"],
)
def test_wrong_fernet_keys_are_refused_without_being_told(given: Given, value: str) -> None:
    given(value)

    with pytest.raises(ImproperlyConfigured, match=NAME) as refusal:
        env.fernet_keys(NAME)

    assert FERNET_KEY[4:-1] not in str(refusal.value)


def test_a_choice_is_one_of_the_known(given: Given) -> None:
    assert env.choice(NAME, "INFO", {"INFO", "ERROR"}) == "INFO"
    given("ERROR")
    assert env.choice(NAME, "INFO", {"INFO", "ERROR"}) == "ERROR"


@pytest.mark.parametrize("value", ["LOUD", "INF", "INFO ERROR"])
def test_another_choice_is_refused(given: Given, value: str) -> None:
    given(value)

    with pytest.raises(ImproperlyConfigured, match=NAME):
        env.choice(NAME, "INFO", {"INFO", "ERROR"})


def test_origins_carry_their_scheme(given: Given) -> None:
    assert env.origins(NAME) == []
    given("https://news.example, http://localhost:8000")
    assert env.origins(NAME) == ["https://news.example", "http://localhost:8000"]


@pytest.mark.parametrize("value", ["news.example", "https://news.example,localhost", "javascript:alert(1)"])
def test_an_origin_without_scheme_is_refused(given: Given, value: str) -> None:
    given(value)

    with pytest.raises(ImproperlyConfigured, match=NAME):
        env.origins(NAME)


def test_an_address_is_read_or_its_default(given: Given) -> None:
    def parse(address: str) -> dict[str, Any]:
        return {"ENGINE": "django.db.backends.postgresql", "NAME": address}

    assert env.url(NAME, "default://", parse)["NAME"] == "default://"
    given("postgres://db/news")
    assert env.url(NAME, "default://", parse)["NAME"] == "postgres://db/news"


def test_an_address_that_cannot_be_read_is_refused_without_being_told(given: Given) -> None:
    given("postgres://user:s3cret@db:port/news")

    with pytest.raises(ImproperlyConfigured, match=NAME) as refusal:
        env.url(NAME, "", env._env.db_url_config)

    assert "s3cret" not in str(refusal.value)


def test_an_address_without_a_known_scheme_is_refused(given: Given) -> None:
    given("nonsense")

    with pytest.raises(ImproperlyConfigured, match=NAME):
        env.url(NAME, "", lambda address: {"ENGINE": ""})


def test_the_default_database_and_cache_need_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "")
    monkeypatch.setenv("CACHE_URL", "")

    assert env.database("sqlite:////srv/news.sqlite3")["NAME"] == "/srv/news.sqlite3"
    assert env.cache("locmemcache://")["BACKEND"].endswith("LocMemCache")


def test_the_environment_wins_over_the_file(given: Given, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_text(f"{NAME}=ملف\nNEWSROOM_TEST_OTHER=ملف\n", encoding="utf-8")
    given("بيئة")
    monkeypatch.setenv("NEWSROOM_TEST_OTHER", "")  # so that it is taken away afterwards
    monkeypatch.delenv("NEWSROOM_TEST_OTHER")

    env.load_env_file(file)

    assert env.text(NAME) == "بيئة"
    assert env.text("NEWSROOM_TEST_OTHER") == "ملف"


def test_a_missing_file_is_no_error(tmp_path: Path) -> None:
    before = dict(os.environ)

    env.load_env_file(tmp_path / ".env")

    assert dict(os.environ) == before


def test_the_demo_writes_random_keys_for_this_machine_alone(tmp_path: Path) -> None:
    files = [tmp_path / "first.env", tmp_path / "second.env"]

    for file in files:
        env.write_demo_env(file)

    first, second = (
        dict(line.split("=", 1) for line in file.read_text().splitlines() if "=" in line and line[0] != "#")
        for file in files
    )
    secrets = ("SECRET_KEY", "ADDRESS_KEYS", "ADDRESS_DIGEST_KEY")
    assert all(first[name] != second[name] for name in secrets)
    assert len(first["SECRET_KEY"]) >= 50
    assert first["ALLOWED_HOSTS"] == "localhost,127.0.0.1"
    assert "DEBUG" not in first
    Fernet(first["ADDRESS_KEYS"])
    assert files[0].stat().st_mode & 0o077 == 0


def test_the_demo_keeps_keys_that_are_there(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_text("SECRET_KEY=kept\n")

    env.write_demo_env(file)

    assert file.read_text() == "SECRET_KEY=kept\n"


def check(folder: Path, **wrong: str) -> subprocess.CompletedProcess[str]:
    """`manage.py check` in a process of its own, every variable said, `wrong` ones otherwise."""
    values = {
        "DJANGO_SETTINGS_MODULE": "newsroom.settings",
        "SECRET_KEY": "only-for-this-test-" * 3,
        "ADDRESS_KEYS": FERNET_KEY,
        "ADDRESS_DIGEST_KEY": "only-for-this-test",
        "ALLOWED_HOSTS": "localhost",
        "CSRF_TRUSTED_ORIGINS": "",
        "DEBUG": "off",
        "HTTPS": "off",
        "DATABASE_URL": f"sqlite:///{folder / 'news.sqlite3'}",
        "CACHE_URL": "locmemcache://",
        "TIME_ZONE": "Africa/Casablanca",
        "STATIC_ROOT": str(folder / "static"),
        "MEDIA_ROOT": str(folder / "media"),
        "LOG_LEVEL": "INFO",
        "PYTHONUTF8": "1",
    }
    command = [sys.executable, str(env.BASE_DIR / "manage.py"), "check"]
    environment = {**os.environ, **values, **wrong}
    return subprocess.run(
        command, env=environment, cwd=folder, capture_output=True, encoding="utf-8", timeout=60, check=False
    )


def test_the_portal_starts_with_right_values(tmp_path: Path) -> None:
    finished = check(tmp_path)

    assert (finished.returncode, finished.stderr) == (0, "")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SECRET_KEY", ""),
        ("SECRET_KEY", "short"),
        ("SECRET_KEY", "django-insecure-" + "x" * 50),
        ("ADDRESS_KEYS", ""),
        ("ADDRESS_KEYS", "short"),
        ("ADDRESS_DIGEST_KEY", ""),
        ("ALLOWED_HOSTS", "*"),
        ("ALLOWED_HOSTS", "localhost,*"),
        ("DEBUG", "maybe"),
        ("HTTPS", "maybe"),
        ("DATABASE_URL", "nonsense"),
        ("DATABASE_URL", "mongo://db/news"),
        ("DATABASE_URL", "postgres://user:s3cret@db:port/news"),
        ("CACHE_URL", "nonsense"),
        ("TIME_ZONE", "Mars/Olympus"),
        ("LOG_LEVEL", "LOUD"),
        ("CSRF_TRUSTED_ORIGINS", "example.ma"),
        ("SITE_URL", "news.example"),
        ("EMAIL_URL", "nonsense"),
        ("EMAIL_URL", "smtp://user:s3cret@mail:port"),
        ("EMAIL_TIMEOUT", "0"),
        ("DEFAULT_FROM_EMAIL", "no address"),
        ("DIGEST_HOURS", "8,24"),
        ("NEWSLETTER_HOUR", "7,8"),
        ("NEWSLETTER_HOUR", "24"),
    ],
    ids=lambda part: part or "empty",
)
def test_a_wrong_value_stops_the_start_with_one_sentence(tmp_path: Path, name: str, value: str) -> None:
    finished = check(tmp_path, **{name: value})

    assert finished.returncode != 0
    assert "Traceback" not in finished.stderr
    assert len(finished.stderr.splitlines()) == 1
    assert finished.stderr.startswith("Newsroom cannot start. ")
    assert name in finished.stderr
    assert "s3cret" not in finished.stderr


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("", []),
        ("127.0.0.1, 10.0.0.0/8", ["127.0.0.1/32", "10.0.0.0/8"]),
        ("::1,2001:db8::/32", ["::1/128", "2001:db8::/32"]),
    ],
)
def test_networks_are_addresses_and_networks(given: Given, value: str, expected: list[str]) -> None:
    given(value)

    assert [str(each) for each in env.networks(NAME)] == expected


@pytest.mark.parametrize("value", ["localhost", "10.0.0.0/33", "10.0.0.1/8", "127.0.0.1;10.0.0.1", "*"])
def test_what_is_no_network_is_refused(given: Given, value: str) -> None:
    given(value)

    with pytest.raises(ImproperlyConfigured, match=NAME):
        env.networks(NAME)
