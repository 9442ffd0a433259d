"""Settings: read from the environment, typed, refused with a clear message when they make no sense.

Every variable is listed in README.md. Nothing here starts a server: `oilwatch.embedded` does, before Django loads,
and leaves DATABASE_URL and REDIS_URL in the environment.
"""

import secrets
from datetime import timedelta
from pathlib import Path

import django_stubs_ext
from csp.constants import NONCE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _
from environs import Env, validate

from dashboard.notifications.channels.services import GUARDED
from oilwatch.embedded.home import home
from oilwatch.log_config import logging_config
from oilwatch.schedule import beat_schedule
from oilwatch.urls_of_redis import broker_url

django_stubs_ext.monkeypatch()
env = Env()
BASE_DIR = Path(__file__).resolve().parent.parent
HOME = home()  # data of the embedded servers, artefacts, the generated secret key


def _secret_key() -> str:
    """From SECRET_KEY, else from the file `make up` wrote; never a fixed default."""
    key: str = env.str("SECRET_KEY", "")
    key_file = HOME / "secret_key"
    if key:
        return key
    if key_file.exists():
        return key_file.read_text().strip()
    if env.str("DATABASE_URL", ""):
        raise ImproperlyConfigured("Set SECRET_KEY: with DATABASE_URL set this is taken for production.")
    return secrets.token_urlsafe(50)  # a command that needs no server: nothing it signs outlives it


SECRET_KEY = _secret_key()
SECRET_KEY_FALLBACKS: list[str] = env.list("SECRET_KEY_FALLBACKS", [])
DEBUG = env.bool("DEBUG", False)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", ["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS: list[str] = env.list("CSRF_TRUSTED_ORIGINS", [])

INSTALLED_APPS = [
    "oilwatch",
    "dashboard",
    "forecasting",
    "scraping",
    "oilwatch.admin_site.OilwatchAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "rest_framework",
    "rest_framework.authtoken",
    "django_filters",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "django_celery_beat",
    "django_plotly_dash.apps.DjangoPlotlyDashConfig",
    "django_structlog",
    "axes",
    "csp",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",  # a market page is a seventh; Django adds noise against BREACH
    "csp.middleware.CSPMiddleware",
    "oilwatch.api_addresses.LastSlashMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "oilwatch.language_addresses.LanguageAddressMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_structlog.middlewares.RequestMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "oilwatch.urls"
OILWATCH_LANGUAGE_URLS = "oilwatch.language_urls"  # in its place where the address begins with a language
WSGI_APPLICATION = "oilwatch.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]

# --- Stores -----------------------------------------------------------------------------------------------------
# Without DATABASE_URL only commands that need no database run; the address below answers nothing.
DATABASES = {"default": env.dj_db_url("DATABASE_URL", "postgresql://localhost:1/none")}
if env.bool("OILWATCH_DATABASE_POOL", False):  # the web process only: workers fork
    DATABASES["default"]["OPTIONS"] = {
        **DATABASES["default"].get("OPTIONS", {}),
        "pool": {"min_size": 1, "max_size": env.int("OILWATCH_DATABASE_POOL_SIZE", 8), "timeout": 10},
    }
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 60
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env.str("REDIS_URL", "redis://localhost:1/0")
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": "oilwatch",
        "OPTIONS": {
            "serializer": "oilwatch.json_serializer.JSONSerializer",  # Django's default is pickle
            "socket_timeout": 1,
            "socket_connect_timeout": 1,
        },
    }
}
# Chart callbacks write the session: signed cookies keep that out of the database.
SESSION_ENGINE = "django.contrib.sessions.backends.signed_cookies"

