"""Ask this machine's own site whether it should be sent readers: python -m config.alive; exit 0 if so."""

import os
import sys
from http.client import OK, HTTPConnection, HTTPException

SECONDS = 4


def answers(port, host, path="/health/"):
    """Whether the site answers 200 under a name that it knows itself by."""
    connection = HTTPConnection("127.0.0.1", port, timeout=SECONDS)
    try:
        connection.request("GET", path, headers={"Host": host})
        return connection.getresponse().status == OK
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()


if __name__ == "__main__":
    name = os.environ.get("ALLOWED_HOSTS", "127.0.0.1").partition(",")[0].strip()
    sys.exit(not answers(int(os.environ.get("PORT", "8000")), name))
