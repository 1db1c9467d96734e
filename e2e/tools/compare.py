"""Runs the sandbox in network namespaces twice, with an Envoy and with the sidecar as its three proxies, on the same configurations
behind the same redirect, and lists every difference between the traces (and the response heads) that come of it.

Started by e2e/compare, which makes the private namespaces.
"""

import argparse
import http.client
import os
import re
import subprocess
import sys
from pathlib import Path

from collector import Collector
from lab import SUBNET, Lab
from planes import QUICK_FLUSH, REPOSITORY, Envoy, Sidetrace
from spans import REQUEST_ID_TAG, by_trace, children, roots

SANDBOX = REPOSITORY / "e2e" / "sandbox"
COLLECTOR, FRONT, SERVICE1, SERVICE2 = (f"{SUBNET}.{last}" for last in (1, 10, 11, 12))
HOSTS = {"zipkin": COLLECTOR, "zipkin.sandbox.svc": COLLECTOR, "front-proxy": FRONT, "service1": SERVICE1, "service2": SERVICE2}
SPANS_SECONDS = 15
UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")

B3_TRACE, B3_SPAN = "463ac35c9f6413ad48485a3953bb6124", "0020000000000001"
# name → (entrance, method, path, headers, body). Every case carries its own x-request-id, by which its spans are told apart.
CASES = {
    "plain": ("front-proxy", "GET", "/trace/1", {}, None),
    "straight to service 1": ("service1", "GET", "/trace/1", {}, None),
    "b3 multi, sampled": (
        "service1",
        "GET",
        "/trace/1",
        {"x-b3-traceid": B3_TRACE, "x-b3-spanid": B3_SPAN, "x-b3-sampled": "1"},
        None,
    ),
    "b3 single, sampled": ("service1", "GET", "/trace/1", {"b3": f"{B3_TRACE}-{B3_SPAN}-1"}, None),
    "b3 64-bit ids": ("front-proxy", "GET", "/trace/1", {"x-b3-traceid": B3_SPAN, "x-b3-spanid": B3_SPAN, "x-b3-sampled": "1"}, None),
    "b3 not sampled": ("front-proxy", "GET", "/trace/1", {"x-b3-traceid": B3_SPAN, "x-b3-spanid": B3_SPAN, "x-b3-sampled": "0"}, None),
    "b3 single deny": ("front-proxy", "GET", "/trace/1", {"b3": "0"}, None),
    "user agent, query and a long path": ("front-proxy", "GET", "/alone?" + "q" * 400, {"user-agent": "compare/1"}, None),
    "post with a body": ("front-proxy", "POST", "/orders", {}, b"x" * 3000),
    "head": ("front-proxy", "HEAD", "/alone", {}, None),
    "not found": ("front-proxy", "GET", "/nowhere", {}, None),
    "client trace id": ("front-proxy", "GET", "/alone", {"x-client-trace-id": "client-7"}, None),
    "downstream cluster header": ("service1", "GET", "/alone", {"x-envoy-downstream-service-cluster": "caller"}, None),
    "decorator header": ("service1", "GET", "/alone", {"x-envoy-decorator-operation": "namedByCaller"}, None),
    "probe": ("service1", "GET", "/healthz", {"user-agent": "kube-probe/1.36"}, None),
}
# Differences on purpose: a field of every span, and why; sidecar-image/RATIONALE.md says more.
DEVIATIONS = {"annotations": "a version 2 span says its end by its duration; Envoy adds a `cr` or `ss` nevertheless"}
MARKER = "marker"
GIVEN_ID_END = "-8000-000000000000"


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("rendered", type=Path, help="directory with the operator's bootstrap.json, lds.json and cds.json")
    rendered = arguments.parse_args().rendered
    planes = (Envoy.find(), Sidetrace.find())
    with Lab(HOSTS) as lab:
        sandbox = Sandbox(lab, rendered)
        observed = [sandbox.observe(plane) for plane in planes]
    report(planes, *observed)


