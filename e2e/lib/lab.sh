# shellcheck shell=bash
# What the checks beside a cluster stand on: the operator's rendering, the sidecar's image, and namespaces of their own.
# shellcheck disable=SC2154  # root is set by the script that sources this
rendered=$root/dist/rendered
image=$root/dist/sidetrace-sidecar.oci.tar

want_root() { [ "$(id -u)" = 0 ] || fail "uid $(id -u) (expected: root, to make network namespaces)"; }

want_no_arguments() { [ $# = 0 ] || fail "$1: unknown argument (expected: none)"; }

want_image() { [ -s "$image" ] || fail "no ${image#"$root/"} (expected: sidecar-image/image ${image#"$root/"})"; }

# in_lab TOOL ARGUMENT… : goes on as the Python tool, on what the operator renders for a TracingConfig (the sandbox's, unless `manifest` names
# another), in private namespaces: whatever ends it, nothing is left. Wants what `./build package` made.
in_lab() {
  local tool=$1
  shift
  render
  exec unshare --net --mount --pid --fork --kill-child --mount-proc python3 -B "$root/e2e/tools/$tool.py" "$@"
}

render() {
  local jar
  jar=$(find "$root/operator/target" -maxdepth 1 -name 'sidetrace-operator-*.jar' -print -quit 2>/dev/null)
  [ -n "$jar" ] || fail "operator/target holds no operator (expected: ./build package)"
  mkdir -p "$rendered"
  "$("$root/build" --java-home)/bin/java" -cp "$jar:$root/operator/target/lib/*" "$root/e2e/tools/Rendered.java" \
    "${manifest:-$root/e2e/sandbox/manifests/20-tracing-config.yaml}" sandbox "$rendered" 2>"$rendered/log" || { cat "$rendered/log" >&2; fail "rendering failed"; }
}
