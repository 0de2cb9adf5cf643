#!/usr/bin/env python3
import os
import sys

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    # A command serves nobody, so it may assume this; config.wsgi does not.
    os.environ.setdefault("WAYMARK_ENV", "local")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)