class Sandbox:
    """The three pods, their applications, and the proxies of one plane at a time."""

    def __init__(self, lab, rendered):
        self.lab = lab
        self.rendered = self._localised(rendered)
        self.front = lab.pod("front", FRONT)
        self.pods = {"service1": lab.pod("service1", SERVICE1), "service2": lab.pod("service2", SERVICE2)}
        self.collector = Collector(COLLECTOR)
        for pod in self.pods.values():
            redirect(pod)
        binary = lab.directory / "service2"
        subprocess.run(
            ["go", "build", "-buildvcs=false", "-o", binary, "."], cwd=SANDBOX / "service2", env={**os.environ, "CGO_ENABLED": "0"}, check=True
        )
        self.pods["service2"].start("app", binary)

    def observe(self, plane):
        """What the plane makes of every case: name → (response head, trace shapes)."""
        proxies = [
            self.front.start_as_sidecar(
                plane.key, *plane.command(SANDBOX / "front-proxy" / "front-proxy.yaml", "front-proxy", "front-proxy", *quick(plane))
            ).await_port(FRONT, 8000)
        ]
        for name, pod in self.pods.items():
            command = plane.command(self.rendered / "bootstrap.json", name, f"{name}.sandbox", *quick(plane))
            proxy = pod.start_as_sidecar(plane.key, *command)
            proxy.await_true(lambda: admin_ready(pod), "be ready")
            proxies.append(proxy)
        seen = self._run_cases(copying=True) | self._run_cases(copying=False)
        for proxy in proxies:
            proxy.stop()
        return seen

    def _run_cases(self, copying):
        app = self.pods["service1"].start(
            "app", sys.executable, SANDBOX / "service1" / "service1.py", COPY_HEADERS=str(copying).lower()
        )
        try:
            app.await_true(lambda: request("service1", "GET", "/healthz", {"b3": "0"})[0] == 200, "answer behind its proxy")
            self.collector.clear()
            return self._copying_cases() if copying else self._broken_case()
        finally:
            app.stop()

    def _copying_cases(self):
        heads = {name: request(*case[:3], {"x-request-id": request_id(name), **case[3]}, case[4]) for name, case in CASES.items()}
        request("front-proxy", "GET", "/trace/1", {"x-request-id": request_id(MARKER)})
        # Every proxy sends in order: with the marker's four spans here, those of the cases before it are here too.
        spans = self.collector.await_spans(lambda spans: count(spans, MARKER) == 4, SPANS_SECONDS, "four spans of the marker")
        return {name: (heads[name], shapes([span for span in spans if of_case(span, name)])) for name in CASES}

    def _broken_case(self):
        head = request("front-proxy", "GET", "/trace/1", {})
        spans = self.collector.await_spans(lambda spans: len(spans) >= 4, SPANS_SECONDS, "four spans")
        return {"headers not copied, request id generated": (head, shapes(spans))}

    def _localised(self, rendered):
        """The rendered files under a directory of the lab instead of the pod's /etc/sidetrace."""
        home = self.lab.directory / "rendered"
        home.mkdir()
        for name in ("bootstrap.json", "lds.json", "cds.json"):
            (home / name).write_text((rendered / name).read_text().replace("/etc/sidetrace", str(home)))
        return home


def redirect(pod):
    pod.run(
        *("sh", REPOSITORY / "sidecar-image" / "redirect", "--uid", "1337", "--gid", "1337", "--inbound-port", "15006"),
        *("--outbound-port", "15001", "--report", pod.lab.directory / f"{pod.name}-interception"),
    )
    told = (pod.lab.directory / f"{pod.name}-interception").read_text().strip()
    if told != "redirected":
        raise SystemExit(f"the redirect of {pod.name} reports {told!r} (expected: 'redirected')")


def quick(plane):
    return ("--config-yaml", QUICK_FLUSH) if isinstance(plane, Envoy) else ()


def admin_ready(pod):
    """Whether the admin port, which is on the pod's loopback only, says that the proxy is live."""
    asked = subprocess.run(
        ["ip", "netns", "exec", pod.name, "curl", "-fsS", "-m2", "http://127.0.0.1:15000/ready"], capture_output=True, text=True
    )
    return asked.returncode == 0


