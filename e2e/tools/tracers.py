"""How each provider is configured for a case, so that its spans come to the one collector there is and can be told from other cases'."""

COLLECTOR_PORT = 9411
DAEMON_PORT = 2000
TYPE_NAMES = {"zipkin": "ZipkinConfig", "opentelemetry": "OpenTelemetryConfig", "datadog": "DatadogConfig", "xray": "XRayConfig"}


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


TRACERS = {"zipkin": zipkin, "opentelemetry": opentelemetry, "datadog": datadog, "xray": xray}
