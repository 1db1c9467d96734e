"""LightStep's own service cannot be had: a collector of OpenTelemetry's core stands in for it, which takes OTLP as LightStep does and refuses
at its receiver whatever comes without LightStep's token. What is asserted of LightStep's header is asserted by its Python library.
"""

from oracles import opentelemetry

TOKEN_HEADER = "lightstep-access-token"


def start(lab, tools, secret):
    return opentelemetry.start(lab, tools, secret, token=(TOKEN_HEADER, secret.value))