# --- Work -------------------------------------------------------------------------------------------------------
CELERY_BROKER_URL = broker_url(REDIS_URL)
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_RETRY_ON_WORKER_LOST = True
CELERY_TASK_ACKS_ON_TIMEOUT = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_MAX_TASKS_PER_CHILD = 500
# kB, after which a process is replaced: freed memory is not given back, and the next part of a shop of 20,000 products
# would need 1.1 GB. A catalogue of 1,000 products for three years takes 450 MB.
CELERY_WORKER_MAX_MEMORY_PER_CHILD = 700_000
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
# A frozen Redis must not freeze a page: the row is safe, and a message is tried twice for seconds.
CELERY_TASK_PUBLISH_RETRY_POLICY = {"max_retries": 1, "interval_start": 0, "interval_step": 0.1}
VISIBILITY_TIMEOUT = 900  # seconds; longer than the longest task; rows in the database are the truth anyway
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": VISIBILITY_TIMEOUT,
    "socket_timeout": 2,
    "socket_connect_timeout": 1,
}
CELERY_TASK_DEFAULT_QUEUE = "default"
CELERY_TASK_ROUTES = {
    "scraping.tasks.visit": {"queue": "scrape"},
    "scraping.tasks.discover": {"queue": "scrape"},
    "forecasting.tasks.train": {"queue": "train"},
    "forecasting.tasks.train_part": {"queue": "train"},
}
CELERY_TIMEZONE = "UTC"
CELERY_BEAT_SCHEDULER = "django_celery_beat.schedulers:DatabaseScheduler"
CELERY_BEAT_SCHEDULE = beat_schedule(
    reconcile_seconds=env.int("OILWATCH_RECONCILE_SECONDS", 15)
)  # upserted by name; an operator's switch-off stays off
CELERY_BEAT_MAX_LOOP_INTERVAL = 5
CELERY_BEAT_SYNC_EVERY = 1  # when an entry was last sent is stored at once: health reads it
DJANGO_STRUCTLOG_CELERY_ENABLED = True

# --- People -----------------------------------------------------------------------------------------------------
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
AXES_FAILURE_LIMIT = 6
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_VERBOSE = False
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "login"
EMAIL_BACKEND = env.str("EMAIL_BACKEND", "django.core.mail.backends.console.EmailBackend")
EMAIL_HOST = env.str("EMAIL_HOST", "localhost")
EMAIL_PORT = env.int("EMAIL_PORT", 25)
EMAIL_HOST_USER = env.str("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = env.str("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = env.bool("EMAIL_USE_TLS", False)
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", "oilwatch@localhost")

# --- Telling people -----------------------------------------------------------------------------------------------
# Where the site is reached from outside: messages and feeds link to it. `make up` sets it.
OILWATCH_SITE_URL = env.str("OILWATCH_SITE_URL", "http://localhost:8000").rstrip("/")
OILWATCH_ALERT_CHANNELS = frozenset(
    env.list("OILWATCH_ALERT_CHANNELS", list(GUARDED), validate=validate.ContainsOnly(GUARDED))
)
OILWATCH_ALERT_PRIVATE_HOSTS = env.bool("OILWATCH_ALERT_PRIVATE_HOSTS", False)  # webhooks inside one's own network

# --- The wire ---------------------------------------------------------------------------------------------------
PLAIN_HTTP = env.bool("OILWATCH_PLAIN_HTTP", False)  # `make up` sets it: loopback has no certificate
SECURE_SSL_REDIRECT = not PLAIN_HTTP
SECURE_HSTS_SECONDS = 0 if PLAIN_HTTP else 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = not PLAIN_HTTP
SESSION_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_SAMESITE = "Lax"
if env.bool("OILWATCH_BEHIND_PROXY", False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
X_FRAME_OPTIONS = "DENY"  # but for the charts: see dashboard/dash_apps/content_policy.py
DATA_UPLOAD_MAX_MEMORY_SIZE = 262_144
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:", "https://m.media-amazon.com", "https://images-eu.ssl-images-amazon.com"],
        "frame-ancestors": [SELF],
        "form-action": [SELF],
        "base-uri": [SELF],
        "object-src": ["'none'"],
    }
}

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "rest_framework.authentication.TokenAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["scraping.http.permissions.OpenReadsStaffWrites"],
    "DEFAULT_RENDERER_CLASSES": ["scraping.http.renderers.OrjsonRenderer"],
    "DEFAULT_PARSER_CLASSES": ["scraping.http.parsers.BoundedJSONParser"],
    "DEFAULT_FILTER_BACKENDS": ["django_filters.rest_framework.DjangoFilterBackend"],
    "DEFAULT_PAGINATION_CLASS": "scraping.http.pagination.Pages",
    "DEFAULT_SCHEMA_CLASS": "scraping.http.schema.SummarySchema",
    "DEFAULT_THROTTLE_CLASSES": [
        "scraping.http.throttles.ReadThrottle",
        "scraping.http.throttles.WriteThrottle",
    ],
    "DEFAULT_VERSIONING_CLASS": None,
    "EXCEPTION_HANDLER": "scraping.http.problems.problem_details",
    "NUM_PROXIES": env.int("OILWATCH_NUM_PROXIES", 0),
    "URL_FORMAT_OVERRIDE": None,
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
}
OILWATCH_API_READS_ARE_OPEN = env.bool("OILWATCH_API_READS_ARE_OPEN", True)
OILWATCH_READS_PER_MINUTE = env.int("OILWATCH_READS_PER_MINUTE", 600)
OILWATCH_WRITES_PER_MINUTE = env.int("OILWATCH_WRITES_PER_MINUTE", 60)
OILWATCH_CAPTURES_PER_MINUTE = env.int("OILWATCH_CAPTURES_PER_MINUTE", 60)  # pages from people's browsers, a person
OILWATCH_CAPTURE_BYTES = env.int("OILWATCH_CAPTURE_BYTES", 4 * 1024 * 1024)  # of one such page; stripped it has 0.1 MB
SPECTACULAR_SETTINGS = {
    "TITLE": "oilwatch",
    "DESCRIPTION": "Olive oil prices: history, forecasts, and how good those were.",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_SETTINGS": {"deepLinking": True, "defaultModelsExpandDepth": 0},
    "ENUM_NAME_OVERRIDES": {
        "AdvisedEnum": "forecasting.policy.advice.ADVISED",
        "RunStatusEnum": "scraping.api.serializers.RUN_STATUSES",
        "VisitStatusEnum": "scraping.models.visit.VisitStatus.choices",
        "TrainingStatusEnum": "forecasting.models.training.TrainingStatus.choices",
    },
}

