# shellcheck shell=sh
# The Debian packages that the cluster needs: command and package, installed when the command is missing.
install_packages() {
  missing=
  while read -r command package; do
    [ -x "$command" ] || command -v "$command" >/dev/null || missing="$missing $package"
  done <<LIST
containerd containerd
runc runc
nft nftables
ip iproute2
/usr/lib/cni/bridge containernetworking-plugins
openssl openssl
curl curl
mmdebstrap mmdebstrap
LIST
  [ -n "$missing" ] || return 0
  say "installing Debian packages:$missing"
  command -v apt-get >/dev/null || fail "no apt-get to install them with (expected: Debian 12)"
  # shellcheck disable=SC2086  # a list of words
  { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing; } >"$LOG/apt.log" 2>&1 ||
    fail "apt-get failed; see $LOG/apt.log"
}
