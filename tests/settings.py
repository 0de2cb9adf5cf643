"""The site's settings, less what a test must not wait for, plus a watch on queries in loops."""

import os

os.environ["WAYMARK_ENV"] = "local"
os.environ.setdefault("SECRET_KEY", "tests")

from config.settings import *  # noqa: F403
from config.settings import INSTALLED_APPS, MIDDLEWARE, STORAGES

# Plain names: no test needs collectstatic to have run.
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
WHITENOISE_AUTOREFRESH = True
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
API_RATE = 0  # tests ask more often than anyone may; those of the limit set it
AXES_ENABLED = False  # it refuses the test client's login(); its own test turns it on

# A page that asks the database once a row fails its test.
INSTALLED_APPS = [*INSTALLED_APPS, "zeal"]
MIDDLEWARE = ["zeal.middleware.zeal_middleware", *MIDDLEWARE]
