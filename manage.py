#!/usr/bin/env python
"""Django's command line for the portal."""

import os
import sys

from django.core.exceptions import ImproperlyConfigured


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
    if sys.argv[1:2] == ["demo"]:
        # Settings refuse to load without keys, so the demo's must exist before Django starts.
        from newsroom.env import ENV_FILE, write_demo_env

        write_demo_env(ENV_FILE)
    from django.core.management import execute_from_command_line

    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:
        sys.exit(f"Newsroom cannot start. {error}")


if __name__ == "__main__":
    main()
