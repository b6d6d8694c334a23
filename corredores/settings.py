"""Django's settings, from the environment (env.py). The switchboard: no logic."""

from pathlib import Path
from typing import Any

from .accounts.mail_url import mail_settings
from .database.dsn import django_database
from .env import environment, kept_secret
from .logs import logging_settings

_env = environment()
_package = Path(__file__).parent

DEBUG = _env.debug
LOGGING = logging_settings(_env.log_level)
SECRET_KEY = _env.secret_key or kept_secret(_env.home)
ALLOWED_HOSTS = _env.allowed_hosts
ROOT_URLCONF = "corredores.urls"
WSGI_APPLICATION = "corredores.wsgi.application"
AUTH_USER_MODEL = "accounts.User"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TEST_RUNNER = "django.test.runner.DiscoverRunner"

INSTALLED_APPS = [
    "corredores.audit",
    "corredores.accounts",
    "corredores.portfolio",
    "corredores.installments",
    "corredores.settlements",
    "corredores.vouchers",
    "corredores.reports",
    "corredores.loading",
    "corredores.tokens",
    "corredores.uploads",
    "corredores.web",
    "corredores.backoffice",
    "corredores.console",
    "corredores.backoffice.admin_config.ManagementConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "django_filters",
    "django_htmx",
    "procrastinate.contrib.django",
    "allauth",
    "allauth.account",
    "allauth.mfa",
]

MIDDLEWARE = [
    "corredores.web.client.believe_proxies",
    "corredores.web.middleware.reference",
    "corredores.web.compression.compressed",
    "corredores.web.timing.server_timing",
    "corredores.api.problems.only_programs",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "corredores.web.middleware.response_headers",
    "corredores.web.middleware.allowed_methods",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "corredores.web.middleware.limited_in_time",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "corredores.web.authentication.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "corredores.web.middleware.keep_session",
    "corredores.web.errors.methods_said",
]

_dsn = (_env.database_owner_url if _env.as_owner else "") or _env.database_url
DATABASES = {"default": django_database(_dsn or "dbname=corredores", connect_timeout=3)}
if _env.database_replica_url and not _env.as_owner:
    DATABASES["replica"] = django_database(_env.database_replica_url, connect_timeout=3)
for _database in DATABASES.values():
    _database["CONN_MAX_AGE"] = 60
    _database["CONN_HEALTH_CHECKS"] = True
DATABASE_ROUTERS = ["corredores.database.replica.ReadsFromReplica"]
REPLICATED_ROOMS = {"portfolio", "installments", "settlements", "vouchers", "reports"}
# A replica must know it, too. A refusal changed nothing, and may be written beside a load.
NEWEST_LOAD = "select id from loading_receipt where outcome <> 'RECHAZADO' order by id desc limit 1"

TEMPLATES = [
    {
        "NAME": "jinja2",
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [_package / "web" / "templates"],
        "APP_DIRS": False,
        "OPTIONS": {
            "environment": "corredores.web.templating.environment",
            "context_processors": ["corredores.web.templating.one_token"],
        },
    },
    {
        "NAME": "django",
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

LANGUAGE_CODE = "es-pe"
TIME_ZONE = "America/Lima"
USE_TZ = True
USE_I18N = True
FORMAT_MODULE_PATH = ["corredores.formats"]

FILE_UPLOAD_HANDLERS = ["corredores.web.bodies.NoFiles"]  # pages that take files say so

STATIC_URL = "/static/"
STATIC_ROOT = _env.home / "static"
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "corredores.web.typeface.TypefaceFinder",
]
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {
            "location": _env.home / "files",
            "file_permissions_mode": 0o640,
            "directory_permissions_mode": 0o750,
        },
    },
    # The legal files of vouchers, under the hash of their content.
    "comprobantes": {
        "BACKEND": "corredores.vouchers.store.WholeFiles",
        "OPTIONS": {"location": _env.voucher_files or _env.home / "files" / "comprobantes"},
    },
    "staticfiles": {"BACKEND": "corredores.web.hashed_files.HashedFiles"},
}

