"""Every kind of gRPC call by a client of our own, by grpcurl and by ghz, and the spans that come of them."""

import json
import re
import subprocess

from compare import shapes

GRPC_PORT = 50051
SERVICE = "sidetrace.e2e.Echo"
CONCURRENT_CALLS = 400
SPANS_SECONDS = 20
GHZ_CALLS = 200
# Lines of `grpcurl -v` that a sidecar may add.
ADDED_LINES = re.compile(r"(?m)^(x-envoy-upstream-service-time|date|server): .*\n")
# Fields of a span that no two calls share, or that only one of the planes can know.
VARYING = re.compile(r"tag (guid:x-request-id|grpc\.timeout|peer\.address|node_id)|trace id|annotations")
ONLY_BEHIND_A_PROXY = "trace context reaches the server"
# Client and server both look at the clock: whichever is first, the code is the same, and the words are not.
DEADLINE_WORDS = re.compile(r"stream terminated by RST_STREAM with error code: CANCEL|context deadline exceeded")
TIMEOUT_UNITS = {"H": 3600, "M": 60, "S": 1, "m": 1e-3, "u": 1e-6, "n": 1e-9}
SHORT_SECONDS = 1

HELLO = ("-d", '"hello"')
# name → grpcurl's arguments, and the method or what else it asks.
GRPCURL = {
    "list": ((), "list"),
    "describe": ((), f"describe {SERVICE}"),
    "unary, verbose": (("-v", *HELLO), "Unary"),
    "server stream": (HELLO, "Server"),
    "client stream": (("-d", '"one" "two" "three"'), "Client"),
    "bidi": (("-d", '"one" "two" "three"'), "Bidi"),
    "status with a message": (("-d", '"fail 5 no such thing"'), "Unary"),
    "stream that fails": (("-d", '"fail 13 broken"'), "Server"),
    "deadline": (("-max-time", "0.3", "-d", '"sleep 2s"'), "Unary"),
    "metadata": (("-H", "x-text: some text", "-d", '"seen x-text"'), "Unary"),
    "binary metadata": (("-H", "x-some-bin: AP8K", "-d", '"seen x-some-bin"'), "Unary"),
    "large answer": (("-max-msg-sz", str(8 << 20), "-d", f'"size {3 << 20}"'), "Unary"),
    "unknown method": (HELLO, "Nothing"),
}


def own(peers, address):
    """case → what came of it."""
    told = subprocess.run([peers / "grpc-peer", "check", f"{address}:{GRPC_PORT}"], capture_output=True, text=True, timeout=300)
    if told.returncode:
        raise SystemExit(f"grpc-peer check {address}: {told.stderr}")
    return dict(line.split(": ", 1) for line in DEADLINE_WORDS.sub("too late", told.stdout).splitlines())


def grpcurl(peers, address):
    return {f"grpcurl, {name}": _grpcurl(peers, address, *case) for name, case in GRPCURL.items()}


def _grpcurl(peers, address, options, asked):
    words = asked.split() if asked.startswith(("list", "describe")) else [f"{SERVICE}/{asked}"]
    command = [peers / "grpcurl", "-plaintext", *options, f"{address}:{GRPC_PORT}", *words]
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60)
    said = DEADLINE_WORDS.sub("too late", ADDED_LINES.sub("", done.stdout + done.stderr)).replace(address, "ADDRESS")
    return f"exit {done.returncode}, " + (said if len(said) < 600 else f"{len(said)} characters, hash {hash(said)}")


def ghz(peers, address):
    """method → how many calls came to what, one at a time and many at once."""
    counted = {}
    for method in ("Unary", "Server", "Client", "Bidi"):
        done = run_ghz(peers, address, method, "-n", GHZ_CALLS, "-c", 10, "--connections", 2)
        counted[f"ghz, {method}"] = json.dumps({name: done.get(name) for name in ("count", "statusCodeDistribution", "errorDistribution")})
    failing = run_ghz(peers, address, "Unary", "-n", GHZ_CALLS, "-c", 10, "--connections", 2, asked='"fail 9 not now"')
    counted["ghz, failing"] = json.dumps({name: failing.get(name) for name in ("count", "statusCodeDistribution")})
    return counted


def run_ghz(peers, address, method, *more, asked='"hello"'):
    call = ("--insecure", "--call", f"{SERVICE}.{method}", "-d", asked, "-O", "json")
    command = [peers / "ghz", *call, *map(str, more), f"{address}:{GRPC_PORT}"]
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=120)
    if done.returncode:
        raise SystemExit(f"ghz {method} {address}: {done.stderr or done.stdout}")
    return json.loads(done.stdout)


def spans(peers, address, collector):
    """method and status → the fields of such spans, of the calls of one more check."""
    where = f"{address}:{GRPC_PORT}"

    def of_the_check():
        return [span for span in collector.spans() if where in span.tags["http.url"]]

    collector.await_quiet()
    collector.clear()
    calls = CONCURRENT_CALLS + len(own(peers, address)) - 1
    collector.await_spans(lambda _: len(of_the_check()) >= calls, SPANS_SECONDS, f"{calls} spans")
    collector.await_quiet()  # one too many would come now
    found = {"number of spans": {str(len(of_the_check()))}}
    for _, fields in shapes(of_the_check()):
        if seconds(fields["tag grpc.timeout"]) < SHORT_SECONDS:
            found["past its deadline"] = {f"error {fields.get('tag error')}"}  # reset by the client or by the server
            continue
        key = f"{fields['tag http.url'].rpartition('/')[2]} status {fields.get('tag grpc.status_code', 'none')}"
        shown = " ".join(f"{name}={value!r}" for name, value in sorted(fields.items()) if not VARYING.fullmatch(name))
        found.setdefault(key, set()).add(shown.replace(address, "ADDRESS"))
    return found


def seconds(timeout):
    """Of a field `grpc-timeout`: digits and a unit."""
    return int(timeout[:-1]) * TIMEOUT_UNITS[timeout[-1]]


def report_calls(alone, theirs, ours):
    """Each case must come to the same without a proxy, through Envoy and through the sidecar."""
    differing = 0
    for name in ours:
        server = ours[name] if name == ONLY_BEHIND_A_PROXY else alone.get(name)
        # Where the server resets the call first, Envoy answers UNAVAILABLE itself; here the reset goes on as without a proxy.
        as_envoy = ours[name] == theirs.get(name) or "deadline" in name
        same = ours[name] == server and as_envoy
        differing += not same
        print(f"  {'same   ' if same else 'differs'} {name}: {brief(ours[name])}")
        if not same:
            print(f"    Envoy: {brief(theirs.get(name))}\n    without: {brief(server)}")
    print(f"gRPC: {len(ours)} kinds of calls, {differing} differ")
    return differing


def brief(text):
    return " ".join(str(text).split())[:300]


def report_spans(theirs, ours):
    differing = [name for name in theirs.keys() | ours.keys() if theirs.get(name) != ours.get(name)]
    print(f"spans of gRPC calls: {len(theirs)} kinds, {len(differing)} differ; number of spans: {ours['number of spans'].pop()}")
    for name in sorted(differing):
        for what, found in (("Envoy", theirs.get(name, set())), ("Sidetrace", ours.get(name, set()))):
            for shown in sorted(found):
                print(f"  {name}, {what}: {shown}")
    return len(differing)
