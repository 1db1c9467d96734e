"""Writes the bootstrap that serves many cases at once: for each a listener, a connection manager and clusters of its own."""

from tracers import GRPC_PORT, TRACERS, TYPE_NAMES

ADDRESS = "127.0.0.1"
FIRST_PORT = 20_000
COLLECTOR_PORT = 9411
NODE = {"id": "node-1", "cluster": "shop", "locality": {"zone": "zone-1"}}
TYPES = "type.googleapis.com/envoy."
PRESERVE_CASE = {
    "header_key_format": {
        "stateful_formatter": {
            "name": "preserve_case",
            "typed_config": {"@type": f"{TYPES}extensions.http.header_formatters.preserve_case.v3.PreserveCaseFormatterConfig"},
        }
    }
}
HTTP_2 = {
    "typed_extension_protocol_options": {
        "envoy.extensions.upstreams.http.v3.HttpProtocolOptions": {
            "@type": f"{TYPES}extensions.upstreams.http.v3.HttpProtocolOptions",
            "explicit_http_config": {"http2_protocol_options": {}},
        }
    }
}
# What Envoy has to be told in order to be as transparent as the sidecar is by itself: otherwise every case would differ in it.
ENVOY_TRANSPARENT_DOWNSTREAM = {
    "http_protocol_options": {**PRESERVE_CASE, "accept_http_10": True, "enable_trailers": True},
    "proxy_100_continue": True,
    "drain_timeout": "0.1s",
    "upgrade_configs": [{"upgrade_type": "websocket"}],
}
ENVOY_TRANSPARENT_UPSTREAM = {
    "typed_extension_protocol_options": {
        "envoy.extensions.upstreams.http.v3.HttpProtocolOptions": {
            "@type": f"{TYPES}extensions.upstreams.http.v3.HttpProtocolOptions",
            "explicit_http_config": {"http_protocol_options": {**PRESERVE_CASE, "enable_trailers": True}},
        }
    }
}


def provider_of(case):
    config = {"@type": f"{TYPES}config.trace.v3.{TYPE_NAMES[case.provider]}", **TRACERS[case.provider](case.id)}
    return {"name": f"envoy.tracers.{case.provider}", "typed_config": merged(merged(config, case.zipkin), case.settings)}


class Layout:
    """Which ports each case has, the same on both planes."""

    def __init__(self, cases):
        self._index = {case.id: index for index, case in enumerate(cases)}

    def port(self, case):
        return FIRST_PORT + 2 * self._index[case.id]

    def upstream_port(self, case):
        return self.port(case) + 1


def bootstrap(cases, plane, layout):
    """cases: those that share a process; they agree in what they merge over the bootstrap."""
    cases = [case.on(plane) for case in cases]
    shared = {
        "node": NODE,
        "static_resources": {
            "listeners": [listener(case, plane, layout) for case in cases],
            "clusters": [
                cluster("collector", socket_address(COLLECTOR_PORT), {}),
                cluster("grpc-collector", socket_address(GRPC_PORT), HTTP_2),
                *(upstream_cluster(case, plane, layout) for case in cases if case.cluster is not None),
            ],
        },
    }
    return merged(shared, cases[0].alone or {})


def listener(case, plane, layout):
    manager = {
        "@type": f"{TYPES}extensions.filters.network.http_connection_manager.v3.HttpConnectionManager",
        "stat_prefix": case.id,
        "route_config": {"virtual_hosts": [{"name": "all", "domains": ["*"], "routes": routes(case)}]},
        "http_filters": [{"name": "router", "typed_config": {"@type": f"{TYPES}extensions.filters.http.router.v3.Router"}}],
        **(ENVOY_TRANSPARENT_DOWNSTREAM if plane.key == "envoy" else {}),
    }
    if case.tracing is not None:
        manager["tracing"] = merged({"provider": provider_of(case)}, case.tracing)
    base = {
        "name": case.id,
        "address": socket_address(layout.port(case), case.address),
        "filter_chains": [{"filters": [{"name": "manager", "typed_config": merged(manager, case.manager)}]}],
    }
    if case.direction:
        base["traffic_direction"] = case.direction
    return merged(base, case.listener)


def routes(case):
    """The case's own, each merged over a route of everything to its upstream; by default that one alone."""
    # Without a limit Envoy writes no header about it.
    everything = {"match": {"prefix": "/"}, "route": {"cluster": case.id, "timeout": "0s"}}
    return [merged(everything, route) for route in (case.routes if case.routes is not None else (case.route,))]


def upstream_cluster(case, plane, layout):
    transparent = ENVOY_TRANSPARENT_UPSTREAM if plane.key == "envoy" else {}
    return cluster(case.id, socket_address(layout.upstream_port(case), case.address), {**transparent, **case.cluster})


def cluster(name, address, more):
    """more: merged over it; what depends on the address is a function of it."""
    endpoint = {"endpoint": {"address": address}}
    base = {
        "name": name,
        "type": "STATIC",
        "connect_timeout": "1s",
        "load_assignment": {"cluster_name": name, "endpoints": [{"lb_endpoints": [endpoint]}]},
    }
    return merged(base, {field: value(address) if callable(value) else value for field, value in more.items()})


def socket_address(port, address=ADDRESS):
    return {"socket_address": {"address": address, "port_value": port}}


def merged(base, over):
    """The base with what is given over it; dicts are merged, all else is replaced, None removes."""
    result = dict(base)
    for key, value in over.items():
        if value is None:
            result.pop(key, None)
        elif isinstance(value, dict) and isinstance(result.get(key), dict):
            result[key] = merged(result[key], value)
        else:
            result[key] = value
    return result
