"""Settings of an installation, read from the environment with safe defaults for one box."""

from pathlib import Path

import environ
from django.core.exceptions import ImproperlyConfigured

from config.database import database

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

DEBUG = env.bool("DEBUG", default=False)
DATA_DIR = Path(env.str("DATA_DIR", default=str(BASE_DIR / "var")))
KEY_DIR = Path(env.str("KEY_DIR", default=str(DATA_DIR / "keys")))
FILES_DIR = Path(env.str("FILES_DIR", default=str(DATA_DIR / "files")))
MAIL_DIR = Path(env.str("MAIL_DIR", default=str(DATA_DIR / "mail")))
# Off where keys are mounted from elsewhere: a server that does not find them must not make its own.
KEY_AUTOCREATE = env.bool("KEY_AUTOCREATE", default=True)
FONTS_DIR = env.str("FONTS_DIR", default="")
# Where the public verifies a letter, as people outside reach it, e.g. https://gk.example.gov.cn/verify. Letters issued from
# then on bear a QR code and a check code; without it they bear none.
VERIFY_URL = env.str("VERIFY_URL", default="")
# Where people of the offices reach this installation, e.g. https://ysq.example.gov.cn: what links in mails begin with.
SITE_URL = env.str("SITE_URL", default="")
# A key and certificate in a PKCS#12 file with which letters may be signed; needs requirements-signature.lock.
SIGN_PKCS12 = env.str("SIGN_PKCS12", default="")
SIGN_PASSWORD = env.str("SIGN_PASSWORD", default="")
FILES_ENCRYPTED = env.bool("FILES_ENCRYPTED", default=True)
FILE_MAX_BYTES = env.int("FILE_MAX_BYTES", default=20 * 1024 * 1024)
# Of one document that a handler found; the web server in front must let as much through.
HOLDING_MAX_BYTES = env.int("HOLDING_MAX_BYTES", default=100 * 1024 * 1024)
# The program that turns Office documents into pages; blank looks for LibreOffice, "none" does without.
OFFICE_CONVERTER = env.str("OFFICE_CONVERTER", default="")


def _secret_key() -> str:
    """Read the session secret from the environment, or keep one beside the other keys.

    It lives outside the database and the repository so that a backup of either holds no session secret.
    """
    given: str = env.str("SECRET_KEY", default="")
    if given:
        return given
    path = KEY_DIR / "django-secret"
    if not path.exists():
        from django.core.management.utils import get_random_secret_key

        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        try:
            with path.open("x", encoding="ascii") as handle:
                path.chmod(0o600)
                handle.write(get_random_secret_key())
        except FileExistsError:
            pass  # another process of the same installation made it first
    secret = path.read_text(encoding="ascii").strip()
    if not secret:
        raise ImproperlyConfigured(f"{path} 是空文件，请删除后重试")
    return secret


SECRET_KEY = _secret_key()
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

INSTALLED_APPS = [
    "office",
    "calendars",
    "letters",
    "workflow",
    "intake",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "viewflow",
    "viewflow.workflow",
    "axes",
    "csp",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
]

MIDDLEWARE = [
    "calendars.middleware.OneMoment",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "office.web.security.Headers",
    "office.web.security.FirstPassword",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
ASGI_APPLICATION = "config.asgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "office.web.context.page",
            ],
            "libraries": {"ui": "office.web.templatetags.ui"},
        },
    },
]
FORM_RENDERER = "office.web.forms.Renderer"


def _databases() -> dict[str, dict[str, object]]:
    """Read DATABASE_URL; the default is one SQLite file in the data directory."""
    given = env.str("DATABASE_URL", default="").strip()
    # A path is no address: the data directory's own is not read as one.
    own = {"ENGINE": "django.db.backends.sqlite3", "NAME": str(DATA_DIR / "db.sqlite3")}
    config = database(given) if given else own
    if config["ENGINE"].endswith("sqlite3"):
        config["OPTIONS"] = {
            # Without it two writers that begin by reading both die with "database is locked".
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;"
                "PRAGMA foreign_keys=ON; PRAGMA busy_timeout=20000;"
            ),
        }
    else:
        # The questions asked here take less time than compiling them does; what they look up is in an index.
        told = "-c lock_timeout=10s -c idle_in_transaction_session_timeout=60s -c jit=off -c random_page_cost=1.1"
        # What the address asks of the connection, above all sslmode, holds.
        asked = config.get("OPTIONS", {})
        config["OPTIONS"] = {**asked, "options": f"{asked.get('options', '')} {told}".strip()}
        config["CONN_MAX_AGE"] = env.int("CONN_MAX_AGE", default=config.get("CONN_MAX_AGE", 60))
        config["CONN_HEALTH_CHECKS"] = True
    return {"default": config}


DATABASES = _databases()
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "office.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "desk:home"
LOGOUT_REDIRECT_URL = "portal:home"

AXES_FAILURE_LIMIT = 6
AXES_COOLOFF_TIME = 0.5
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_TEMPLATE = "office/auth/locked.html"

# Shown in the header and in page titles where no single office is meant, e.g. 云岫县人民政府.
SITE_NAME = env.str("SITE_NAME", default="")

LANGUAGE_CODE = "zh-hans"
LOCALE_PATHS = [BASE_DIR / "config" / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_I18N = True
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = DATA_DIR / "static"
WHITENOISE_USE_FINDERS = True

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 8 * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_COOKIE_HTTPONLY = True
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "SAMEORIGIN"
HTTPS = env.bool("HTTPS", default=False)
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31536000 if HTTPS else 0
if env.bool("BEHIND_PROXY", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "img-src": ["'self'"],
        "object-src": ["'self'"],
        "frame-src": ["'self'"],
        "frame-ancestors": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
    }
}

EMAIL_BACKEND = env.str("EMAIL_BACKEND", default="django.core.mail.backends.filebased.EmailBackend")
EMAIL_FILE_PATH = str(MAIL_DIR)
EMAIL_HOST = env.str("EMAIL_HOST", default="localhost")
EMAIL_PORT = env.int("EMAIL_PORT", default=25)
EMAIL_HOST_USER = env.str("EMAIL_HOST_USER", default="")
EMAIL_HOST_PASSWORD = env.str("EMAIL_HOST_PASSWORD", default="")
EMAIL_USE_TLS = env.bool("EMAIL_USE_TLS", default=False)
EMAIL_USE_SSL = env.bool("EMAIL_USE_SSL", default=False)
EMAIL_TIMEOUT = 10  # a message is sent under its row's lock: a mail server that hangs must not hold it
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="no-reply@localhost")

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

DATA_UPLOAD_MAX_MEMORY_SIZE = FILE_MAX_BYTES + 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o600

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="WARNING")},
}
