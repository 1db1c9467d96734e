"""When the processes of a pod end, seen from the node that they run on."""

import os
import select
import threading
import time
from pathlib import Path

SIDECAR_HOME = "/opt/sidetrace/"
PAUSE = "/pause"


class AppEnd:
    """Watches a pod's processes from now on."""

    def __init__(self, pod_uid):
        self.ended = {"app": [], "sidecar": []}
        self.threads = []
        for pid in pids_of(pod_uid):
            command = Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
            if not command.startswith(PAUSE):
                part = "sidecar" if SIDECAR_HOME in command else "app"
                thread = threading.Thread(target=self._watch, args=(os.pidfd_open(pid), part), daemon=True)
                thread.start()
                self.threads.append(thread)

    def _watch(self, pidfd, part):
        poll = select.poll()
        poll.register(pidfd, select.POLLIN)
        poll.poll()
        os.close(pidfd)
        self.ended[part].append(time.monotonic())

    def outlived_seconds(self):
        """From the end of the application's last process to that of the sidecar's; None without a sidecar. Once the pod is gone."""
        for thread in self.threads:
            thread.join()
        return max(self.ended["sidecar"]) - max(self.ended["app"]) if self.ended["sidecar"] else None


def pids_of(pod_uid):
    for entry in Path("/proc").iterdir():
        try:
            if entry.name.isdigit() and f"pod{pod_uid}" in (entry / "cgroup").read_text():
                yield int(entry.name)
        except (FileNotFoundError, ProcessLookupError):
            pass  # ended while it was looked at
