// An application between two sidecars that is traced by OpenTelemetry's SDK for Node: continues the context that it receives, as a server's
// span with a client's below it, asks the next service with the context that the SDK writes, and answers with what everyone received, and
// with what the SDK made of it.
//
//     app.js PORT NEXT FORM        NODE_PATH names the folder of the packages
"use strict";

const http = require("node:http");
const api = require("@opentelemetry/api");
const { W3CTraceContextPropagator } = require("@opentelemetry/core");
const { B3InjectEncoding, B3Propagator } = require("@opentelemetry/propagator-b3");
const { JaegerPropagator } = require("@opentelemetry/propagator-jaeger");
const { OTTracePropagator } = require("@opentelemetry/propagator-ot-trace");
const { AWSXRayPropagator } = require("@opentelemetry/propagator-aws-xray");
const { BasicTracerProvider } = require("@opentelemetry/sdk-trace-base");

const propagators = {
  tracecontext: () => new W3CTraceContextPropagator(),
  b3: () => new B3Propagator(),
  b3multi: () => new B3Propagator({ injectEncoding: B3InjectEncoding.MULTI_HEADER }),
  jaeger: () => new JaegerPropagator(),
  ottrace: () => new OTTracePropagator(),
  xray: () => new AWSXRayPropagator(),
};

const [port, next, form] = process.argv.slice(2);
const propagator = propagators[form]();
const tracer = new BasicTracerProvider().getTracer("proof");

function ask(path, headers) {
  return new Promise((resolve, reject) => {
    const url = new URL(path, next);
    const request = http.get(url, { headers, agent: false }, (response) => {
      let body = "";
      response.setEncoding("utf8");
      response.on("data", (part) => (body += part));
      response.on("end", () => resolve(JSON.parse(body)));
    });
    request.on("error", reject);
  });
}

async function serve(request) {
  const context = propagator.extract(api.ROOT_CONTEXT, request.headers, api.defaultTextMapGetter);
  const parent = api.trace.getSpanContext(context);
  const server = tracer.startSpan("serve", { kind: api.SpanKind.SERVER }, context);
  const client = tracer.startSpan("ask", { kind: api.SpanKind.CLIENT }, api.trace.setSpan(context, server));
  const headers = {};
  propagator.inject(api.trace.setSpan(context, client), headers, api.defaultTextMapSetter);
  const behind = await ask(request.url, headers);
  client.end();
  server.end();
  const { traceId, spanId, traceFlags } = client.spanContext();
  const told = { trace: traceId, parent: parent ? parent.spanId : "", client: spanId, sampled: (traceFlags & 1) === 1 };
  return [{ ...request.headers, ":sdk": told }, ...behind];
}

http
  .createServer((request, response) => {
    serve(request).then(
      (answer) => response.end(JSON.stringify(answer)),
      (failed) => {
        response.statusCode = 502;
        response.end(String(failed));
      },
    );
  })
  .listen(Number(port), "127.0.0.1");
