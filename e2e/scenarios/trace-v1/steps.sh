# shellcheck shell=bash
# The article's own endpoint, /api/v1/spans, at every hop: the same one trace of four spans.
make_namespace
sandbox_behind_gateway /api/v1/spans
whole_trace_of_one_request
