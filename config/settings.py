"""Settings, read from the environment (README.md lists every variable).

There are two modes. `production` is what a served site gets if nothing is said, so that a deployment
that forgets its configuration stops with a list of what is missing instead of running open.
`local` needs nothing: `make run`, `make test` and `manage.py` set it.
"""

import os
import re
import secrets
from datetime import timedelta
from pathlib import Path

import dj_database_url
from csp.constants import NONE, SELF
from django.conf import global_settings
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = BASE_DIR / "var"  # what this copy of the site holds: its database and its secret

MODE = os.environ.get("WAYMARK_ENV", "production")
IS_LOCAL = MODE == "local"
REQUIRED_IN_PRODUCTION = {
    "SECRET_KEY": "a long random text that signs sessions; keep it secret and keep it the same",
    "ALLOWED_HOSTS": "the host names that the site answers to, separated by commas",
    "DATABASE_URL": "postgres://user:password@host/name, or sqlite:////a/path/waymark.sqlite3",
}


def check_environment():
    if MODE not in ("production", "local"):
        raise ImproperlyConfigured(f"WAYMARK_ENV is {MODE!r}: it must be 'production' or 'local'.")
    missing = [name for name in REQUIRED_IN_PRODUCTION if not os.environ.get(name)]
    if missing and not IS_LOCAL:
        lines = "".join(f"\n  {name}: {REQUIRED_IN_PRODUCTION[name]}" for name in missing)
        raise ImproperlyConfigured(
            f"Not set, and the site does not run in production without:{lines}\n"
            "To try the site on this machine only, set WAYMARK_ENV=local."
        )
    if is_on("DEBUG") and not IS_LOCAL:
        raise ImproperlyConfigured(
            "DEBUG shows the site's inside to anyone: unset it, or set WAYMARK_ENV=local."
        )


def check_secret_key():
    """Django only warns of these, and a warning is not read: a guessed key signs anyone in."""
    key = os.environ.get("SECRET_KEY", "")
    is_placeholder = key.lower().startswith(("django-insecure", "change", "secret", "..."))
    if not IS_LOCAL and (len(key) < 50 or len(set(key)) < 10 or is_placeholder):
        raise ImproperlyConfigured(
            "SECRET_KEY must be a random text of 50 characters or more. Make one:\n"
            '  python3 -c "import secrets; print(secrets.token_urlsafe(50))"'
        )


def whole_number(name, default):
    value = os.environ.get(name) or str(default)
    if not (value.isascii() and value.isdigit()):
        raise ImproperlyConfigured(f"{name} is {value!r}: it must be a whole number, 0 or more.")
    return int(value)


def admin_path():
    """ADMIN_PATH as Django's path() wants it: "desk/" of "/desk" and of "desk/"."""
    path = os.environ.get("ADMIN_PATH", "admin").strip("/")
    if not re.fullmatch(r"[a-z0-9-]+(/[a-z0-9-]+)*", path):
        raise ImproperlyConfigured(
            f"ADMIN_PATH is {path!r}: it must be small letters, digits and hyphens, for example 'desk'."
        )
    return f"{path}/"


def log_format():
    value = os.environ.get("LOG_FORMAT") or "line"
    if value not in ("line", "json"):
        raise ImproperlyConfigured(f"LOG_FORMAT is {value!r}: it must be 'line' or 'json'.")
    return value


def is_on(name, default=""):
    value = os.environ.get(name, default)
    if value.lower() not in ("", "0", "false", "no", "1", "true", "yes"):
        raise ImproperlyConfigured(f"{name} is {value!r}: it must be 1 or 0.")
    return value.lower() in ("1", "true", "yes")


def local_secret_key():
    """A secret of this copy's own, kept so that a restart signs nobody out."""
    path = VAR_DIR / "secret_key"
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(48))
    return path.read_text()


check_environment()
check_secret_key()
if IS_LOCAL:
    VAR_DIR.mkdir(exist_ok=True)

SECRET_KEY = os.environ.get("SECRET_KEY") or local_secret_key()
DEBUG = is_on("DEBUG")
ALLOWED_HOSTS = os.environ.get("ALLOWED_HOSTS", "127.0.0.1,localhost,[::1]").replace(" ", "").split(",")

INSTALLED_APPS = [
    "config.apps.AdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_tables2",
    "import_export",
    "simple_history",
    "axes",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "csp",
    "careers",
    "salaries",
]
MIDDLEWARE = [
    "config.observe.requests",
    "config.middleware.permissions_policy",
    "django.middleware.security.SecurityMiddleware",
    "salaries.api.door.door",
    "config.limits.size",
    "config.limits.sign_ins",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "config.limits.exports",
    "config.middleware.cache_headers",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "config.second_factor.second_factor",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "salaries.preview.preview",
    "config.middleware.one_snapshot",
    "simple_history.middleware.HistoryRequestMiddleware",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
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
            ]
        },
    }
]

# Databases ------------------------------------------------------------------------------------

SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",  # a writer waits its turn instead of failing half-way
    "timeout": 30,  # seconds to wait for it
    "init_command": (
        "PRAGMA journal_mode=WAL;"  # readers go on while a release is imported
        "PRAGMA synchronous=NORMAL;"
        "PRAGMA temp_store=MEMORY;"
        "PRAGMA mmap_size=268435456;"  # bytes: the whole seeded database
        "PRAGMA cache_size=-65536;"  # KiB
    ),
}
POSTGRESQL_OPTIONS = {  # a host that vanished is noticed in seconds instead of a quarter of an hour
    "connect_timeout": 3,  # seconds
    "tcp_user_timeout": 5000,  # milliseconds
    "keepalives_idle": 5,  # seconds
    "keepalives_interval": 2,
    "keepalives_count": 3,
}


