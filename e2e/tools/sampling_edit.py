"""Measures how long an edit of the random sampling takes to reach a pod: requests without any trace header go to its service, on new
connections and on one that stays open, and the sidecar's own count of started spans tells which of them were traced.

    sampling_edit.py ADDRESS FROM TO… -- COMMAND…      COMMAND makes the edit; PERCENT in it stands for the value
"""

import http.client
import json
import subprocess
import sys
import time
import urllib.request

SERVICE_PORT, STATUS_PORT = 8080, 15020
PATH = "/alone"
EFFECT_SECONDS = 120
# Requests that must all be decided alike before and after each edit.
STEADY_REQUESTS = 10


def main():
    address, *percents = sys.argv[1 : sys.argv.index("--")]
    command = sys.argv[sys.argv.index("--") + 1 :]
    service = Service(address)
    service.expect_steady(traced=int(percents[0]) == 100)
    for before, after in zip(percents, percents[1:]):
        seconds = edit(service, [word.replace("PERCENT", after) for word in command], traced=int(after) == 100)
        service.expect_steady(traced=int(after) == 100)
        print(f"figure: {before} → {after} after {seconds['new']:.1f} s on new connections, {seconds['open']:.1f} s on an open one")


def edit(service, command, traced):
    """The seconds until the first request decided anew, for each kind of connection; from when the edit was made."""
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    began, seconds = time.monotonic(), {}
    while len(seconds) < 2:
        if time.monotonic() - began > EFFECT_SECONDS:
            raise SystemExit(f"{' '.join(command)} took no effect within {EFFECT_SECONDS} s on {({'new', 'open'} - seconds.keys())}")
        for kind in {"new", "open"} - seconds.keys():
            if service.is_traced(kind) == traced:
                seconds[kind] = time.monotonic() - began
    return seconds


class Service:
    def __init__(self, address):
        self.address = address
        self.open = http.client.HTTPConnection(address, SERVICE_PORT, timeout=10)
        self.open.connect()
        self.socket = self.open.sock

    def expect_steady(self, traced):
        for kind in ("new", "open"):
            decided = [self.is_traced(kind) for _ in range(STEADY_REQUESTS)]
            if decided != [traced] * STEADY_REQUESTS:
                raise SystemExit(f"{kind} connection: traced {decided} (expected: {traced} for each)")

    def is_traced(self, kind):
        """Whether one request more made one span more."""
        before = self.started()
        connection = self.open if kind == "open" else http.client.HTTPConnection(self.address, SERVICE_PORT, timeout=10)
        connection.request("GET", PATH)
        status = connection.getresponse()
        status.read()
        if status.status != 200:
            raise SystemExit(f"GET {PATH}: {status.status} (expected: 200)")
        if kind == "new":
            connection.close()
        elif self.open.sock is not self.socket:
            raise SystemExit("the connection that should stay open was closed")
        return self.started() > before

    def started(self):
        with urllib.request.urlopen(f"http://{self.address}:{STATUS_PORT}/status", timeout=10) as status:
            return json.load(status)["spans"]["started"]


if __name__ == "__main__":
    main()
