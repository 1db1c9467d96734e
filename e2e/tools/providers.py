"""Exports the sandbox's traces by every provider to an independent implementation, reads them back from it, and judges them.

Started by e2e/providers, which installs the oracles and makes the private namespaces.
"""

import argparse
import sys
from dataclasses import replace
from pathlib import Path

from canary import Secret
from lab import Lab
from oracles.oracle import Tools
from planes import Envoy, Sidetrace
from proof import Proof
from provider_rows import rows

PLANES = ("envoy", "sidetrace")


def main():
    arguments = parse()
    with Lab({}) as lab:
        secret = Secret.fresh(lab.directory / "token")
        proof = Proof(lab, Tools(arguments.java, arguments.cache), plane_of(arguments.plane), secret)
        passed = proof.run(chosen(arguments, secret))
    sys.exit(0 if passed else 1)


def plane_of(name):
    """The sidecar tells all that it ever tells: none of it may be the credential."""
    return replace(Sidetrace.find(), level="trace") if name == "sidetrace" else Envoy.find()


def parse():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("java", type=Path)
    arguments.add_argument("cache", type=Path)
    arguments.add_argument("only", nargs="*", metavar="PROVIDER", help="only these providers, or rows by their names")
    arguments.add_argument("--plane", choices=PLANES, default="sidetrace", help="envoy: what the reference sends, before the same judges")
    return arguments.parse_intermixed_args()


def chosen(arguments, secret):
    every = rows(secret)
    unknown = set(arguments.only) - {word for row in every for word in (row.id, row.provider)}
    if unknown:
        raise SystemExit(f"{', '.join(sorted(unknown))}: no such provider (expected: {', '.join(row.id for row in every)})")
    wanted = [row for row in every if not arguments.only or row.id in arguments.only or row.provider in arguments.only]
    return [row for row in wanted if arguments.plane == "sidetrace" or not row.sidetrace_only]


if __name__ == "__main__":
    main()
