"""Every setting, read from the environment; `.env.example` explains each variable."""

import zoneinfo

from csp.constants import NONCE, NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from newsroom import env
from newsroom.env import BASE_DIR

env.load_env_file()

# What is missing or risky stops the start with one sentence, under any server.
DEBUG = env.switch("DEBUG")
SECRET_KEY = env.text("SECRET_KEY")
ALLOWED_HOSTS = env.hosts("ALLOWED_HOSTS", "localhost,127.0.0.1")
ADDRESS_KEYS = env.fernet_keys("ADDRESS_KEYS")
ADDRESS_DIGEST_KEY = env.text("ADDRESS_DIGEST_KEY")
if not DEBUG and "*" in ALLOWED_HOSTS:
    raise ImproperlyConfigured("ALLOWED_HOSTS must name the site's hosts; “*” is refused while DEBUG is off.")
if not DEBUG and (len(SECRET_KEY) < 50 or SECRET_KEY.startswith("django-insecure")):
    raise ImproperlyConfigured("SECRET_KEY must be random and at least 50 characters while DEBUG is off.")

INSTALLED_APPS = [
    "newsroom",
    "comments",
    "articles",
    "modeltranslation",  # before the admin, which it extends
    "newsroom.apps.PortalAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "allauth.account",  # limits of failed logins; without the app `allauth`, which brings its pages and words
    "allauth.mfa",
    "csp",
    "django_prose_editor",
    "js_asset",
    "simple_history",
    "taggit",
]

MIDDLEWARE = [
    "csp.middleware.CSPMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "newsroom.middleware.LanguageMiddleware",
    "newsroom.middleware.LostPageMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",  # tells allauth the request; it touches no response of ours
    "simple_history.middleware.HistoryRequestMiddleware",  # who saved
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "newsroom.urls"
WSGI_APPLICATION = "newsroom.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "newsroom.context_processors.portal",
            ],
            "builtins": ["articles.templatetags.instants"],
        },
    },
    {  # the plain part of mails, where “&amp;” would be read as it stands; nothing of it reaches a page
        "NAME": "plain",
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates" / app / "mail" for app in ("comments", "newsroom")],
        "OPTIONS": {"autoescape": False},
    },
]

# Data
DATABASES = {"default": env.database(f"sqlite:///{BASE_DIR / 'db.sqlite3'}")}
if DATABASES["default"]["ENGINE"] == env.SQLITE:
    DATABASES["default"]["OPTIONS"] = {
        # A deferred transaction that turns into a write fails under concurrent posts.
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,  # seconds
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-20000;",
    }
    DATABASES["default"]["TEST"] = {"NAME": ":memory:"}
# In the database: all processes see it, and it outlives a restart. `migrate` makes its table.
CACHES = {"default": env.cache("dbcache://newsroom_cache?max_entries=100000")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Languages: Arabic has no prefix, the others do; the address alone decides.
LANGUAGE_CODE = "ar"
LANGUAGES = [("ar", _("Arabic")), ("fr", _("French")), ("en", _("English"))]
MODELTRANSLATION_FALLBACK_LANGUAGES = ("ar",)
# In forms that stand in Arabic, the fields of the other languages say which one they are.
MODELTRANSLATION_BUILD_LOCALIZED_VERBOSE_NAME = lambda name, code: (  # noqa: E731
    name if code == LANGUAGE_CODE else format_lazy("{} ({})", name, dict(LANGUAGES)[code])
)
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = ["newsroom.formats"]
TIME_ZONE = env.choice("TIME_ZONE", "Africa/Casablanca", zoneinfo.available_timezones())
USE_TZ = True

# Files
STATIC_URL = "/static/"
STATIC_ROOT = env.folder("STATIC_ROOT", BASE_DIR / "staticfiles")
MEDIA_URL = "/media/"
MEDIA_ROOT = env.folder("MEDIA_ROOT", BASE_DIR / "media")
VAR_ROOT = env.folder("VAR_ROOT", BASE_DIR / "var")  # locks, and mail where no server is named
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "newsroom.static_files.BundledStaticFilesStorage"},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024  # bytes; a body may hold 500 kB in each language

