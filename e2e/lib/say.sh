# shellcheck shell=bash
# Progress, conditions that are waited for, and failure, for the scripts that source this.
started=${started:-$(date +%s)}

say() { printf '[%4d s] %s\n' $(($(date +%s) - started)) "$*"; }

fail() {
  printf '%s: %s\n' "$(basename "$0")" "$*" >&2
  exit 1
}

# await SECONDS WHAT COMMAND… : until the command succeeds; fails, naming what was waited for, when it does not in time.
await() {
  local seconds=$1 what=$2 deadline
  shift 2
  deadline=$(($(date +%s) + seconds))
  until "$@" >/dev/null 2>&1; do
    [ "$(date +%s)" -lt "$deadline" ] || fail "waited $seconds s for $what, in vain"
    sleep 0.1
  done
}
