"""The sandbox's chain as processes on loopback: the front-proxy, then services of a sidecar and an application each, which asks the next
through its own sidecar. What the sidecars run is an Envoy or Sidetrace, on the same configuration.
"""

import http.client
import json
import re
import sys
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, field

from configuration import ADDRESS, HTTP_2, TYPES, cluster, merged, socket_address
from planes import QUICK_FLUSH, REPOSITORY, Envoy, Sidetrace

FRONT = "front-proxy"
FIRST_PORT = 21_000
# What each service has, counted from ten times its place in the chain.
INBOUND, OUTBOUND, APPLICATION, ADMIN, STATUS = range(5)
# All that says anything of a configuration or a collector.
ADMIN_PAGES = ("/config_dump", "/clusters", "/stats", "/stats/prometheus", "/listeners", "/server_info")
STATUS_PAGES = ("/status", "/metrics")
OPERATIONS = ("checkAvailability", "checkStock", "checkPrice", "checkDelivery")
REQUEST_SECONDS = 15


@dataclass(frozen=True)
class Tracing:
    """How a sidecar traces: Envoy's provider, the cluster named `collector`, and what stands under `io.sidetrace`."""

    provider: str
    typed_config: dict
    port: int | None
    http_2: bool = False
    extension: dict = field(default_factory=dict)
    # SkyWalking on an Envoy sends its context only from a span of the upstream's.
    spawn: bool = False

    def with_formats(self, extract, inject):
        return self.extended(propagation={"extract": list(extract), "inject": list(inject)})

    def extended(self, **extension):
        return Tracing(self.provider, self.typed_config, self.port, self.http_2, {**self.extension, **extension}, self.spawn)

    def clusters(self):
        return [] if self.port is None else [cluster("collector", socket_address(self.port), HTTP_2 if self.http_2 else {})]


@dataclass(frozen=True)
class Service:
    """application: (port, URL of the next service or `-`) → its command; its sidecar traces as `tracing` says."""

    name: str
    tracing: Tracing
    application: Callable[[int, str], tuple] | None = None


