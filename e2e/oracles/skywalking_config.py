"""The little that a SkyWalking OAP server wants of configuration in order to take segments and give traces back: its jar carries none.

YAML is a superset of JSON, so every file of it is written as that.
"""

import json


def files(grpc_port, query_port, token):
    """Name of a file → its text."""
    return {
        "application.yml": json.dumps(application(grpc_port, query_port, token)),
        "log4j2.xml": LOGGING,
        # Names of components are looked up here; 9000 is Envoy's own number of proxies.
        "component-libraries.yml": json.dumps({"Unknown": {"id": 0, "languages": "All"}, "Component-Server-Mappings": {}}),
        "trace-sampling-policy-settings.yml": json.dumps({"default": {"rate": 10_000, "slowTraceSegmentThreshold": -1}, "services": []}),
        "alarm-settings.yml": json.dumps({"rules": None}),
        "gateways.yml": json.dumps({"gateways": []}),
        **{name: json.dumps({"grouping": []}) for name in ("service-apdex-threshold.yml", "endpoint-name-grouping.yml")},
        **{name: "" for name in ("datasource-settings.properties", "metadata-service-mapping.yaml")},
        # It must have one metric at least.
        "oal/core.oal": "service_cpm = from(Service.*).cpm();\n",
        **{f"oal/{name}.oal": "" for name in ("mesh", "disable", "java-agent", "dotnet-agent", "tcp", "browser", "ebpf", "cilium")},
    }


def application(grpc_port, query_port, token):
    modules = {
        "cluster": ("standalone", None),
        "core": ("default", core(grpc_port, query_port)),
        "storage": ("h2", {"properties": DATABASE, "metadataQueryMaxSize": 5000, "maxSizeOfBatchSql": 100, "asyncBatchPersistentPoolSize": 1}),
        "agent-analyzer": (
            "default",
            {"traceSamplingPolicySettingsFile": "trace-sampling-policy-settings.yml", "meterAnalyzerActiveFiles": ""},
        ),
        "log-analyzer": ("default", {"lalFiles": "", "malFiles": ""}),
        "receiver-sharing-server": ("default", {"gRPCHost": "127.0.0.1", "authentication": token}),
        "receiver-register": ("default", None),
        "receiver-trace": ("default", None),
        "query": ("graphql", {"enableLogTestTool": False}),
        "alarm": ("default", None),
        "telemetry": ("none", None),
        "configuration": ("none", None),
        "event-analyzer": ("default", None),
        "ai-pipeline": ("default", None),
    }
    return {module: {"selector": choice, choice: settings} for module, (choice, settings) in modules.items()}


def core(grpc_port, query_port):
    return {
        "role": "Mixed",
        "restHost": "127.0.0.1",
        "restPort": query_port,
        "restContextPath": "/",
        "gRPCHost": "127.0.0.1",
        "gRPCPort": grpc_port,
        "downsampling": ["Hour", "Day"],
        "enableDataKeeperExecutor": False,
        "searchableTracesTags": "http.method,status_code",
        "enableHierarchy": False,
        "enableEndpointNameGroupingByOpenapi": False,
        "prepareThreads": 2,
    }


DATABASE = {
    "jdbcUrl": "jdbc:h2:mem:skywalking;DB_CLOSE_DELAY=-1;DATABASE_TO_UPPER=FALSE",
    "dataSource.user": "sa",
    "dataSource.password": "",
}
LOGGING = """<Configuration status="WARN"><Appenders><Console name="console"><PatternLayout pattern="%d %c{1} %p %m%n%xEx"/></Console></Appenders>
<Loggers><Root level="INFO"><AppenderRef ref="console"/></Root></Loggers></Configuration>"""
