# shellcheck shell=sh
# The cluster's own two images, each a single binary, and the loading of archives.
make_images() {
  [ ! -s "$BIN/coredns.oci.tar" ] || return 0
  say "packing the pause and CoreDNS images"
  single_binary pause "$PAUSE_IMAGE" 65535 pause
  single_binary coredns "$COREDNS_IMAGE" 0 hyperkube
}

# single_binary NAME IMAGE UID BINARY
single_binary() {
  work=$RUN/image
  rm -rf "$work"
  mkdir -p "$work/root/etc"
  cp "$BIN/$4" "$work/root/$1"
  "$HERE/../../image/layer" "$work/root" "$work/layer.tar"
  "$HERE/../../image/archive" --name "$2" --layer "$work/layer.tar" --entrypoint "/$1" --user "$3" --output "$BIN/$1.oci.tar" >/dev/null
  rm -rf "$work"
}

containerd_client() { ctr --address "$CONTAINERD" --namespace k8s.io "$@"; }

load_image() {
  [ -s "$1" ] || fail "$1: no such archive"
  containerd_client images import "$1" >>"$LOG/import.log" 2>&1 || fail "importing $1 failed; see $LOG/import.log"
}

# The cluster's own images stay in containerd from one run to the next.
load_own_images() {
  for pair in "$PAUSE_IMAGE pause" "$COREDNS_IMAGE coredns"; do
    containerd_client images check -q "name==${pair% *}" 2>/dev/null | grep -q . || load_image "$BIN/${pair#* }.oci.tar"
  done
}