class Chain:
    """Runs while it is entered; the first service is the front-proxy, which has no application."""

    def __init__(self, lab, plane, services, environment=None):
        self._lab, self._plane, self._services = lab, plane, services
        self._environment = environment or {}
        self._processes = []

    def __enter__(self):
        for place, service in enumerate(self._services):
            file = self._lab.directory / f"{service.name}.json"
            file.write_text(json.dumps(self._bootstrap(place, service), indent=1))
            command = self._plane.command(file, service.name, f"{service.name}-1", *self._options(place))
            # Of an earlier chain of the same names.
            (self._lab.directory / f"{service.name}.log").unlink(missing_ok=True)
            self._processes.append(self._lab.start(service.name, *command, **self._environment))
            if service.application:
                following = f"http://{ADDRESS}:{port_of(place, OUTBOUND)}" if self._is_asking(place) else "-"
                command = service.application(port_of(place, APPLICATION), following)
                self._processes.append(self._lab.start(f"{service.name}-app", *command))
        for place, service in enumerate(self._services):
            self._await(place, service)
        return self

    def _options(self, place):
        return ("--config-yaml", QUICK_FLUSH) if isinstance(self._plane, Envoy) else ("--status-port", str(port_of(place, STATUS)))

    def _await(self, place, service):
        sidecar, *application = [process for process in self._processes if process.name in (service.name, f"{service.name}-app")]
        sidecar.await_port(ADDRESS, port_of(place, INBOUND if service.application else OUTBOUND))
        for process in application:
            process.await_port(ADDRESS, port_of(place, APPLICATION))

    def __exit__(self, *_):
        for process in self._processes:
            process.process.terminate()
        for process in self._processes:
            process.stop()

    def request(self, path="/trace/1", headers=None):
        """(status, body) of a request to the front-proxy."""
        connection = http.client.HTTPConnection(ADDRESS, port_of(0, OUTBOUND), timeout=REQUEST_SECONDS)
        try:
            connection.request("GET", path, headers=headers or {})
            response = connection.getresponse()
            return response.status, response.read().decode()
        finally:
            connection.close()

    def everything_shown(self):
        """Name → text of all that the sidecars tell: their pages, their logs, their command lines."""
        pages = {
            f"{service.name} {path}": page_of(port_of(place, port), path)
            for place, service in enumerate(self._services)
            for port, paths in self._pages().items()
            for path in paths
        }
        logs = {f"log of {process.name}": process.log.read_text(errors="replace") for process in self._processes}
        return {**pages, **logs}

    def _pages(self):
        return {ADMIN: ADMIN_PAGES, STATUS: STATUS_PAGES} if isinstance(self._plane, Sidetrace) else {ADMIN: ADMIN_PAGES}

    def exported(self):
        """Spans that the sidecars themselves say they sent: the sum of their counters; None where they count none."""
        pages = [page_of(port_of(place, ADMIN), "/stats/prometheus") for place in range(len(self._services))]
        counted = [re.findall(self._plane.sent, page, re.MULTILINE) for page in pages]
        return sum(int(count) for counts in counted for count in counts) if any(counted) else None

    def _is_asking(self, place):
        return place + 1 < len(self._services)

    def _bootstrap(self, place, service):
        listeners, clusters = [], service.tracing.clusters()
        if service.application:
            listeners.append(listener("inbound", "INBOUND", port_of(place, INBOUND), "application", service.tracing, OPERATIONS[place - 1]))
            clusters.append(cluster("application", socket_address(port_of(place, APPLICATION)), {}))
        if self._is_asking(place):
            following = self._services[place + 1].name
            listeners.append(listener("outbound", "OUTBOUND", port_of(place, OUTBOUND), following, service.tracing, OPERATIONS[place]))
            clusters.append(cluster(following, socket_address(port_of(place + 1, INBOUND)), {}))
        return {
            "static_resources": {"listeners": listeners, "clusters": clusters},
            "admin": {"address": socket_address(port_of(place, ADMIN))},
        }


def page_of(port, path):
    """The text of a page; one that is not there has none."""
    try:
        with urllib.request.urlopen(f"http://{ADDRESS}:{port}{path}", timeout=5) as page:
            return page.read().decode()
    except urllib.error.HTTPError as missing:
        if missing.code != 404:
            raise
        return ""


def received(body):
    """What each service of the chain received, by the answer of the first."""
    return json.loads(body)


def copies(*fields):
    """An application that copies these header fields."""
    return lambda port, following: (sys.executable, "-B", str(REPOSITORY / "e2e/tools/copying_app.py"), str(port), following, *fields)


def port_of(place, which):
    return FIRST_PORT + 10 * place + which


def listener(name, direction, port, upstream, tracing, operation):
    route = {"match": {"prefix": "/"}, "route": {"cluster": upstream, "timeout": "0s"}, "decorator": {"operation": operation}}
    manager = {
        "@type": f"{TYPES}extensions.filters.network.http_connection_manager.v3.HttpConnectionManager",
        "stat_prefix": name,
        "tracing": {
            "provider": {"name": f"envoy.tracers.{tracing.provider}", "typed_config": tracing.typed_config},
            **({"spawn_upstream_span": True} if tracing.spawn else {}),
        },
        "route_config": {"virtual_hosts": [{"name": "all", "domains": ["*"], "routes": [route]}]},
        "http_filters": [{"name": "router", "typed_config": {"@type": f"{TYPES}extensions.filters.http.router.v3.Router"}}],
    }
    chain = {"filters": [{"name": "manager", "typed_config": manager}]}
    if tracing.extension:
        chain["metadata"] = {"filter_metadata": {"io.sidetrace": tracing.extension}}
    return {"name": name, "address": socket_address(port), "traffic_direction": direction, "filter_chains": [merged({}, chain)]}
