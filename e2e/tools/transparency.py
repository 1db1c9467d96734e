"""Clients and servers of many languages through the sidecar, recorded before it and behind it; then other protocols, then much data.

Started by e2e/transparency/run, which makes the private namespaces.
"""

import argparse
import difflib
import os
import re
import shutil
import subprocess
import sys
import threading
import time
from pathlib import Path

from bench_proxies import BACKEND, COLLECTOR_HOSTS, AsSidecar, Proxy, prepare_redirect
from lab import Lab
from planes import REPOSITORY, Sidetrace
from tee import Tee

CORPUS = REPOSITORY / "e2e" / "transparency"
SERVER, BEHIND, BEFORE = ("127.0.0.1", 18080), (BACKEND, 8080), ("127.0.0.1", 17080)
# The lines that a sidecar may add, replace or remove; any other difference counts.
REQUEST_LINES = re.compile(rb"(?mi)^(x-request-id|x-b3-[a-z]+|b3|x-envoy-decorator-operation):[^\n]*\n")
RESPONSE_LINES = re.compile(rb"(?mi)^x-envoy-upstream-service-time:[^\n]*\n")
GIBIBYTE = 1 << 30
# Of a stream under way: two socket buffers, a few reads and writes at the water mark.
FLAT_MIB = 24


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("rendered", type=Path, help="directory with the operator's bootstrap.json, lds.json and cds.json")
    arguments = arguments.parse_args()
    with Lab(COLLECTOR_HOSTS) as lab:
        prepare_redirect()
        proxy = Proxy(lab, AsSidecar(Sidetrace.find()), 0, 1, arguments.rendered)
        proxy.start()
        corpus = Corpus(lab, proxy)
        results = corpus.http() + corpus.others() + corpus.gibibytes()
    print(f"transparency: {len(results)} exchanges, {sum(results)} identical")
    raise SystemExit(0 if all(results) else 1)


