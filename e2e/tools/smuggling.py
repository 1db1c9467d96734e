"""The corpus's requests to real servers, directly and through the sidecar.

Started by e2e/smuggling, which makes the private namespaces.
"""

import argparse
import re
import socket
import sys
import time
from pathlib import Path

from bench_proxies import COLLECTOR_HOSTS, AsSidecar, Proxy, prepare_redirect
from lab import Lab
from planes import REPOSITORY, Sidetrace
from transparency import BEHIND, CORPUS, REQUEST_LINES, RESPONSE_LINES, SERVER, Corpus

ATTACKS = REPOSITORY / "sidecar-image" / "src" / "test" / "resources" / "fuzz" / "corpus.txt"
ESCAPE = re.compile(r"\\(?:x(..)|u(....)|(.))")
DATE = re.compile(rb"(?mi)^date:[^\n]*\n")
# One for each request as the sidecar sees them, and as a server does.
SEEN_BY_SIDECAR = re.compile(rb"(?mi)^x-request-id:")
ANSWERED = re.compile(rb"HTTP/1\.[01] [2-5]\d\d ")
REFUSAL = re.compile(rb"HTTP/1\.1 (?:400 Bad Request|431 Request Header Fields Too Large|501 Not Implemented)\r\n(?:[^\r\n]+\r\n)*connection: close\r\n")
# No attacks: the offer of HTTP/2 without TLS is taken out of a request on purpose, as UpgradeTest says; after the preface of HTTP/2 the
# sidecar speaks that too, and tells a server that does not.
EDITED = {"h2c", "http2"}
# Who has said nothing for so long says no more: it waits for the rest of a request. On a busy machine that may be wrong, so what
# disagrees is asked again with more patience.
SILENCE_SECONDS = (0.3, 3)
# For what is known to come.
ANSWER_SECONDS = 10


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("rendered", type=Path, help="directory with the operator's bootstrap.json, lds.json and cds.json")
    arguments = arguments.parse_args()
    with Lab(COLLECTOR_HOSTS) as lab:
        prepare_redirect()
        proxy = Proxy(lab, AsSidecar(Sidetrace.find()), 0, 1, arguments.rendered)
        proxy.start()
        verdicts = Attacks(lab, proxy).all()
    count = {verdict: verdicts.count(verdict) for verdict in ("identical", "refused", "DISAGREES")}
    print(f"smuggling: {len(verdicts)} exchanges, {count['identical']} identical, {count['refused']} refused, {count['DISAGREES']} disagreements")
    raise SystemExit(1 if count["DISAGREES"] or not count["refused"] or not count["identical"] else 0)


class Attacks:
    def __init__(self, lab, proxy):
        self.lab, self.corpus, self.address = lab, Corpus(lab, proxy), (proxy.address, BEHIND[1])
        self.requests = attacks()

    def all(self):
        servers = {
            "Python": (sys.executable, CORPUS / "servers" / "python.py", SERVER[1]),
            "Node": ("node", CORPUS / "servers" / "node.mjs", SERVER[1]),
            "Go": (self.corpus.built("servers"), SERVER[1]),
            "Java": (self.corpus.java, CORPUS / "servers" / "Server.java", SERVER[1]),
        }
        verdicts = []
        for server, command in servers.items():
            started = self.lab.start(f"server-{server}", *command).await_port(*SERVER)
            verdicts += self.against(server)
            started.stop()
        started = self.corpus.nginx()
        verdicts += self.against("nginx")
        started.stop()
        return verdicts

    def against(self, server):
        verdicts = [self.verdict(server, name, sent) for name, sent in self.requests.items()]
        print(f"{server}: {len(verdicts)} attacks, {verdicts.count('identical')} identical, {verdicts.count('refused')} refused")
        return verdicts

    def verdict(self, server, name, sent):
        for silence in SILENCE_SECONDS:
            verdict, why = self.asked(sent, silence)
            if verdict != "DISAGREES":
                return verdict
        print(f"DISAGREES {name} → {server}: {why}")
        return verdict

    def asked(self, sent, silence):
        direct = exchange(SERVER, sent, silence)
        recorded = self.corpus.behind.connections
        del recorded[:]
        through = exchange(self.address, sent, silence, direct)
        deadline = time.monotonic() + ANSWER_SECONDS
        while not recorded:  # the sidecar connects whatever comes; the recorder may be late to notice
            if time.monotonic() > deadline:
                return "DISAGREES", "no connection behind the sidecar (expected: one)"
            time.sleep(0.01)
        recorded[-1].ended.wait(ANSWER_SECONDS)
        forwarded, answered = bytes(recorded[-1].requests), bytes(recorded[-1].responses)
        wrong = self.wrong(sent, forwarded, answered)
        same, refused = plain(direct) == plain(through), refuses(plain(through), plain(direct))
        if not wrong and not same and not refused:
            wrong = f"directly {direct[:300]!r}, through the sidecar {through[:300]!r}"
        return "DISAGREES" if wrong else "identical" if same else "refused", wrong

    def wrong(self, sent, forwarded, answered):
        """What must not be, whatever the client got."""
        if not sent.startswith(REQUEST_LINES.sub(b"", forwarded)):
            return f"forwarded {forwarded[:300]!r} of {sent[:300]!r}"
        seen, answers = len(SEEN_BY_SIDECAR.findall(forwarded)), len(ANSWERED.findall(answered))
        if seen and answers > seen:
            return f"the sidecar saw {seen} requests, the server answered {answers}"
        return None


def attacks():
    """Of the corpus, the bytes of each request by its name."""
    entries = (line.split(" ", 2) for line in ATTACKS.read_text("ascii").splitlines() if line.startswith("request "))
    return {name: unescaped(text).encode("latin-1") for _, name, text in entries if name not in EDITED}


def unescaped(text):
    letters = {"r": "\r", "n": "\n", "t": "\t", "\\": "\\"}
    return ESCAPE.sub(lambda found: letters[found[3]] if found[3] else chr(int(found[1] or found[2], 16)), text)


def exchange(address, sent, silence, expected=b""):
    """All that comes back until the end, or until nothing more does."""
    received = bytearray()
    with socket.create_connection(address, timeout=ANSWER_SECONDS) as talk:
        try:
            talk.sendall(sent)
            talk.settimeout(silence if not expected else ANSWER_SECONDS)
            while read := talk.recv(65536):
                received += read
                talk.settimeout(ANSWER_SECONDS if len(plain(bytes(received))) < len(plain(expected)) else silence)
        except OSError:
            pass
    return bytes(received)


def plain(response):
    return DATE.sub(b"", RESPONSE_LINES.sub(b"", response))


def refuses(through, direct):
    """Whether the sidecar's refusal stands behind answers that the server gave directly too."""
    refusal = REFUSAL.search(through)
    return refusal is not None and direct.startswith(through[: refusal.start()])


if __name__ == "__main__":
    main()
