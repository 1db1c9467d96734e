# shellcheck shell=bash
# need COMMAND[:PACKAGE]… : installs the Debian packages of the commands that are missing.
need() {
  local word missing=()
  for word in "$@"; do
    command -v "${word%%:*}" >/dev/null || missing+=("${word#*:}")
  done
  [ ${#missing[@]} -gt 0 ] || return 0
  say "installing Debian packages: ${missing[*]}"
  { command -v apt-get >/dev/null && [ "$(id -u)" = 0 ]; } || fail "missing: ${missing[*]} (expected: installed, or root on Debian 12)"
  # RUNLEVEL: none of them is wanted as a service.
  { apt-get update -qq && RUNLEVEL=1 DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}"; } \
    >/dev/null || fail "apt-get failed"
}
