"""Measures how long a service cannot be reached when a command is done to it: one request after the other, each on a new connection.

    outage.py ADDRESS -- COMMAND…
"""

import http.client
import subprocess
import sys
import time

SERVICE_PORT = 8080
PATH = "/alone"
RECOVERY_SECONDS = 60
# As many good answers in a row as show that it is over.
STEADY_REQUESTS = 100


def main():
    address, _, *command = sys.argv[1:]
    if not answers(address):
        raise SystemExit(f"{address}:{SERVICE_PORT} does not answer before the command")
    doing = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    began, last_good, back, failed, steady = time.monotonic(), time.monotonic(), None, 0, 0
    while doing.poll() is None or failed == 0 or steady < STEADY_REQUESTS:
        if time.monotonic() - began > RECOVERY_SECONDS:
            raise SystemExit(f"{failed} requests failed and {steady} in a row succeeded within {RECOVERY_SECONDS} s (expected: an outage)")
        if answers(address):
            steady += 1
            if failed == 0:
                last_good = time.monotonic()
            elif steady == 1:
                back = time.monotonic()
        else:
            failed, steady = failed + 1, 0
    print(f"figure: unreachable for {(back - last_good) * 1000:.0f} ms, {failed} requests failed")


def answers(address):
    connection = http.client.HTTPConnection(address, SERVICE_PORT, timeout=5)
    try:
        connection.request("GET", PATH)
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


if __name__ == "__main__":
    main()
