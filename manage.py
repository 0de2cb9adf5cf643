#!/usr/bin/env python3
import os
import sys

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    os.environ.setdefault("WAYMARK_ENV", "local")  # a command serves nobody; config.wsgi does not default to this
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)
