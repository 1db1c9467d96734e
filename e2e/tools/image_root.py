"""An image's file system, unpacked so that a program can be run in it as in a container. Only for a private mount namespace."""

import json
import subprocess
import tarfile
from pathlib import Path

from lab import run

DEVICES = ("null", "zero", "random", "urandom")


def unpack(archive, root):
    """Lays the layers of an OCI archive over each other in the folder, with the devices and /proc that a container has."""
    with tarfile.open(archive) as image:
        index = _json(image, "index.json")
        manifest = _json(image, _path(index["manifests"][0]["digest"]))
        root.mkdir(parents=True)
        for layer in manifest["layers"]:
            unpacking = subprocess.Popen(["tar", "-C", root, "-xzf" if "gzip" in layer["mediaType"] else "-xf", "-"], stdin=subprocess.PIPE)
            unpacking.stdin.write(image.extractfile(_path(layer["digest"])).read())
            unpacking.stdin.close()
            if unpacking.wait():
                raise SystemExit(f"{archive}: layer {layer['digest']} cannot be unpacked")
    run("mount", "-t", "proc", "proc", root / "proc")
    for device in DEVICES:
        (root / "dev" / device).touch()
        run("mount", "--bind", f"/dev/{device}", root / "dev" / device)


def share(folder, root):
    """Shows the folder, or file, inside at the same path."""
    inside = root / Path(folder).relative_to("/")
    if Path(folder).is_dir():
        inside.mkdir(parents=True, exist_ok=True)
    else:
        inside.touch()
    run("mount", "--bind", folder, inside)


def _json(image, path):
    return json.load(image.extractfile(path))


def _path(digest):
    return "blobs/" + digest.replace(":", "/")
