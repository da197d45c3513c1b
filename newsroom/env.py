"""Settings from the environment and from the git-ignored `.env` beside `manage.py`."""

import base64
import importlib.util
import ipaddress
import os
import re
import secrets
import warnings
from collections.abc import Callable, Collection
from email.utils import parseaddr
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import django
import environ
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent
ENV_FILE = BASE_DIR / ".env"
SQLITE = "newsroom.sqlite"  # Django's, with a gate for writers
TRUTH = {"on": True, "true": True, "1": True, "off": False, "false": False, "0": False}
MAIL_OPTIONS = {
    "EMAIL_FILE_PATH": "file_path",
    "EMAIL_HOST": "host",
    "EMAIL_PORT": "port",
    "EMAIL_HOST_USER": "username",
    "EMAIL_HOST_PASSWORD": "password",
    "EMAIL_USE_TLS": "use_tls",
    "EMAIL_USE_SSL": "use_ssl",
    "EMAIL_TIMEOUT": "timeout",
}

_env = environ.Env()


def load_env_file(path: Path = ENV_FILE) -> None:
    """Read `path` into the environment; what the environment already says wins."""
    if path.exists():
        _env.read_env(str(path), overwrite=False)


def text(name: str, default: str | None = None) -> str:
    """The variable `name`; ImproperlyConfigured when it is empty and has no default."""
    value = os.environ.get(name, "").strip() or default
    if value is None:
        raise ImproperlyConfigured(
            f"{name} is not set: run `make demo` once, or copy .env.example to .env and fill it in."
        )
    return value


def switch(name: str, default: bool = False) -> bool:
    """The variable `name` as on or off; ImproperlyConfigured for any other word."""
    value = text(name, "on" if default else "off").lower()
    if value not in TRUTH:
        raise ImproperlyConfigured(f"{name} must be on or off, not “{value}”.")
    return TRUTH[value]


def words(name: str, default: str | None = "") -> list[str]:
    """The variable `name`, split at commas, without blanks."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def hosts(name: str, default: str) -> list[str]:
    """The variable `name` as host names; ImproperlyConfigured where none is left."""
    found = words(name, default)
    if not found:
        raise ImproperlyConfigured(f"{name} must name at least one host.")
    return found


def folder(name: str, default: Path) -> str:
    """The variable `name` as a folder, made where it is missing; ImproperlyConfigured if it cannot be."""
    path = Path(text(name, str(default)))
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ImproperlyConfigured(f"{name} must be a folder that can be written: {path}.") from error
    return str(path)


def fernet_keys(name: str) -> list[str]:
    """The variable `name` as Fernet keys, newest first; ImproperlyConfigured when one is malformed."""
    keys = words(name, None)
    if not keys:
        raise ImproperlyConfigured(f"{name} must hold at least one Fernet key.")
    for key in keys:
        try:
            size = len(base64.urlsafe_b64decode(key))
        except ValueError:
            size = 0
        if size != 32:
            raise ImproperlyConfigured(f"{name} must hold Fernet keys: 32 bytes in URL-safe base64 each.")
    return keys


def choice(name: str, default: str, choices: Collection[str]) -> str:
    """The variable `name`, one of `choices`; ImproperlyConfigured for any other."""
    value = text(name, default)
    if value not in choices:
        known = f" It knows {', '.join(choices)}." if len(choices) < 10 else ""
        raise ImproperlyConfigured(f"{name} does not know “{value}”.{known}")
    return value


def networks(name: str) -> list[ipaddress.IPv4Network | ipaddress.IPv6Network]:
    """The variable `name` as addresses and networks; ImproperlyConfigured for what is neither."""
    try:
        return [ipaddress.ip_network(word) for word in words(name)]
    except ValueError as error:
        raise ImproperlyConfigured(f"{name} must hold addresses or networks such as 10.0.0.0/8: {error}.") from error


def origins(name: str) -> list[str]:
    """The variable `name` as origins with a scheme; ImproperlyConfigured for one without."""
    found = words(name)
    for origin in found:
        if not origin.startswith(("https://", "http://")):
            raise ImproperlyConfigured(f"{name} must hold origins such as https://news.example, not “{origin}”.")
    return found


def url(name: str, default: str, parse: Callable[[str], dict[str, Any]]) -> dict[str, Any]:
    """The variable `name` read by `parse`; ImproperlyConfigured names the variable, not its value."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # the sentence below says it
            parsed = parse(text(name, default))
    except Exception as error:
        raise ImproperlyConfigured(f"{name} is not an address that can be used.") from error
    backend = parsed.get("ENGINE") or parsed.get("BACKEND") or parsed.get("EMAIL_BACKEND")
    if not str(backend).startswith("django."):
        raise ImproperlyConfigured(f"{name} does not begin with a scheme that is known.")
    return parsed


def _installed(name: str, module: str) -> None:
    if not importlib.util.find_spec(module):
        raise ImproperlyConfigured(f"{name} needs the package {module}: install requirements-scale.txt.")


def database(default: str) -> dict[str, Any]:
    """The dictionary that Django expects in DATABASES; ImproperlyConfigured for one that cannot be opened."""
    found = url("DATABASE_URL", default, _env.db_url_config)
    engine = found["ENGINE"].rpartition(".")[2]
    if engine == "postgresql":
        _installed("DATABASE_URL", "psycopg")
    elif engine != "sqlite3":
        raise ImproperlyConfigured("DATABASE_URL must begin with sqlite:// or postgres://.")
    elif not Path(found["NAME"]).parent.is_dir():
        raise ImproperlyConfigured("DATABASE_URL names a file in a folder that does not exist.")
    else:
        found["ENGINE"] = SQLITE
    return found


