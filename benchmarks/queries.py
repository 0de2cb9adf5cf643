"""Each page's time and queries, asked for inside one process: `python -m benchmarks.queries`.

A child of run.py, on DATABASE_URL with every release loaded. Prints JSON: page, path, status,
milliseconds (the median of several, after a first), queries, bytes.
"""

import json
import os
import statistics
import time

import django

PATHS = {
    "home": "/",
    "occupations": "/occupations/",
    "occupation": "/occupations/13-2011-accountants-and-auditors/",
    "pay": "/occupations/13-2011-accountants-and-auditors/pay/",
    "schools": "/occupations/29-2072-medical-records-specialists/schools/",
    "search": "/search/?q=medical+coder",
    "offer": "/offer/?occupation=29-2072&area=ohio&amount=25&per=hour",
    "certification": "/certifications/rhit/",
    "compare": "/compare/?occupation=13-2011&occupation=29-1141&area=0600000&area=0010420",
    "areas": "/areas/",
    "area": "/areas/california/",
    "releases": "/releases/",
    "release": "/releases/oews-2025/",
    "methods": "/methods/",
}
TIMES = 7


def main():
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    django.setup()
    from django.test import Client

    client = Client(SERVER_NAME="127.0.0.1")
    print(json.dumps([measured(client, name, path) for name, path in PATHS.items()]))


def measured(client, name, path):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    first = client.get(path)
    with CaptureQueriesContext(connection) as queries:
        client.get(path)
        asked = len(queries)
    return {
        "page": name,
        "path": path,
        "status": first.status_code,
        "milliseconds": statistics.median(milliseconds(client, path) for _ in range(TIMES)),
        "queries": asked,
        "bytes": len(first.content),
    }


def milliseconds(client, path):
    began = time.perf_counter()
    client.get(path)
    return (time.perf_counter() - began) * 1000


if __name__ == "__main__":
    main()
