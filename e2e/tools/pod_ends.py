"""Ends pods under load and says what their clients saw, what became of the spans, and how long sidecars outlived their applications.

    pod_ends.py NAMESPACE COLLECTOR_ADDRESS COLLECTOR_PORT       expects what scenarios/pod-ends-under-load applied
"""

import json
import re
import statistics
import subprocess
import sys
import time
import urllib.request
from collections import Counter
from pathlib import Path

from counting import CountingCollector
from pod_processes import AppEnd

STATUS_PORT, SERVICE_PORT = 15020, 8080
CLIENTS = ("client-injected", "client-plain")
CONNECTIONS, PER_SECOND = 16, 100
# Of load before a pod is told to end, and after it has gone.
BEFORE_SECONDS, AFTER_SECONDS = 3, 3
SETTLE_SECONDS = 20
LONGEST_OUTLIVING_SECONDS = 2
ABRUPT_ROUNDS = 3
LAST_ACCOUNT = re.compile(r"ended with (\d+) spans started, (\d+) exported, (\d+) queued, dropped: (.*)")


def main():
    namespace, address, port = sys.argv[1:]
    scene = Scene(namespace)
    collector = CountingCollector(address, int(port))
    for app, how in (("lingering", "deleted"), ("lingering", "restarted"), ("killed", "deleted")):
        scene.without_failure(app, how)
    scene.compare_abrupt_ends()
    scene.settle(collector)


class Scene:
    def __init__(self, namespace):
        self.namespace = namespace
        self.logs, self.outlived = [], []

    def without_failure(self, app, how):
        """Every request is answered while pods end whose application goes on serving."""
        load = Loads(self.namespace, app)
        self.end(app, 1 if how == "deleted" else None)
        answered, failed = load.stop()
        print(f"figure: {app} {how}: {answered} requests answered, {len(failed)} failed")
        if failed:
            raise SystemExit(f"{app} {how}: {Counter(one['failure'] for one in failed)}, first {failed[0]} (expected: none failed)")

    def compare_abrupt_ends(self):
        """Without a sidecar and with one the same happens to the clients of an application that ends at once: no answer, and never one
        that the application did not give."""
        seen = {"abrupt-plain": [], "abrupt": []}
        for _ in range(ABRUPT_ROUNDS):
            for app, rounds in seen.items():
                load = Loads(self.namespace, app)
                self.end(app, 1)
                rounds.append(load.stop()[1])
        for app, rounds in seen.items():
            counts = sorted(map(len, rounds))
            why = Counter(one["failure"] for failed in rounds for one in failed)
            print(f"figure: {app}: failed {statistics.median(counts):.0f} ({counts[0]}..{counts[-1]}) of each end, {dict(why)}")
            if any(kind.startswith("status") for kind in why):
                raise SystemExit(f"{app}: {why} (expected: no answer but the application's)")

    def end(self, app, pods):
        """Ends so many pods, or all by a restart of the Deployment, and returns when they are gone and others are there."""
        ending = self.kubectl_json("get", "pods", "-l", f"app={app}")["items"][:pods]
        ends = [AppEnd(pod["metadata"]["uid"]) for pod in ending]
        names = [pod["metadata"]["name"] for pod in ending]
        for pod in ending:
            if any(container["name"] == "sidetrace" for container in pod["spec"].get("initContainers", [])):
                self.follow_log(pod["metadata"]["name"])
        if pods:
            self.kubectl("delete", "pod", *names)
        else:
            self.kubectl("rollout", "restart", f"deployment/{app}")
        self.kubectl("rollout", "status", f"deployment/{app}")
        self.kubectl("wait", "--for=delete", "--timeout=60s", *(f"pod/{name}" for name in names))
        self.outlived += [seconds for end in ends if (seconds := end.outlived_seconds()) is not None]

    def follow_log(self, pod):
        command = ("kubectl", "logs", "-f", "--tail=20", "-n", self.namespace, pod, "-c", "sidetrace")
        self.logs.append((pod, subprocess.Popen(command, stdout=subprocess.PIPE, text=True)))

    def settle(self, collector):
        """The accounts of all sidecars that there were, against what came."""
        accounts = [ended_account(pod, log.communicate()[0]) for pod, log in self.logs]
        pods = self.kubectl_json("get", "pods")["items"]
        accounts += [self.living_account(pod["status"]["podIP"]) for pod in pods if is_injected(pod)]
        started, exported, dropped = (sum(account[part] for account in accounts) for part in ("started", "exported", "dropped"))
        received = len(collector.ids)
        print(f"figure: {len(accounts)} sidecars, {len(self.logs)} of them ended: {started} spans started, {exported} exported, {received} received")
        slowest = max(self.outlived)
        print(f"figure: outlived the application by {statistics.median(self.outlived) * 1000:.0f} ms, at most {slowest * 1000:.0f} ms")
        if not started == exported == received or dropped:
            raise SystemExit(f"{accounts} (expected: as many exported as started and received, none dropped)")
        if slowest > LONGEST_OUTLIVING_SECONDS:
            raise SystemExit(f"outlived by {slowest:.2f} s (expected: at most {LONGEST_OUTLIVING_SECONDS} s)")

    def living_account(self, address):
        deadline = time.monotonic() + SETTLE_SECONDS
        while True:
            with urllib.request.urlopen(f"http://{address}:{STATUS_PORT}/status", timeout=10) as status:
                spans = json.load(status)["spans"]
            spans["dropped"] = sum(spans["dropped"].values())
            if spans["queued"] == 0:
                return spans
            if time.monotonic() > deadline:
                raise SystemExit(f"{address}: {spans} (expected: nothing queued within {SETTLE_SECONDS} s)")
            time.sleep(0.1)

    def kubectl_json(self, *arguments):
        return json.loads(self.kubectl(*arguments, "-o", "json"))

    def kubectl(self, *arguments):
        return subprocess.run(("kubectl", "-n", self.namespace, *arguments), check=True, stdout=subprocess.PIPE, text=True).stdout


class Loads:
    """Load on an app from both clients."""

    def __init__(self, namespace, app):
        load = ("python3", "/programs/steady_load.py", app, SERVICE_PORT, CONNECTIONS, PER_SECOND)
        self.processes = [
            subprocess.Popen(
                [str(word) for word in ("kubectl", "exec", "-i", "-n", namespace, client, "-c", "app", "--", *load)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
            )
            for client in CLIENTS
        ]
        time.sleep(BEFORE_SECONDS)

    def stop(self):
        """How many requests were answered, and those that failed."""
        time.sleep(AFTER_SECONDS)
        told = [json.loads(process.communicate()[0]) for process in self.processes]
        least = BEFORE_SECONDS * PER_SECOND
        if any(one["answered"] < least for one in told):
            raise SystemExit(f"answered {[one['answered'] for one in told]} (expected: at least {least} of each client)")
        return sum(one["answered"] for one in told), [failure for one in told for failure in one["failed"]]


def is_injected(pod):
    return any(container["name"] == "sidetrace" for container in pod["spec"].get("initContainers", []))


def ended_account(pod, log):
    told = LAST_ACCOUNT.search(log)
    if not told:
        raise SystemExit(f"{pod}: {log[-2000:]!r} (expected: the account of its spans)")
    started, exported, queued = map(int, told.groups()[:3])
    return {"started": started, "exported": exported, "queued": queued, "dropped": sum(map(int, re.findall(r"=(\d+)", told[4])))}


if __name__ == "__main__":
    main()
