# shellcheck shell=bash
# render FOLDER : what the operator renders for the sandbox's TracingConfig, from what `./build package` made.
# shellcheck disable=SC2154  # root is set by the script that sources this
render() {
  local folder=$1 jar
  jar=$(find "$root/operator/target" -maxdepth 1 -name 'sidetrace-operator-*.jar' -print -quit 2>/dev/null)
  [ -n "$jar" ] || fail "operator/target holds no operator (expected: ./build package)"
  mkdir -p "$folder"
  "$("$root/build" --java-home)/bin/java" -cp "$jar:$root/operator/target/lib/*" "$root/e2e/tools/Rendered.java" \
    "$root/e2e/sandbox/manifests/20-tracing-config.yaml" sandbox "$folder" 2>"$folder/log" || { cat "$folder/log" >&2; fail "rendering failed"; }
}
