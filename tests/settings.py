"""The portal's settings, with keys and folders that only tests use."""

import os
import tempfile
from pathlib import Path

_folder = Path(tempfile.mkdtemp(prefix="newsroom-tests-"))
os.environ |= {
    "SECRET_KEY": "tests-" + "only" * 20,
    "ADDRESS_KEYS": "dGVzdHMtb25seS10ZXN0cy1vbmx5LXRlc3RzLW9ubHk=",
    "ADDRESS_DIGEST_KEY": "tests-only",
    "ALLOWED_HOSTS": "localhost,127.0.0.1,testserver",
    "DEBUG": "off",
    "HTTPS": "off",
    "MEDIA_ROOT": str(_folder / "media"),
    "STATIC_ROOT": str(_folder / "static"),
    "VAR_ROOT": str(_folder / "var"),
    "LOG_LEVEL": "ERROR",
}
os.environ.setdefault("CACHE_URL", "locmemcache://")
if os.environ["CACHE_URL"].startswith("redis://") and "PYTEST_XDIST_WORKER" in os.environ:
    # Each process empties its cache before every test: it has one of Redis's sixteen databases for itself.
    _server, _slash, _number = os.environ["CACHE_URL"].rpartition("/")
    _worker = int(os.environ["PYTEST_XDIST_WORKER"].removeprefix("gw"))
    os.environ["CACHE_URL"] = f"{_server}/{(int(_number) + _worker) % 16}"

from newsroom.settings import *  # noqa: E402, F403 (after the environment is set)

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}  # noqa: F405
WHITENOISE_AUTOREFRESH = True
