"""Measures how long an edit of a TracingConfig takes to be applied in many pods, from before the edit is made until each sidecar logs that it
is in force: asking them all the time would keep a small node from its work. Waits after each edit until the config's own status says that
all pods are current. Fails when the 99th percentile of all pods and edits is above the limit.

    edit_reach.py NAMESPACE CONFIG APP EDITS LIMIT_SECONDS
"""

import datetime
import json
import re
import subprocess
import sys
import time

EFFECT_SECONDS = 180
IN_FORCE = re.compile(r"\[pod/([^/]+)/sidetrace\] \[([0-9: .-]+)\]\[INFO\]\[sidetrace.config\] configuration ([0-9a-f]+) is in force")


def main():
    namespace, config, app = sys.argv[1:4]
    edits, limit = int(sys.argv[4]), float(sys.argv[5])
    made = {}
    for number in range(edits):
        began = time.time()
        edit(namespace, config, 50 + number)
        await_current(namespace, config)
        told = time.time() - began
        made[version(namespace, config)] = began, told
    taken = []
    for (began, told), seconds in zip(made.values(), reached(namespace, app, made)):
        print(f"edit: p50 {percentile(seconds, 50):.1f} s, p99 {percentile(seconds, 99):.1f} s, last {max(seconds):.1f} s, in status {told:.1f} s")
        taken += seconds
    pods, worst = len(taken) // edits, percentile(taken, 99)
    last_told = max(told for _, told in made.values())
    print(
        f"figure: {pods} pods, {edits} edits: applied after p50 {percentile(taken, 50):.1f} s, p99 {worst:.1f} s, last {max(taken):.1f} s;"
        f" in status after {last_told:.1f} s at most"
    )
    if worst > limit:
        raise SystemExit(f"p99: {worst:.1f} s (expected: at most {limit:g} s)")


def edit(namespace, config, percent):
    patch = json.dumps({"spec": {"sampling": {"random": percent}}})
    kubectl("patch", f"tracingconfig/{config}", "-n", namespace, "--type", "merge", "-p", patch)


def await_current(namespace, config):
    deadline = time.monotonic() + EFFECT_SECONDS
    while True:
        found = json.loads(kubectl("get", "tracingconfig", config, "-n", namespace, "-o", "json"))
        status = found["status"]
        pods = status["pods"]
        if status["observedGeneration"] == found["metadata"]["generation"] and pods["current"] == pods["matched"]:
            return
        if time.monotonic() > deadline:
            raise SystemExit(f"pods after {EFFECT_SECONDS} s: {pods} (expected: all current)")
        time.sleep(0.5)


def version(namespace, config):
    """What the sidecars name the form that was rendered."""
    files = json.loads(kubectl("get", "configmap", "sidetrace", "-n", namespace, "-o", "json"))["data"]
    return json.loads(files[f"{config}_lds.json"])["version_info"]


def reached(namespace, app, made):
    """For each edit the seconds that it took to each pod, by the sidecars' own clocks, which are this machine's."""
    pods = set(kubectl("get", "pods", "-n", namespace, "-l", f"app={app}", "-o", "name").replace("pod/", "").split())
    log = kubectl("logs", "-n", namespace, "-l", f"app={app}", "-c", "sidetrace", "--prefix", "--tail=-1", f"--max-log-requests={len(pods)}")
    times = {name: {} for name in made}
    for pod, moment, name in IN_FORCE.findall(log):
        if name in times:
            at = datetime.datetime.fromisoformat(moment).replace(tzinfo=datetime.timezone.utc).timestamp()
            times[name].setdefault(pod, at - made[name][0])
    for name, seconds in times.items():
        if seconds.keys() != pods:
            raise SystemExit(f"{name}: in force in {len(seconds)} pods, by their logs (expected: {len(pods)})")
    return [list(seconds.values()) for seconds in times.values()]


def kubectl(*words):
    return subprocess.run(["kubectl", *words], check=True, capture_output=True, text=True).stdout


def percentile(values, percent):
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, len(ordered) * percent // 100)]


if __name__ == "__main__":
    main()