# --- Pages ------------------------------------------------------------------------------------------------------
# (gettext catalogues live with the app that shows them)
LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("es", _("Spanish"))]
LOCALE_PATHS = [BASE_DIR / "dashboard" / "locale"]
TIME_ZONE = "UTC"
USE_TZ = True
USE_I18N = True
STATIC_URL = "static/"
STATIC_ROOT = HOME / "static"
STATICFILES_DIRS = [("extension", BASE_DIR / "extension")]  # the bookmarklet's window strips pages with the same script
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedStaticFilesStorage"
        if env.bool("OILWATCH_COMPRESS_STATIC", True)
        else "oilwatch.static_storage.GzippedStaticFilesStorage"
    },
}
# Kept by browsers for ever: Dash's files, whose addresses get a version in the chart's frame
# (dashboard/dash_apps/direct_scripts.py), but for those that Dash fetches later by bare names.
WHITENOISE_IMMUTABLE_FILE_TEST = r"/(?:dash/component|dashboard/vendor)/(?:.*/)?(?!async-)[^/]+$"
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "django_plotly_dash.finders.DashAssetFinder",
    "django_plotly_dash.finders.DashComponentFinder",
    "django_plotly_dash.finders.DashAppDirectoryFinder",
]
PLOTLY_COMPONENTS = ["django_plotly_dash"]
PLOTLY_DASH = {
    "serve_locally": True,
    "cache_arguments": False,
    # The chart frame's own policy: Dash's script by its hash, inline styles in the frame only; callbacks only read.
    "view_decorator": "dashboard.dash_apps.content_policy.chart_frame",
}
LOGGING = logging_config(level=env.str("LOG_LEVEL", "INFO"))