class Corpus:
    def __init__(self, lab, proxy):
        self.lab, self.proxy = lab, proxy
        self.java = subprocess.run([REPOSITORY / "build", "--java-home"], capture_output=True, text=True, check=True).stdout.strip() + "/bin/java"
        self.home = lab.directory / "corpus"
        self.home.mkdir()
        self.before = Tee(BEFORE, (proxy.address, BEHIND[1]))
        self.behind = Tee(("0.0.0.0", BEHIND[1]), SERVER)

    def http(self):
        clients = {
            "curl": ("bash", CORPUS / "clients" / "curl.sh"),
            "Python": (sys.executable, CORPUS / "clients" / "python.py"),
            "Node": ("node", CORPUS / "clients" / "node.mjs"),
            "Go": (self.built("clients"),),
            "Java": (self.java, CORPUS / "clients" / "Client.java"),
        }
        servers = {
            "Python": (sys.executable, CORPUS / "servers" / "python.py"),
            "Node": ("node", CORPUS / "servers" / "node.mjs"),
            "Go": (self.built("servers"),),
            "Java": (self.java, CORPUS / "servers" / "Server.java"),
        }
        results = []
        for server, command in servers.items():
            started = self.lab.start(f"server-{server}", *command, SERVER[1]).await_port(*SERVER)
            results += [self.compare(f"{client} → {server}", program, is_http=True) for client, program in clients.items()]
            if server == "Node":
                results.append(self.compare("upgrade → Node", (sys.executable, "-c", UPGRADE), is_http=True))
            started.stop()
        results += self.websockets()
        started = self.nginx()
        results.append(self.compare("curl → nginx", ("bash", CORPUS / "clients" / "curl-static.sh"), is_http=True))
        started.stop()
        return results

    def websockets(self):
        """Text, binary, a mebibyte, a ping and the closing, by an implementation in Go and the JDK's."""
        peer = self.built("websocket", ".")
        started = self.lab.start("server-websocket", peer, "serve", SERVER[1]).await_port(*SERVER)
        clients = {"Go": (peer, "call"), "Java": (self.java, CORPUS / "clients" / "WebSockets.java")}
        results = [self.compare(f"WebSocket, {client} → Go", command, is_http=True) for client, command in clients.items()]
        started.stop()
        return results

    def built(self, side, folder="go"):
        binary = self.home / f"go-{side}"
        environment = {**os.environ, "CGO_ENABLED": "0"}
        subprocess.run(["go", "build", "-buildvcs=false", "-o", binary, "."], cwd=CORPUS / side / folder, env=environment, check=True)
        return binary

    def nginx(self):
        files = self.home / "files"
        files.mkdir()
        (files / "small").write_text("small\n")
        (files / "big").write_text("0123456789abcdef" * (1 << 16))
        (self.home / "nginx.conf").write_text((CORPUS / "nginx.conf").read_text().replace("PORT", str(SERVER[1])))
        return self.lab.start("nginx", "nginx", "-p", self.home, "-c", "nginx.conf").await_port(*SERVER)

    def compare(self, what, command, is_http=False):
        """Runs the client against the recorder before the sidecar, and compares both recordings connection by connection."""
        del self.before.connections[:], self.behind.connections[:]
        done = subprocess.run([str(word) for word in (*command, *BEFORE)], capture_output=True, text=True, timeout=60)
        pairs = self.recorded()
        differences = [line for front, back in pairs for line in differences_of(front, back)]
        if is_http and not all(REQUEST_LINES.search(back.requests) for _, back in pairs):
            differences.append("no line of the sidecar's in what came out (expected: it passed through)")
        if done.returncode:
            differences.append(f"the client ended with {done.returncode}: {done.stderr.strip()[-500:]}")
        size = sum(len(front.requests) + len(front.responses) for front, _ in pairs)
        print(f"{'differs' if differences else 'identical':<10}{what:<22}{len(pairs)} connections, {size} bytes")
        print("".join(f"          {line}\n" for line in differences[:20]), end="")
        return not differences and bool(pairs)

    def recorded(self):
        for connection in [*self.before.connections, *self.behind.connections]:
            connection.ended.wait(10)
        front, back = list(self.before.connections), list(self.behind.connections)
        if len(front) != len(back):
            raise SystemExit(f"{len(front)} connections before the sidecar, {len(back)} behind it (expected: as many)")
        return list(zip(front, back))

    def others(self):
        """Protocols in which the server speaks first, or that are no HTTP at all, with their own servers and clients."""
        redis = self.lab.start("redis", "redis-server", "--port", SERVER[1], "--save", "").await_port(*SERVER)
        told = ("bash", "-c", 'printf "SET a b\\nGET a\\nLPUSH l 1 2 3\\nLRANGE l 0 -1\\n" | redis-cli -h "$0" -p "$1"')
        results = [self.compare("redis-cli → Redis", told)]
        redis.stop()
        postgres = self.postgres()
        asked = 'psql -h "$0" -p "$1" -U postgres -d postgres -v ON_ERROR_STOP=1 -c "select repeat(md5(i::text), 100) from generate_series(1, 1000) i" >/dev/null'
        results.append(self.compare("psql → PostgreSQL", ("bash", "-c", asked)))
        postgres.stop()
        mariadb = self.mariadb()
        asked = 'mariadb -h "$0" -P "$1" -D mysql --skip-ssl -e "select repeat(md5(seq), 100) from seq_1_to_1000; select sleep(0.1)" >/dev/null'
        results.append(self.compare("mariadb → MariaDB", ("bash", "-c", asked)))
        mariadb.stop()
        speaker = self.lab.start("speaker", sys.executable, "-c", SPEAKS_FIRST, SERVER[1]).await_port(*SERVER)
        results.append(self.compare("listener → speaker", (sys.executable, "-c", LISTENS_FIRST)))
        speaker.stop()
        return results

    def postgres(self):
        home = self.home / "postgres"
        home.mkdir()
        shutil.chown(home, "postgres", "postgres")
        bin = max(Path("/usr/lib/postgresql").glob("*/bin"))
        identity = ("setpriv", "--reuid", "postgres", "--regid", "postgres", "--clear-groups")
        subprocess.run([*identity, bin / "initdb", "-D", home / "data", "-A", "trust", "-U", "postgres"], check=True, capture_output=True)
        return self.lab.start("postgres", *identity, bin / "postgres", "-D", home / "data", "-h", SERVER[0], "-p", SERVER[1], "-k", home).await_port(*SERVER)

    def mariadb(self):
        """Its server speaks first."""
        home = self.home / "mariadb"
        home.mkdir()
        files = ("--no-defaults", "--user=root", f"--datadir={home}/data")
        subprocess.run(["mariadb-install-db", *files, "--auth-root-authentication-method=normal"], check=True, capture_output=True)
        more = (f"--socket={home}/socket", f"--bind-address={SERVER[0]}", f"--port={SERVER[1]}", "--skip-grant-tables", "--skip-name-resolve")
        return self.lab.start("mariadb", "mariadbd", *files, *more).await_port(*SERVER)

    def gibibytes(self):
        server = self.lab.start("server-Go", self.home / "go-servers", SERVER[1]).await_port(*SERVER)
        address = f"http://{self.proxy.address}:{BEHIND[1]}"
        self.behind.keeping = False
        results = []
        for version, option in (("HTTP/1.1", "--http1.1"), ("HTTP/2", "--http2-prior-knowledge")):
            curl = f"curl -sS {option} -m 120"
            results.append(self.flat(f"a GiB down, {version}", f"{curl} {address}/gigabyte | wc -c", str(GIBIBYTE)))
            up = f"head -c {GIBIBYTE} /dev/zero | {curl} -T - -X POST {address}/sink"
            results.append(self.flat(f"a GiB up, {version}", up, f"{GIBIBYTE} <nil>"))
        server.stop()
        return results

    def flat(self, what, command, expected):
        began, idle, peak, done = time.monotonic(), self.proxy.rss_mib(), 0, threading.Event()

        def watch():
            nonlocal peak
            while not done.wait(0.05):
                peak = max(peak, self.proxy.rss_mib())

        watcher = threading.Thread(target=watch)
        watcher.start()
        told = subprocess.run(["bash", "-c", command], capture_output=True, text=True).stdout.strip()
        done.set()
        watcher.join()
        flat = told == expected and peak - idle < FLAT_MIB
        seconds = time.monotonic() - began
        print(f"{'identical' if flat else 'differs':<10}{what:<22}{told!r} in {seconds:.1f} s, resident memory {idle:.0f} → {peak:.0f} MiB at most")
        return flat


