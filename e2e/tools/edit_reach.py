"""Measures how long an edit takes to be applied in many pods: each sidecar is asked for the version of its configuration until it says
another one than before. Fails when the 99th percentile of all pods and edits is above the limit.

    edit_reach.py EDITS LIMIT_SECONDS -- COMMAND…      addresses on standard input; PERCENT in COMMAND stands for a new value each time
"""

import asyncio
import json
import subprocess
import sys
import time

STATUS_PORT = 15020
# Between two questions to one pod. Shorter, the questions would keep the node from its work.
INTERVAL = 0.25
EFFECT_SECONDS = 120
ANSWER_SECONDS = 10
# So many questions at once.
QUESTIONS = 20


def main():
    edits, limit = int(sys.argv[1]), float(sys.argv[2])
    command = sys.argv[sys.argv.index("--") + 1 :]
    addresses = sys.stdin.read().split()
    if not addresses:
        raise SystemExit("no addresses (expected: one a line on standard input)")
    taken = []
    for number in range(edits):
        seconds = asyncio.run(edit(addresses, [word.replace("PERCENT", str(50 + number)) for word in command]))
        print(f"edit {number + 1}: p50 {percentile(seconds, 50):.2f} s, p99 {percentile(seconds, 99):.2f} s, last {max(seconds):.2f} s")
        taken += seconds
    worst = percentile(taken, 99)
    print(f"figure: {len(addresses)} pods, {edits} edits: p50 {percentile(taken, 50):.1f} s, p99 {worst:.1f} s, last {max(taken):.1f} s")
    if worst > limit:
        raise SystemExit(f"p99: {worst:.1f} s (expected: at most {limit:g} s)")


async def edit(addresses, command):
    """The seconds until each pod has applied the edit, from before it was made."""
    questions = asyncio.Semaphore(QUESTIONS)
    before = await asyncio.gather(*(applied(address, questions) for address in addresses))
    began = time.monotonic()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return await asyncio.gather(*(reached(*pod, began, questions) for pod in zip(addresses, before)))


async def reached(address, before, began, questions):
    while await applied(address, questions) == before:
        if time.monotonic() - began > EFFECT_SECONDS:
            raise SystemExit(f"{address} still uses {before} after {EFFECT_SECONDS} s")
        await asyncio.sleep(INTERVAL)
    return time.monotonic() - began


async def applied(address, questions):
    async with questions:
        async with asyncio.timeout(ANSWER_SECONDS):
            reader, writer = await asyncio.open_connection(address, STATUS_PORT)
            writer.write(f"GET /status HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n".encode())
            answer = await reader.read()
            writer.close()
    return json.loads(answer.partition(b"\r\n\r\n")[2])["config"]["applied"]


def percentile(values, percent):
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, len(ordered) * percent // 100)]


if __name__ == "__main__":
    main()