def request(entrance, method, path, headers, body=None):
    """(status, header names that a proxy may add) of one request; (0, reason) when none came."""
    port = 8000 if entrance == "front-proxy" else 8080
    connection = http.client.HTTPConnection(HOSTS[entrance], port, timeout=10)
    try:
        connection.request(method, path, body=body, headers=headers)
        response = connection.getresponse()
        response.read()
        return response.status, tuple(sorted((name.lower(), told(name.lower(), value)) for name, value in response.getheaders()))
    except OSError as failed:
        return 0, str(failed)
    finally:
        connection.close()


def told(name, value):
    return "…" if name in ("date", "x-envoy-upstream-service-time") else value


def request_id(name):
    """A request id of the case's own that every plane samples: UUID text whose 32 bits in front are small."""
    number = ([*CASES, MARKER]).index(name) + 1
    return f"{number:08x}-0000-4000{GIVEN_ID_END}"


def of_case(span, name):
    """By the first digits alone: a gateway writes the reason for sampling into a later one."""
    return span.request_id[:8] == request_id(name)[:8]


def count(spans, name):
    return sum(of_case(span, name) for span in spans)


def shapes(spans):
    """Each trace as rows of (where in the tree, fields of the span), without what no two runs share."""
    return [row for trace in by_trace(spans) for root in roots(trace) for row in _rows(trace, root, above="")]


def _rows(trace, span, above):
    where = f"{above}/{span.who()}"
    fields = {
        "name": span.name,
        "shared": span.shared,
        "trace id": "given" if span.trace_id in (B3_TRACE, B3_SPAN) else f"{len(span.trace_id)} digits",
        "parent": "none" if span.parent_id is None else "given" if span.parent_id == B3_SPAN else "in the trace",
        "annotations": ", ".join(sorted(span.annotations)) or "none",
        **{f"tag {name}": tag(name, value) for name, value in span.tags.items()},
    }
    return [(where, fields), *(row for child in children(trace, span) for row in _rows(trace, child, where))]


def tag(name, value):
    return "a UUID" if name == REQUEST_ID_TAG and UUID.fullmatch(value) and not value.endswith(GIVEN_ID_END) else value


def report(planes, theirs, ours):
    differing, deviating = 0, 0
    for name in theirs:
        found = list(differences_of(theirs[name], ours[name]))
        differences = [difference for difference in found if not on_purpose(difference)]
        differing += bool(differences)
        deviating += len(found) - len(differences)
        print(f"{'differs' if differences else 'agrees '}  {name} ({len(theirs[name][1])} spans)")
        for what, their, our in differences:
            print(f"           {what}: {planes[0].name} {their!r}, {planes[1].name} {our!r}")
    for field, why in DEVIATIONS.items():
        print(f"on purpose, {deviating} times: {field}: {why}")
    print(f"{len(theirs)} cases, {len(theirs) - differing} agree, {differing} disagree")
    sys.exit(1 if differing else 0)


def on_purpose(difference):
    return difference[0].rpartition(" ")[2] in DEVIATIONS


def differences_of(theirs, ours):
    (their_status, their_head), their_rows = theirs
    (our_status, our_head), our_rows = ours
    yield from unequal("status", their_status, our_status)
    yield from unequal_maps("response header ", dict(their_head), dict(our_head))
    yield from unequal("tree", [where for where, _ in their_rows], [where for where, _ in our_rows])
    for (where, their_fields), (our_where, our_fields) in zip(their_rows, our_rows):
        if where == our_where:
            yield from unequal_maps(f"{where} ", their_fields, our_fields)


def unequal_maps(prefix, theirs, ours):
    for key in sorted(theirs.keys() | ours.keys()):
        yield from unequal(prefix + key, theirs.get(key, "absent"), ours.get(key, "absent"))


def unequal(what, their, our):
    if their != our:
        yield what, their, our


if __name__ == "__main__":
    main()
