# shellcheck shell=bash
# The independent implementations that e2e/providers reads spans back from, each installed once, by its version.
# shellcheck disable=SC2154  # root is set by the script that sources this
cache=${XDG_CACHE_HOME:-$HOME/.cache}/sidetrace
zipkin_version=3.6.1 jaeger_version=1.76.0 otelcol_version=0.140.0 oap_version=10.1.0 ddapm_version=1.69.1 moto_version=5.2.5 lightstep_version=4.4.8
# The set of SDKs: raise it with any of them.
sdks_version=1
python_sdks=(
  opentelemetry-sdk==1.45.2 opentelemetry-propagator-b3==1.45.1 opentelemetry-propagator-jaeger==1.45.1
  opentelemetry-propagator-ot-trace==0.66b1 opentelemetry-propagator-aws-xray==1.0.2
  ddtrace==4.16.0 aws-xray-sdk==2.15.0 apache-skywalking==1.1.0
)

# oracles NAME… : installs what is missing of them.
oracles() {
  mkdir -p "$cache"
  need python3 ip:iproute2
  local name
  for name in "$@"; do "oracle_$name"; done
}

java_home() { "$root/build" --java-home; }

oracle_zipkin() { # where the sandbox's image has it from, too
  [ -s "$cache/zipkin-$zipkin_version.jar" ] && return
  maven_artifact "io.zipkin:zipkin-server:$zipkin_version:jar:exec" "io/zipkin/zipkin-server/$zipkin_version/zipkin-server-$zipkin_version-exec.jar" \
    "$cache/zipkin-$zipkin_version.jar"
}

oracle_jaeger() { go_program "jaeger-$jaeger_version" github.com/jaegertracing/jaeger/cmd/jaeger; }

oracle_opentelemetry() { go_program "otelcol-$otelcol_version" .; }

oracle_datadog() { venv "ddapm-$ddapm_version" "ddapm-test-agent==$ddapm_version"; }

oracle_skywalking() {
  local home=$cache/oap-$oap_version
  [ -s "$home/classpath" ] && return
  say "installing SkyWalking's OAP server $oap_version"
  mkdir -p "$home"
  class_path "$root/e2e/oracles/skywalking-oap/pom.xml" "$home"
}

oracle_xray() { venv "moto-$moto_version" "moto[server,xray]==$moto_version"; }

oracle_lightstep() {
  oracle_opentelemetry
  # The newest protobuf that its generated code loads with.
  venv "lightstep-$lightstep_version" "lightstep==$lightstep_version" protobuf==3.20.3
}

# The SDKs that applications of the matrix are traced by, each language's together.
oracle_sdks() {
  need node:nodejs npm
  venv "sdks-$sdks_version" "${python_sdks[@]}"
  venv "lightstep-$lightstep_version" "lightstep==$lightstep_version" protobuf==3.20.3
  node_sdks "$cache/node-sdks-$sdks_version"
  java_sdks "$cache/java-sdks-$sdks_version"
}

node_sdks() { # FOLDER
  [ -e "$1/installed" ] && return
  say "installing SDKs for Node"
  mkdir -p "$1"
  cp "$root/e2e/sdks/node/package.json" "$1/"
  (cd "$1" && npm install --no-audit --no-fund --loglevel=error >&2) || fail "the SDKs for Node do not install"
  touch "$1/installed"
}

java_sdks() { # FOLDER
  say "building the application in Java"
  [ -s "$1/classpath" ] || class_path "$root/e2e/sdks/java/pom.xml" "$1"
  "$(java_home)/bin/javac" -nowarn -Xlint:-deprecation -d "$1/classes" -cp "$(cat "$1/classpath")" "$root"/e2e/sdks/java/*.java 2>"$1/log" ||
    fail_with "$1/log" "the application in Java does not build"
}

# class_path POM FOLDER : what Maven says the class path is, as FOLDER/classpath.
class_path() {
  mkdir -p "$2"
  JAVA_HOME=$(java_home) mvn -q --no-transfer-progress -f "$1" dependency:build-classpath "-Dmdep.outputFile=$2/classpath.new" >"$2/log" 2>&1 ||
    fail_with "$2/log" "$1 does not resolve"
  mv "$2/classpath.new" "$2/classpath"
}

fail_with() { # LOG WHAT
  tail -20 "$1" >&2
  fail "$2; see $1"
}

# go_program NAME PACKAGE : built in the module of the oracles, which fixes the versions of all.
go_program() {
  local sources=$root/e2e/oracles/go
  [ -x "$cache/$1" ] && [ -z "$(find "$sources" -newer "$cache/$1" -type f)" ] && return
  command -v go >/dev/null || fail "go is missing (expected: Go 1.26, to build $1)"
  say "building $1"
  (cd "$sources" && CGO_ENABLED=0 go build -buildvcs=false -trimpath -ldflags '-s -w' -o "$cache/$1.new" "$2") || fail "$1 does not build"
  mv "$cache/$1.new" "$cache/$1"
}

# venv NAME REQUIREMENT… : a Python environment of its own, for tools whose dependencies do not agree.
venv() {
  local home=$cache/venv-$1
  [ -e "$home/installed" ] && return
  say "installing $1"
  python3 -c 'import ensurepip' 2>/dev/null || need ensurepip:python3-venv
  { python3 -m venv "$home" && "$home/bin/pip" install -q --disable-pip-version-check "${@:2}"; } || fail "${*:2} does not install"
  touch "$home/installed"
}

# maven_artifact COORDINATES PATH_IN_REPOSITORY FILE
maven_artifact() {
  local jar=$HOME/.m2/repository/$2
  say "installing $1"
  [ -s "$jar" ] || "$root/build" -q dependency:get "-Dartifact=$1" -Dtransitive=false >&2 || fail "$1 does not resolve"
  cp "$jar" "$3"
}