def differences_of(front, back):
    """What of a connection was not passed on as it came, in either direction."""
    for what, lines, entered, left in (
        ("request", REQUEST_LINES, front.requests, back.requests),
        ("response", RESPONSE_LINES, back.responses, front.responses),
    ):
        entered, left = lines.sub(b"", bytes(entered)), lines.sub(b"", bytes(left))
        if entered != left:
            texts = [data[:4000].decode("latin-1").splitlines() for data in (entered, left)]
            yield f"{what}: {len(entered)} bytes in, {len(left)} bytes out"
            yield from difflib.unified_diff(*texts, "in", "out", lineterm="", n=1)


UPGRADE = """
import socket, sys
with socket.create_connection((sys.argv[1], int(sys.argv[2])), timeout=10) as talk:
    talk.sendall(b"GET /up HTTP/1.1\\r\\nHost: a\\r\\nConnection: Upgrade\\r\\nUpgrade: echo\\r\\n\\r\\n")
    told = b""
    while not told.endswith(b"\\r\\n\\r\\n"):
        told += talk.recv(1)
    assert told.startswith(b"HTTP/1.1 101 "), told
    talk.sendall(b"\\x00GET / HTTP/1.1\\r\\n\\r\\n" * 1000)
    talk.shutdown(socket.SHUT_WR)
    echoed = b""
    while read := talk.recv(65536):
        echoed += read
    assert echoed == b"\\x00GET / HTTP/1.1\\r\\n\\r\\n" * 1000, len(echoed)
"""
SPEAKS_FIRST = """
import socketserver, sys
class Speaker(socketserver.StreamRequestHandler):
    def handle(self):
        self.wfile.write(b"220 ready\\r\\n")
        self.wfile.write(b"250 " + self.rfile.readline())
class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
Server(("127.0.0.1", int(sys.argv[1])), Speaker).serve_forever()
"""
LISTENS_FIRST = """
import socket, sys, time
began = time.monotonic()
with socket.create_connection((sys.argv[1], int(sys.argv[2])), timeout=10) as talk, talk.makefile("rwb") as lines:
    assert lines.readline() == b"220 ready\\r\\n"
    assert time.monotonic() - began < 1, time.monotonic() - began
    lines.write(b"EHLO me\\r\\n")
    lines.flush()
    assert lines.readline() == b"250 EHLO me\\r\\n"
"""

if __name__ == "__main__":
    main()