def database(url):
    """Django's settings for the database at `url`; connections outlive requests."""
    settings = dj_database_url.parse(url, conn_max_age=600, conn_health_checks=True)
    own = SQLITE_OPTIONS if settings["ENGINE"].endswith("sqlite3") else POSTGRESQL_OPTIONS
    settings["OPTIONS"] = {**own, **settings.get("OPTIONS", {})}
    return settings


DATABASES = {"default": database(os.environ.get("DATABASE_URL") or f"sqlite:///{VAR_DIR}/waymark.sqlite3")}
if os.environ.get("REPLICA_URL"):  # readers' pages are read from it while it answers
    DATABASES["replica"] = database(os.environ["REPLICA_URL"])
DATABASE_ROUTERS = ["config.databases.Router"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Readers' pages, kept whole: config/pages.py ----------------------------------------------------

PAGE_CACHE_MB = whole_number("PAGE_CACHE_MB", 16)  # in each web process; 0: no page is kept
CDN_SECONDS = whole_number("CDN_SECONDS", 0)  # for which a network in front may answer without asking
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
if os.environ.get("CACHE_URL"):  # the pages of all web processes, on any number of machines
    CACHES["pages"] = {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": os.environ["CACHE_URL"],
        "OPTIONS": {
            "socket_timeout": 0.5,
            "socket_connect_timeout": 0.5,
            "serializer": "config.shared_pages.Bytes",
        },
    }

# Fetching BLS's files: manage.py import_oews --fetch ---------------------------------------------

OEWS_CONTACT = os.environ.get("OEWS_CONTACT", "")  # BLS answers only clients that say who they are
OEWS_URL = os.environ.get("OEWS_URL") or "https://www.bls.gov/oes/special-requests/"
OEWS_FOLDER = Path(os.environ.get("OEWS_FOLDER") or VAR_DIR / "oews")

# The site's own -------------------------------------------------------------------------------

SITE_CONTACT = os.environ.get("SITE_CONTACT", "")  # whom readers write to: an e-mail address or a page

# Words and time -------------------------------------------------------------------------------

LANGUAGE_CODE = "en-us"
TIME_ZONE = "UTC"
USE_TZ = True

# Static files: named by content, compressed once, cached for good ------------------------------

STATIC_URL = "static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = BASE_DIR / "staticfiles"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True

# What a browser may do, and what is told to it --------------------------------------------------

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not IS_LOCAL
SECURE_SSL_REDIRECT = is_on("HTTPS", default="0" if IS_LOCAL else "1")
SECURE_REDIRECT_EXEMPT = [r"^health/", r"^metrics$"]  # asked over plain HTTP from inside
SECURE_HSTS_SECONDS = 30 * 24 * 60 * 60 if SECURE_SSL_REDIRECT else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = is_on("HSTS_SUBDOMAINS")
if not SECURE_HSTS_PRELOAD:  # the subdomains may be somebody else's: that is for the operator to say
    SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
BEHIND_PROXY = is_on("BEHIND_PROXY")
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# The API: salaries/api/ -----------------------------------------------------------------------

API_RATE = whole_number("API_RATE", 120)  # requests a minute from one address; 0: no limit

# Signing in (editors only) --------------------------------------------------------------------

AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",  # first: it refuses a sign-in that is being guessed
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
PASSWORD_HASHERS = ["config.hashers.PatientHasher", *global_settings.PASSWORD_HASHERS[1:]]
LOGIN_URL = "admin:login"
ADMIN_PATH = admin_path()
SESSION_COOKIE_AGE = 12 * 60 * 60  # seconds: a working day
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
REQUIRE_2FA = is_on("REQUIRE_2FA")  # nobody gets in by a password alone
OTP_TOTP_ISSUER = "Waymark"
OTP_ADMIN_HIDE_SENSITIVE_DATA = True  # an administrator removes a device, and never reads its key
REQUIRE_REVIEW = is_on("REQUIRE_REVIEW")  # who imported a release may not publish it
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_RESET_ON_SUCCESS = True
AXES_CLIENT_IP_CALLABLE = "config.limits.client_address"
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]  # together: nobody can lock an editor out from afar

# How much a minute for each client and web process: config/limits.py ---------------------------

EXPORT_RATE = whole_number("EXPORT_RATE", 0 if IS_LOCAL else 30)  # files
SIGN_IN_RATE = whole_number("SIGN_IN_RATE", 0 if IS_LOCAL else 10)

# What is told of requests: config/observe.py ----------------------------------------------------

METRICS_TOKEN = os.environ.get("METRICS_TOKEN", "")

# What is logged, to standard error -------------------------------------------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"},
        "json": {"()": "config.logs.JsonLines"},
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": log_format()}},
    "root": {"handlers": ["stderr"], "level": os.environ.get("LOG_LEVEL", "INFO")},
    "loggers": {
        "django": {"handlers": [], "propagate": True},  # not by mail to administrators
        "axes": {"level": "WARNING"},  # its greeting at every start
        # A line a request is for machines to read; on a terminal it hides what matters.
        "waymark.requests": {"level": "INFO" if log_format() == "json" else "WARNING"},
    },
}
