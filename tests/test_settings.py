"""The settings as a fresh process reads them from its environment."""

import json
import os
import subprocess
import sys

import pytest
from django.core.management import call_command

RANDOM = "an-example-of-fifty-characters-or-more-0123456789-abcdef"
PRODUCTION = {
    "SECRET_KEY": RANDOM,
    "ALLOWED_HOSTS": "waymark.example, www.waymark.example",
    "DATABASE_URL": "sqlite:////nowhere/waymark.sqlite3",
}
SHOWN = (
    "ALLOWED_HOSTS",
    "DEBUG",
    "SECURE_SSL_REDIRECT",
    "SESSION_COOKIE_SECURE",
    "CSRF_COOKIE_SECURE",
    "SECURE_HSTS_SECONDS",
    "ADMIN_PATH",
    "EXPORT_RATE",
    "SIGN_IN_RATE",
)


def python(*arguments, **environment):
    path = {"PATH": os.environ["PATH"]}
    command = [sys.executable, *arguments]
    return subprocess.run(command, env=path | environment, capture_output=True, text=True, check=False)


def read_settings(**environment):
    code = (
        "import json\nfrom config import settings\n"
        f"print(json.dumps({{name: getattr(settings, name) for name in {SHOWN}}}))"
    )
    return python("-c", code, **environment)


def test_production_settings_are_safe():
    assert json.loads(read_settings(**PRODUCTION).stdout) == {
        "ALLOWED_HOSTS": ["waymark.example", "www.waymark.example"],
        "DEBUG": False,
        "SECURE_SSL_REDIRECT": True,
        "SESSION_COOKIE_SECURE": True,
        "CSRF_COOKIE_SECURE": True,
        "SECURE_HSTS_SECONDS": 2592000,
        "ADMIN_PATH": "admin/",
        "EXPORT_RATE": 30,
        "SIGN_IN_RATE": 10,
    }


def test_local_settings_need_nothing_and_answer_to_this_machine_only():
    settings = json.loads(read_settings(WAYMARK_ENV="local", SECRET_KEY="tests").stdout)
    assert settings["ALLOWED_HOSTS"] == ["127.0.0.1", "localhost", "[::1]"]
    assert settings["SESSION_COOKIE_SECURE"] is False


def test_server_without_configuration_names_everything_missing():
    failed = python("-c", "import config.wsgi")
    assert failed.returncode == 1
    assert "the site does not run in production without:" in failed.stderr
    assert "SECRET_KEY: a long random text" in failed.stderr
    assert "ALLOWED_HOSTS: the host names" in failed.stderr
    assert "DATABASE_URL: postgres://user:password@host/name" in failed.stderr


@pytest.mark.parametrize("name", sorted(PRODUCTION))
def test_each_missing_variable_is_named_alone(name):
    failed = read_settings(**(PRODUCTION | {name: ""}))
    assert failed.returncode == 1
    named = failed.stderr.split("without:")[1]
    assert [other for other in PRODUCTION if f"  {other}:" in named] == [name]


@pytest.mark.parametrize(
    ("environment", "message"),
    [
        ({"WAYMARK_ENV": "prod"}, "WAYMARK_ENV is 'prod': it must be 'production' or 'local'."),
        ({"DEBUG": "1"}, "DEBUG shows the site's inside to anyone"),
        ({"BEHIND_PROXY": "perhaps"}, "BEHIND_PROXY is 'perhaps': it must be 1 or 0."),
        ({"SECRET_KEY": "short"}, "SECRET_KEY must be a random text of 50 characters or more."),
        ({"SECRET_KEY": "ab" * 30}, "SECRET_KEY must be a random text"),
        ({"SECRET_KEY": f"django-insecure-{RANDOM}"}, "SECRET_KEY must be a random text"),
        ({"SECRET_KEY": f"change-me-{RANDOM}"}, "SECRET_KEY must be a random text"),
        ({"ADMIN_PATH": "../x"}, "ADMIN_PATH is '../x': it must be small letters"),
        ({"ADMIN_PATH": "/"}, "ADMIN_PATH is '': it must be small letters"),
        ({"EXPORT_RATE": "-1"}, "EXPORT_RATE is '-1': it must be a whole number, 0 or more."),
    ],
)
def test_mistaken_variable_is_refused(environment, message):
    failed = read_settings(**(PRODUCTION | environment))
    assert failed.returncode == 1
    assert message in failed.stderr


@pytest.mark.parametrize("subdomains", ["0", "1"])
def test_deployment_checks_find_nothing(subdomains):
    command = ["manage.py", "check", "--deploy", "--fail-level", "WARNING"]
    checked = python(*command, WAYMARK_ENV="production", HSTS_SUBDOMAINS=subdomains, **PRODUCTION)
    assert checked.returncode == 0, checked.stderr
    silenced = "0" if subdomains == "1" else "2"
    assert checked.stdout == f"System check identified no issues ({silenced} silenced).\n"


def test_the_admin_is_where_admin_path_says():
    code = (
        "import django; django.setup()\nfrom django.urls import reverse\n"
        "print(reverse('admin:login'), reverse('data_quality'))"
    )
    asked = python("-c", code, DJANGO_SETTINGS_MODULE="config.settings", ADMIN_PATH="/desk", **PRODUCTION)
    assert asked.stdout == "/desk/login/ /desk/data-quality/\n", asked.stderr


@pytest.fixture
def editor(django_user_model):
    return django_user_model.objects.create_superuser("editor", password="a right password")


def sign_in(client, password):
    return client.post("/admin/login/", {"username": "editor", "password": password})


def test_sixth_guess_of_a_password_is_refused_even_if_right(client, editor, settings):
    settings.AXES_ENABLED = True
    for _ in range(5):
        sign_in(client, "a wrong password")
    assert sign_in(client, "a right password").status_code == 429
    call_command("axes_reset", verbosity=0)
    assert sign_in(client, "a right password").status_code == 302


def test_pages_are_sent_with_a_strict_policy(client, db):
    policy = client.get("/admin/login/")["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy


def test_editors_pages_are_kept_nowhere(client, editor):
    client.force_login(editor)
    assert "no-store" in client.get("/admin/")["Cache-Control"]