# --- Scraping: lawful by default ----------------------------------------------------------------------------------
OILWATCH_SCRAPE_AMAZON = env.bool(
    "OILWATCH_SCRAPE_AMAZON", False
)  # Amazon's terms forbid robots: the operator's choice
OILWATCH_OBEY_ROBOTS = env.bool("OILWATCH_OBEY_ROBOTS", True)
OILWATCH_USER_AGENT = env.str(
    "OILWATCH_USER_AGENT",
    "Mozilla/5.0 (compatible; oilwatch/0.1; price research; +https://example.org/oilwatch)",
)
OILWATCH_PROXIES: list[str] = env.list("OILWATCH_PROXIES", [])  # http://user:password@host:port,...
OILWATCH_TRANSPORT = env.str("OILWATCH_TRANSPORT", "requests", validate=validate.OneOf(["requests", "curl_cffi"]))
OILWATCH_PAGE_BYTES = env.int("OILWATCH_PAGE_BYTES", 8 * 1024 * 1024)  # after decompression
OILWATCH_PAGE_SECONDS = env.float("OILWATCH_PAGE_SECONDS", 15.0)  # first byte to last
OILWATCH_DEMO_SHOP_URL = env.str("OILWATCH_DEMO_SHOP_URL", "http://127.0.0.1:8101")
OILWATCH_VISIT_LEASE_SECONDS = env.int("OILWATCH_VISIT_LEASE_SECONDS", 60)  # a silent worker loses its visit after this
OILWATCH_VISIT_DAYS = env.int("OILWATCH_VISIT_DAYS", 180)  # how long visits are kept; price spells stay for ever
OILWATCH_ALERT_DAYS = env.int("OILWATCH_ALERT_DAYS", 365)  # how long alert events and deliveries are kept
OILWATCH_SNAPSHOT_DAYS = env.int("OILWATCH_SNAPSHOT_DAYS", 60)  # how long pages are kept as evidence
OILWATCH_RING_AGAIN_SECONDS = env.int("OILWATCH_RING_AGAIN_SECONDS", 30)  # for rows that no worker took
# Lawful sources beside the pages: each is off without its key.
OILWATCH_KEEPA_KEY = env.str("OILWATCH_KEEPA_KEY", "")
OILWATCH_KEEPA_URL = env.str("OILWATCH_KEEPA_URL", "https://api.keepa.com")
OILWATCH_CREATORS_ID = env.str("OILWATCH_CREATORS_ID", "")
OILWATCH_CREATORS_SECRET = env.str("OILWATCH_CREATORS_SECRET", "")
OILWATCH_CREATORS_TAG = env.str("OILWATCH_CREATORS_TAG", "")  # the partner tag the credentials belong to
OILWATCH_CREATORS_URL = env.str("OILWATCH_CREATORS_URL", "https://creatorsapi.amazon")
OILWATCH_CREATORS_TOKEN_URL = env.str("OILWATCH_CREATORS_TOKEN_URL", "https://api.amazon.co.uk/auth/o2/token")  # Europe

# --- Forecasting --------------------------------------------------------------------------------------------------
OILWATCH_TRAINING_LEASE_SECONDS = env.int("OILWATCH_TRAINING_LEASE_SECONDS", 60)
OILWATCH_TRAINING_MINUTES = env.int("OILWATCH_TRAINING_MINUTES", 60)  # a training that takes longer has failed
OILWATCH_TRAINING_SPREAD_FROM = env.int("OILWATCH_TRAINING_SPREAD_FROM", 100)  # series in a shop
OILWATCH_TRAINING_SHARES = env.int("OILWATCH_TRAINING_SHARES", 3)  # as many workers can cross-validate at once
OILWATCH_TRAINING_SERIES = env.int("OILWATCH_TRAINING_SERIES", 5_000)  # forecast by one part, so that it fits in 1 GB
OILWATCH_LEADERBOARD_DAYS = env.int("OILWATCH_LEADERBOARD_DAYS", 7)  # how often forecasters are compared; 0: never
OILWATCH_CONTENDERS: list[str] = env.list("OILWATCH_CONTENDERS", [])  # forecasters that may be published: lstm, prophet
OILWATCH_PROPHET_CURVES = env.bool("OILWATCH_PROPHET_CURVES", True)  # Prophet's own forecast of each product
# What is worth waiting for, or another pack: so many per cent of the price, or so much in the shop's currency.
OILWATCH_SMALLEST_SAVING_PERCENT = env.float("OILWATCH_SMALLEST_SAVING_PERCENT", 3.0, validate=validate.Range(0, 100))
OILWATCH_SMALLEST_SAVING_AMOUNT = env.float("OILWATCH_SMALLEST_SAVING_AMOUNT", 1.0, validate=validate.Range(min=0))
OILWATCH_ARTEFACTS = HOME / "artefacts"
OILWATCH_ARTEFACT_DAYS = env.int("OILWATCH_ARTEFACT_DAYS", 90)  # files; a scope's newest served one is always kept
OILWATCH_TRAINING_DAYS = env.int("OILWATCH_TRAINING_DAYS", 180)  # parts, and trainings that published nothing
# The European Commission's public producer prices; https://agridata.ec.europa.eu/extensions/API_Documentation/oliveoil.html
OILWATCH_EU_PRICES = env.bool("OILWATCH_EU_PRICES", False)
OILWATCH_EU_PRICES_URL = env.str("OILWATCH_EU_PRICES_URL", "https://www.ec.europa.eu/agrifood/api/oliveOil/prices")