def cache(default: str) -> dict[str, Any]:
    """The dictionary that Django expects in CACHES."""
    found = url("CACHE_URL", default, _env.cache_url_config)
    if "redis" in found["BACKEND"].lower():
        _installed("CACHE_URL", "redis")
    return found


def origin(name: str, default: str) -> str:
    """The variable `name` as one origin, without a slash at its end; ImproperlyConfigured for anything else."""
    value = text(name, default).rstrip("/")
    try:
        parts = urlsplit(value)
        known = parts.scheme in ("http", "https") and parts.port != 0 and value == f"{parts.scheme}://{parts.netloc}"
    except ValueError:
        known = False
    if not known or not parts.hostname or parts.username is not None or not value.isprintable() or " " in value:
        raise ImproperlyConfigured(f"{name} must be an origin such as https://news.example, without a path.")
    return value


def web_address(name: str) -> str:
    """The variable `name` as an http(s) address, empty where it is not set; ImproperlyConfigured for anything else."""
    value = text(name, "")
    try:
        parts = urlsplit(value)
        known = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        known = False
    plain = value.isascii() and value.isprintable() and " " not in value
    if value and not (known and plain and parts.username is None):
        raise ImproperlyConfigured(f"{name} must be an address such as https://hub.example/, without a password.")
    return value


def announcer_key(name: str) -> str:
    """The variable `name` as a key of IndexNow, empty where it is not set; ImproperlyConfigured for anything else."""
    value = text(name, "")
    if value and not re.fullmatch(r"[-0-9A-Za-z]{8,128}", value):
        raise ImproperlyConfigured(f"{name} must hold 8 to 128 letters, digits and hyphens.")
    return value


def number(name: str, default: int) -> int:
    """The variable `name` as a whole number above zero; ImproperlyConfigured for anything else."""
    value = text(name, str(default))
    if not (value.isascii() and value.isdigit() and 0 < int(value) < 10**6):
        raise ImproperlyConfigured(f"{name} must be a whole number above zero, not “{value}”.")
    return int(value)


def hours(name: str, default: str) -> list[int]:
    """The variable `name` as hours of the day, sorted; ImproperlyConfigured for any other word."""
    found = words(name, default)
    if not all(hour.isascii() and hour.isdigit() and int(hour) < 24 for hour in found):
        raise ImproperlyConfigured(f"{name} must hold hours from 0 to 23, separated by commas.")
    return sorted({int(hour) for hour in found})


def hour(name: str, default: int) -> int:
    """The variable `name` as one hour of the day; ImproperlyConfigured for anything else."""
    found = hours(name, str(default))
    if len(found) != 1:
        raise ImproperlyConfigured(f"{name} must be one hour from 0 to 23.")
    return found[0]


def mailbox(name: str, default: str) -> str:
    """The variable `name` as a sender: an address, or a name before one in angle brackets."""
    value = text(name, default)
    _name, address = parseaddr(value)
    if not re.fullmatch(r"[^\s@<>]+@[^\s@<>]+", address) or not value.isprintable():
        raise ImproperlyConfigured(f"{name} must be an address such as Newsroom <news@news.example>.")
    return value


def mailer(name: str, default: str, timeout: int) -> dict[str, Any]:
    """The settings of Django's mail that the variable `name` tells: MAILERS since Django 6.1, EMAIL_… before."""
    found = {key: value for key, value in url(name, default, _env.email_url_config).items() if value}
    if "EMAIL_FILE_PATH" in found:
        found["EMAIL_FILE_PATH"] = f"/{found['EMAIL_FILE_PATH'].lstrip('/')}"
    if found["EMAIL_BACKEND"].endswith(".smtp.EmailBackend"):
        found["EMAIL_TIMEOUT"] = timeout  # seconds; a server that hangs must not hang what sends
    if django.VERSION < (6, 1):
        return found
    backend = found.pop("EMAIL_BACKEND")
    return {"MAILERS": {"default": {"BACKEND": backend, "OPTIONS": {MAIL_OPTIONS[key]: found[key] for key in found}}}}


def reach(name: str) -> str:
    """The variable `name` as where to be reached, empty unless set: an address with https:// or mailto:."""
    value = text(name, "")
    if value and not re.fullmatch(r"(?:https://|mailto:)[!-~]+", value):
        raise ImproperlyConfigured(f"{name} must begin with https:// or mailto: and hold no blanks.")
    return value


def write_demo_env(path: Path) -> None:
    """Write a `.env` with random keys for this machine alone, unless one is there already."""
    if path.exists():
        return
    fernet_key = base64.urlsafe_b64encode(secrets.token_bytes(32)).decode()
    lines = [
        "# Written by `manage.py demo` for this machine. Every setting is explained in .env.example.",
        f"SECRET_KEY={secrets.token_urlsafe(50)}",
        f"ADDRESS_KEYS={fernet_key}",
        f"ADDRESS_DIGEST_KEY={secrets.token_urlsafe(32)}",
        "ALLOWED_HOSTS=localhost,127.0.0.1",
    ]
    path.touch(mode=0o600)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