# People
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
AUTHENTICATION_BACKENDS = ["newsroom.staff.second_factor.StaffBackend"]  # one alone: each would hash the password
PASSWORD_RESET_TIMEOUT = 7 * 24 * 3600  # seconds: the longest life of a link of newsroom/staff/links.py
LOGIN_URL = "admin:login"
LOGIN_REDIRECT_URL = "admin:index"
SESSION_COOKIE_AGE = 14 * 24 * 3600  # seconds
SESSION_COOKIE_NAME = "newsroom_staff"
ACCOUNT_ADAPTER = "newsroom.staff.adapters.AccountAdapter"
ACCOUNT_RATE_LIMITS = {
    # Wrong passwords and codes. A newsroom shares one connection; an account is guessed at from many.
    "login_failed": "30/5m/ip,5/5m/key",
    "passkey_login": "30/5m/ip",  # there is nothing to guess
    "reset_password": "20/h/ip,3/h/key",  # no mailbox is flooded
}
MFA_ADAPTER = "newsroom.staff.adapters.MFAAdapter"
MFA_SUPPORTED_TYPES = ["recovery_codes", "totp", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"  # a passkey opens the desk by itself: finger, face or PIN
MFA_TOTP_TOLERANCE = 1  # periods of 30 seconds: phones' clocks differ, and codes are typed slowly

# Headers. HTTPS=on is the one switch for everything that needs TLS in front.
HTTPS = env.switch("HTTPS")
SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_REDIRECT_EXEMPT = ["^healthz$", "^readyz$"]  # whoever watches the processes asks them directly
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
TRUSTED_PROXIES = env.networks("TRUSTED_PROXIES")
CSRF_TRUSTED_ORIGINS = env.origins("CSRF_TRUSTED_ORIGINS")
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        # The nonce is lazy: only the writing form asks for it, so public pages carry none.
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "object-src": [NONE],
        "frame-ancestors": [NONE],
    }
}

# Mail: `manage.py tick` sends it. Its links are absolute, and no request tells it the site's address.
SITE_URL = env.origin("SITE_URL", "http://localhost:8000")
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.mailbox("DEFAULT_FROM_EMAIL", "Newsroom <newsroom@localhost.localdomain>")
DIGEST_HOURS = env.hours("DIGEST_HOURS", "8,14")
NEWSLETTER_HOUR = env.hour("NEWSLETTER_HOUR", 7)
globals().update(env.mailer("EMAIL_URL", f"filemail://{VAR_ROOT}/mail", env.number("EMAIL_TIMEOUT", 10)))

# Telling others that articles changed: `manage.py tick` does, where these name somebody.
WEBSUB_HUB = env.web_address("WEBSUB_HUB")
INDEXNOW_ENDPOINT = env.web_address("INDEXNOW_ENDPOINT")
INDEXNOW_KEY = env.announcer_key("INDEXNOW_KEY")
if INDEXNOW_ENDPOINT and not INDEXNOW_KEY:
    raise ImproperlyConfigured("INDEXNOW_ENDPOINT needs INDEXNOW_KEY: choose a key of 8 to 128 letters and digits.")

# Where flaws are reported to, in security.txt; the contact page, unless told.
SECURITY_CONTACT = env.reach("SECURITY_CONTACT")

# Text
TAGGIT_TAGS_FROM_STRING = "articles.tagging.parse_tags"
TAGGIT_STRING_FROM_TAGS = "articles.tagging.join_tags"
MODELTRANSLATION_CUSTOM_FIELDS = ("HTMLField",)

LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.choice("LOG_LEVEL", "INFO", LOG_LEVELS)},
}
SILENCED_SYSTEM_CHECKS: list[str] = []
