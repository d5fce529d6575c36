"""Settings. What a place must decide comes from ``KECHO_*`` variables; docs/reference/settings.md lists them all."""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from pathlib import Path
from urllib.parse import unquote, urlsplit

from kecho.web.settings_sign_in import *  # noqa: F403

HOME = Path(os.environ.get("KECHO_HOME", "var")).resolve()
AGENCY = {"vi": os.environ.get("KECHO_AGENCY_VI", ""), "en": os.environ.get("KECHO_AGENCY_EN", "")}
LOCALITY = os.environ.get("KECHO_LOCALITY", "")
CONTACT = os.environ.get("KECHO_CONTACT", "")
DEBUG = os.environ.get("KECHO_DEBUG", "0") == "1"
PLACE_HOSTS = [name for name in os.environ.get("KECHO_HOSTS", "").split(",") if name]
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", *PLACE_HOSTS]


def _secret_key() -> str:
    """The key of this place: from ``KECHO_SECRET_KEY``, else made once and kept readable by its owner alone."""
    if key := os.environ.get("KECHO_SECRET_KEY"):
        return key
    file = HOME / "secret_key"
    if not file.exists():
        HOME.mkdir(parents=True, exist_ok=True)
        fresh = HOME / f"secret_key.{os.getpid()}"
        fresh.touch(mode=0o600)
        fresh.write_text(secrets.token_urlsafe(50), "utf-8")
        with suppress(FileExistsError):  # two processes may start at once: the first one's key stays
            os.link(fresh, file)
        fresh.unlink()
    return file.read_text("utf-8").strip()


def _database(url: str | None) -> dict[str, object]:
    """SQLite in ``HOME`` by default; ``postgresql://user:password@host:port/name`` for PostgreSQL."""
    if not url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": HOME / "kecho.sqlite3",
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 30,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-65536;",
            },
        }
    parts = urlsplit(url)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,  # a connection a request would cost more than most pages do
        "CONN_HEALTH_CHECKS": True,
    }


SECRET_KEY = _secret_key()
DATABASES = {"default": _database(os.environ.get("KECHO_DATABASE_URL"))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "csp",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "kecho.people",
    "kecho.access",
    "kecho.api",
    "kecho.observatory",
    "kecho.uploads",
    "kecho.plan",
    "kecho.market_access",
    "kecho.outlook",
    "kecho.publish",
    "kecho.pages",
    "kecho.web",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "axes",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "kecho.web.middleware.PermissionsPolicy",
    "csp.middleware.CSPMiddleware",
    "kecho.web.middleware.LargestBody",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "kecho.access.middleware.SessionLimits",
    "kecho.people.middleware.ActorMiddleware",
    "kecho.access.middleware.SecondFactorGate",
    "kecho.api.caller.ApiCaller",
    "django_htmx.middleware.HtmxMiddleware",
    "kecho.web.middleware.Viewer",
    "kecho.web.middleware.CodedErrors",
    "axes.middleware.AxesMiddleware",
]

# Scripts are files of this site alone and pages work without them (docs/decisions/0100): nothing of another machine is
# ever asked for, nothing inline runs.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "script-src": ["'self'"],
        "object-src": ["'none'"],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"

ROOT_URLCONF = "kecho.web.urls"
WSGI_APPLICATION = "kecho.web.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": ["django.contrib.messages.context_processors.messages", "kecho.web.context.site"]
        },
    }
]

# What is counted (attempts, calls of the API) lies in files that all processes share. Pages are kept in each process
# (web/caching.py); their key names the state of the data, so none is ever stale.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": HOME / "counts",
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    },
    "pages": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "TIMEOUT": 3600,
        "OPTIONS": {"MAX_ENTRIES": 200},
    },
}

# Files that people hand in are read at once, or by `kecho worker` beside the site; how much one request may carry.
_TASKS = {
    "immediate": "django_tasks.backends.immediate.ImmediateBackend",
    "database": "django_tasks_db.DatabaseBackend",
}
TASKS = {"default": {"BACKEND": _TASKS[os.environ.get("KECHO_TASKS", "immediate")], "QUEUES": []}}
DATA_UPLOAD_MAX_NUMBER_FILES = 20
DATA_UPLOAD_MAX_NUMBER_FIELDS = 12_000  # a plan of 300 targets as one form; the mapping form needs half of that
LARGEST_BODY = 130 * 1024 * 1024

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
USE_I18N = True
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = None  # no collectstatic step: assets are served from the package ...
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 31_536_000  # ... for a year, because their addresses carry a hash of their content

# Refused requests and defects go to the terminal or the service's journal, never into a page.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"terminal": {"class": "logging.StreamHandler", "formatter": "line"}},
    "loggers": {
        "django": {"handlers": ["terminal"], "level": "ERROR", "propagate": False},
    },
}
