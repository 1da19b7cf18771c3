"""Settings of Sajja: one file, from the environment only, and it fails loudly.

Environment: SAJJA_MODE (demonstration | production; default demonstration), SAJJA_DATA (folder of the
database, pictures and keys; default ./data), DATABASE_URL (a PostgreSQL; default SQLite in SAJJA_DATA),
SAJJA_SECRET (production only: 50 or more random characters), SAJJA_HOSTS, SAJJA_ORIGINS, SAJJA_DEBUG,
SAJJA_SECOND_FACTOR (whether people of the province and above must have one; default: in production),
SAJJA_SMTP_URL (smtp://, smtp+tls:// or smtp+ssl://user:password@host:port; none: no e-mail), SAJJA_MAIL_FROM (its sender),
SAJJA_ADDRESS (https://…, for links in e-mails and codes on papers; default: the first of SAJJA_ORIGINS).
"""

from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

env = environ.Env()
ROOT = Path(__file__).resolve().parent.parent.parent

SAJJA_MODE = env.str("SAJJA_MODE", "demonstration")
if SAJJA_MODE not in {"demonstration", "production"}:
    raise ImproperlyConfigured("SAJJA_MODE must be demonstration or production")
DEMONSTRATION = SAJJA_MODE == "demonstration"
PRODUCTION = not DEMONSTRATION
SAJJA_DATA = Path(env.str("SAJJA_DATA", str(ROOT / "data"))).resolve()

DEBUG = env.bool("SAJJA_DEBUG", False)
SECRET_KEY = env.str("SAJJA_SECRET", "" if PRODUCTION else "demonstration-only-not-a-secret")
if PRODUCTION and DEBUG:
    raise ImproperlyConfigured("production refuses debugging: unset SAJJA_DEBUG")
if PRODUCTION and (len(SECRET_KEY) < 50 or SECRET_KEY.startswith("demonstration")):
    raise ImproperlyConfigured("production needs a secret: set SAJJA_SECRET to 50 or more random characters")
if PRODUCTION and (SAJJA_DATA / "day").exists():
    raise ImproperlyConfigured("production refuses a moved clock: remove the file 'day' from SAJJA_DATA")

SAJJA_SMTP_URL = env.str("SAJJA_SMTP_URL", "")
EMAIL_TIMEOUT = 20
if SAJJA_SMTP_URL:
    vars().update(env.email_url("SAJJA_SMTP_URL"))
DEFAULT_FROM_EMAIL = env.str("SAJJA_MAIL_FROM", "sajja@localhost")

ALLOWED_HOSTS = env.list("SAJJA_HOSTS", default=[] if PRODUCTION else ["localhost", "127.0.0.1", "[::1]", "testserver"])
CSRF_TRUSTED_ORIGINS = env.list("SAJJA_ORIGINS", default=[])
SAJJA_ADDRESS = env.str("SAJJA_ADDRESS", CSRF_TRUSTED_ORIGINS[0] if CSRF_TRUSTED_ORIGINS else "").rstrip("/")
if PRODUCTION and not ALLOWED_HOSTS:
    raise ImproperlyConfigured("production needs its names: set SAJJA_HOSTS to the host names it answers to")

ROOMS = [
    "sajja.desk",
    "sajja.kpi",
    "sajja.privacy",
    "sajja.followup",
    "sajja.reports",
    "sajja.budget",
    "sajja.forums",
    "sajja.plans",
    "sajja.assessments",
    "sajja.programme",
    "sajja.treasury",
    "sajja.groups",
    "sajja.ledger",
    "sajja.inbox",
    "sajja.org",
    "sajja.audit",
    "sajja.web",
]
INSTALLED_APPS = [
    *ROOMS,
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",  # a sheet of 300 members is 0.9 MB of text, and a phone pays for each; it pads against BREACH
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]
ROOT_URLCONF = "sajja.config.urls"
WSGI_APPLICATION = "sajja.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "sajja.web.frame.frame",
            ],
            "builtins": ["django.templatetags.i18n", "django.templatetags.static", "sajja.web.templatetags.sajja"],
        },
    }
]

WATCH = env.json("SAJJA_WATCH", default={})
"""Thresholds of what deserves a look in the books, by the names of treasury/anomalies.py; what is not named is as there."""
DATABASES = {"default": env.db("DATABASE_URL", f"sqlite:///{SAJJA_DATA / 'sajja.sqlite3'}")}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # Django's own defaults lost a third of concurrent writes to locks; FULL keeps an acknowledged write through a power cut.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA recursive_triggers=ON; PRAGMA cache_size=-65536;",
    }
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 60
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "web_cache"}}
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}

AUTH_USER_MODEL = "org.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "sajja.org.accounts.PasswordRules"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
ACCOUNT_ADAPTER = "sajja.org.adapter.Adapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = "username"
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_FORMS = {"login": "sajja.org.forms.SignInForm", "reauthenticate": "sajja.org.forms.PasswordAgainForm"}
SECOND_FACTOR_FORCED = env.bool("SAJJA_SECOND_FACTOR", PRODUCTION)  # the demonstration lets it be tried
MFA_ADAPTER = "sajja.org.adapter.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_FORMS = {
    "activate_totp": "sajja.org.forms.SetAppForm",
    "authenticate": "sajja.org.forms.SecondFactorForm",
    "reauthenticate": "sajja.org.forms.CodeAgainForm",
    "add_webauthn": "sajja.org.forms.AddPasskeyForm",
}
MFA_TOTP_TOLERANCE = 1  # one step of 30 seconds: a village's phone is seldom to the second
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEMONSTRATION  # http://localhost
ACCOUNT_SESSION_REMEMBER = True
LOGIN_URL = "/sign-in/"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGOUT_REDIRECT_URL = "/sign-in/"

LANGUAGE_CODE = "th"
LANGUAGES = [("th", "ไทย")]
USE_I18N = True
TIME_ZONE = "Asia/Bangkok"
USE_TZ = True
# Dates are shown by sajja.lib.thai_dates (B.E.); Django's own Thai formats would show C.E.
USE_THOUSAND_SEPARATOR = False

STATIC_URL = "/static/"
STATIC_ROOT = ROOT / "build" / "static"
NODE_MODULES = ROOT / "node_modules"
STATICFILES_DIRS = [
    (name, folder)
    for name, folder in [
        ("vendor/sarabun", NODE_MODULES / "@fontsource" / "sarabun" / "files"),
        ("vendor/htmx", NODE_MODULES / "htmx.org" / "dist"),
    ]
    if folder.is_dir()
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000  # a collecting day of 1,000 members, sent without its script
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

SESSION_ENGINE = "sajja.web.sessions"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PRODUCTION
SECURE_SSL_REDIRECT = PRODUCTION
SECURE_HSTS_SECONDS = 31_536_000 if PRODUCTION else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PRODUCTION else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "font-src": [SELF],
        "img-src": [SELF, "data:"],
        "connect-src": [SELF],
        "form-action": [SELF],
        "manifest-src": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
CSRF_FAILURE_VIEW = "sajja.web.errors.csrf_failed"
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
