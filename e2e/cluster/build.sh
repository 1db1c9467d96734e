# shellcheck shell=sh
# Builds every binary of the cluster from the one Go module, once per content, into $BIN.
build_binaries() {
  [ ! -x "$BIN/helm" ] || return 0
  command -v go >/dev/null || fail "go is missing (expected: Go 1.26, to build Kubernetes $KUBERNETES)"
  partial=$BIN.partial
  rm -rf "$partial"
  mkdir -p "$partial"
  say "building Kubernetes $KUBERNETES, CoreDNS $COREDNS and Helm into $BIN; the first time takes about 10 minutes"
  export CGO_ENABLED=0 GOFLAGS=-buildvcs=false
  with_progress "modules downloaded" "downloading " \
    go list -C "$HERE/hyperkube" -deps . ./pause helm.sh/helm/v3/cmd/helm
  packages=$(sort -u "$LOG/build.out" | wc -l)
  version=v$KUBERNETES
  with_progress "of $packages packages compiled" "^[^ ]*$" \
    go build -C "$HERE/hyperkube" -v -trimpath -o "$partial/" -ldflags "-s -w \
      -X k8s.io/component-base/version.gitVersion=$version -X k8s.io/client-go/pkg/version.gitVersion=$version \
      -X k8s.io/component-base/version.gitMajor=1 -X k8s.io/component-base/version.gitMinor=36" \
    . ./pause helm.sh/helm/v3/cmd/helm
  for name in etcd kube-apiserver kube-controller-manager kube-scheduler kubelet kube-proxy kubectl coredns; do
    ln -s hyperkube "$partial/$name"
  done
  rm -rf "$BIN"
  mv "$partial" "$BIN"
  say "built"
}

# with_progress WHAT PATTERN COMMAND… : runs it, and says every 5 s how many lines of its log match.
with_progress() {
  what=$1 pattern=$2
  shift 2
  "$@" >"$LOG/build.out" 2>"$LOG/build.log" &
  pid=$!
  while kill -0 $pid 2>/dev/null; do
    sleep 1
    ticks=$((${ticks:-0} + 1))
    [ $((ticks % 5)) != 0 ] || say "$(grep -c "$pattern" "$LOG/build.log") $what"
  done
  wait $pid || { tail -20 "$LOG/build.log" >&2; fail "$1 $2 failed; see $LOG/build.log"; }
}
