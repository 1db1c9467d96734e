"""How each provider is configured for a case, so that its spans come to the one collector there is and can be told from other cases'."""

COLLECTOR_PORT = 9411
DAEMON_PORT = 2000
GRPC_PORT = 11_800
TYPE_NAMES = {
    "zipkin": "ZipkinConfig", "opentelemetry": "OpenTelemetryConfig", "datadog": "DatadogConfig", "xray": "XRayConfig",
    "skywalking": "SkyWalkingConfig",
}


def zipkin(id):
    """A path of its own."""
    return {"collector_cluster": "collector", "collector_endpoint": f"/{id}/api/v2/spans", "collector_endpoint_version": "HTTP_JSON"}


def opentelemetry(id):
    """A path of its own."""
    uri = {"uri": f"http://collector.example/{id}/v1/traces", "cluster": "collector", "timeout": "2s"}
    return {"http_service": {"http_uri": uri}, "service_name": "shop"}


def datadog(id):
    """A host of its own: the path is the agent's."""
    return {"collector_cluster": "collector", "collector_hostname": f"{id}.agent", "service_name": "shop"}


def xray(id):
    """A name of its own; children are named after the cluster, which is named after the case."""
    return {
        "segment_name": id,
        "daemon_endpoint": {"protocol": "UDP", "address": "127.0.0.1", "port_value": DAEMON_PORT},
        "sampling_rule_manifest": {"inline_string": '{"version": 2, "default": {"fixed_target": 1000, "rate": 1.0}, "rules": []}'},
    }


def by_grpc(id):
    """A metadata field of its own, by which the peer hands messages on."""
    metadata = [{"key": "x-case", "value": id}]
    return {"envoy_grpc": {"cluster_name": "grpc-collector"}, "timeout": "2s", "initial_metadata": metadata}


def skywalking(id):
    return {"grpc_service": by_grpc(id), "client_config": {"service_name": "shop", "instance_name": "shop-1"}}


TRACERS = {"zipkin": zipkin, "opentelemetry": opentelemetry, "datadog": datadog, "xray": xray, "skywalking": skywalking}