# People. The one brake on guessing is ours (accounts/brakes.py): it counts in the database, so
# over all processes. allauth's own is off; codes that were used are kept in the database too.
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "accounts_cache",
    }
}
PASSWORD_HASHERS = [
    "corredores.accounts.hashers.BoundedArgon2",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
PASSWORD_RESET_TIMEOUT = 3600
_passwords = "corredores.accounts.passwords"
AUTH_PASSWORD_VALIDATORS: list[dict[str, Any]] = [
    {"NAME": f"{_passwords}.LongEnough", "OPTIONS": {"min_length": 8}},
    {"NAME": f"{_passwords}.NotACommonOne"},
    {"NAME": f"{_passwords}.NotTheirName"},
    {"NAME": f"{_passwords}.NoWordOfOurs"},
]
ACCOUNT_ADAPTER = "corredores.web.sign_in.InvitedOnly"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_RATE_LIMITS = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
ACCOUNT_FORMS = {
    "change_password": "corredores.web.credentials.ChangeForm",
    "reset_password_from_key": "corredores.web.credentials.ForgottenForm",
}
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "django.contrib.auth.tokens.PasswordResetTokenGenerator"  # noqa: S105 - a class
MFA_ADAPTER = "corredores.web.second_factor.SecondFactor"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_TOTP_ISSUER = _env.portal_name
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not _env.production  # http://localhost
MFA_RATE_LIMITS = False
MFA_FORMS = {
    "authenticate": "corredores.web.second_factor.CodeForm",
    "reauthenticate": "corredores.web.second_factor.CodeAgainForm",
}
MFA_REQUIRED = _env.mfa_required
INVITATION_DAYS = _env.invitation_days
SIGN_INS_AT_ONCE = _env.sign_ins_at_once
TRUSTED_PROXIES = _env.trusted_proxies
PUBLIC_URL = _env.public_url.rstrip("/")
globals().update(mail_settings(_env.email_url, _env.home))
DEFAULT_FROM_EMAIL = SERVER_EMAIL = _env.email_from
LOGIN_URL = "/ingresar/"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/ingresar/"

SESSION_ENGINE = "corredores.accounts.session"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"  # of the admin alone
SESSION_IDLE_MINUTES = _env.session_idle_minutes
SESSION_HOURS = _env.session_hours
SESSION_COOKIE_AGE = SESSION_HOURS * 3600
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _env.secure_cookies
_prefix = "__Host-" if _env.secure_cookies else ""
SESSION_COOKIE_NAME = f"{_prefix}sesion"
CSRF_COOKIE_NAME = f"{_prefix}csrf"
DEVICE_COOKIE_NAME = f"{_prefix}equipo"
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "corredores.web.errors.csrf_failed"
DATA_UPLOAD_MAX_NUMBER_FIELDS = 400  # parameters of a search, fields of a form
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_SSL_REDIRECT = _env.production
SECURE_REDIRECT_EXEMPT = [r"^(livez|readyz)$"]  # asked by the machine itself
SECURE_HSTS_SECONDS = 31_536_000  # said over https only
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SILENCED_SYSTEM_CHECKS = ["security.W021"]  # the preload list is the owner's of the domain to join
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {  # no page has a script or a style of its own, so none needs a nonce
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
    "manifest-src": "'self'",
}

# What the rooms may ask of the installation (env.py explains each).
GRACE_DAYS = _env.grace_days
EXTINCTION_DAYS = _env.extinction_days
RISK_HORIZON_DAYS = _env.risk_horizon_days
PDF_ROW_LIMIT = _env.pdf_row_limit
PAGE_SIZE = _env.page_size
HELP_LINE = _env.help_line
PORTAL_NAME = _env.portal_name
PAYMENT_INSTRUCTIONS = _env.payment_instructions
EXPORTS_AT_ONCE = _env.export_threads
AUDIT_DAYS = _env.audit_days
TIDY_AT, MAINTAIN_AT = _env.tidy_at, _env.maintain_at
UPLOAD_MEGABYTES = _env.upload_megabytes
API_CALLS_PER_MINUTE = _env.api_calls_per_minute
SEARCHES_PER_MINUTE = _env.searches_per_minute
EXPORTS_PER_MINUTE = _env.exports_per_minute
