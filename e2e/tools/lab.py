"""A small network of namespaces on one machine, private to this process: when it ends, nothing of it is left.

Runs only under `unshare --net --mount --pid --fork --kill-child --mount-proc` (see e2e/compare and e2e/bench): every process started
here dies with this one, and every interface, mount and rule goes with the namespaces.
"""

import os
import shutil
import socket
import subprocess
import tempfile
import time
from pathlib import Path

SUBNET = "198.18.7"
START_SECONDS = 30
SIDECAR_ID = "1337"
# Under the sidecar's uid and gid, which the redirect lets pass; able to read a clone that only root may.
AS_SIDECAR = (
    *("setpriv", "--reuid", SIDECAR_ID, "--regid", SIDECAR_ID, "--clear-groups"),
    *("--inh-caps", "+dac_read_search", "--ambient-caps", "+dac_read_search"),
)


class Lab:
    def __init__(self, hosts):
        """hosts: name → address, as every process of the lab resolves it."""
        self.directory = Path(tempfile.mkdtemp(prefix="sidetrace-lab-"))
        self.directory.chmod(0o755)
        run("mount", "-t", "tmpfs", "tmpfs", "/run")
        run("ip", "link", "set", "lo", "up")
        run("ip", "link", "add", "lab0", "type", "bridge")
        run("ip", "address", "add", f"{SUBNET}.1/24", "dev", "lab0")
        run("ip", "link", "set", "lab0", "up")
        table = self.directory / "hosts"
        table.write_text("".join(f"{address} {name}\n" for name, address in {"localhost": "127.0.0.1", **hosts}.items()))
        run("mount", "--bind", table, "/etc/hosts")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        shutil.rmtree(self.directory, ignore_errors=True)

    def pod(self, name, address):
        """A network namespace of its own, reached by its address."""
        run("ip", "netns", "add", name)
        run("ip", "link", "add", f"veth-{name}", "type", "veth", "peer", "name", "eth0", "netns", name)
        run("ip", "link", "set", f"veth-{name}", "master", "lab0", "up")
        inside = ("ip", "-n", name)
        run(*inside, "link", "set", "lo", "up")
        run(*inside, "address", "add", f"{address}/24", "dev", "eth0")
        run(*inside, "link", "set", "eth0", "up")
        return Pod(self, name, address)

    def start(self, name, *command, **environment):
        log = self.directory / f"{name}.log"
        with log.open("ab") as out:
            process = subprocess.Popen(
                [str(word) for word in command],
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=out,
                env={**os.environ, **environment},
                start_new_session=True,
            )
        return Started(process, name, log)


class Pod:
    def __init__(self, lab, name, address):
        self.lab, self.name, self.address = lab, name, address

    def run(self, *command):
        return run("ip", "netns", "exec", self.name, *command)

    def start(self, name, *command, **environment):
        return self.lab.start(f"{self.name}-{name}", "ip", "netns", "exec", self.name, *command, **environment)

    def start_as_sidecar(self, name, *command, **environment):
        return self.start(name, *AS_SIDECAR, *command, **environment)


class Started:
    """A process of the lab with its log."""

    def __init__(self, process, name, log):
        self.process, self.name, self.log = process, name, log

    @property
    def pid(self):
        return self.process.pid

    def await_port(self, address, port, seconds=START_SECONDS):
        self.await_true(lambda: _answers(address, port), f"listen on {address}:{port}", seconds)
        return self

    def await_true(self, condition, what, seconds=START_SECONDS):
        deadline = time.monotonic() + seconds
        while not condition():
            if self.process.poll() is not None:
                raise SystemExit(f"{self.name} ended with {self.process.returncode} before it could {what}:\n{self.tail()}")
            if time.monotonic() > deadline:
                raise SystemExit(f"{self.name} did not {what} within {seconds} s:\n{self.tail()}")
            time.sleep(0.05)

    def tail(self):
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-20:])

    def stop(self):
        self.process.terminate()
        try:
            self.process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def _answers(address, port):
    try:
        socket.create_connection((address, port), timeout=1).close()
        return True
    except OSError:
        return False


def run(*command):
    done = subprocess.run([str(word) for word in command], stdin=subprocess.DEVNULL, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"{' '.join(map(str, command))} failed ({done.returncode}): {done.stderr.strip() or done.stdout.strip()}")
    return done.stdout
