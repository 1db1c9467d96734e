#!/usr/bin/env bash
# The corpus's curl: curl.sh HOST PORT; several requests over one connection, then those that want one of their own.
set -euo pipefail
base=http://$1:$2
ask() { curl -sS --fail-with-body -m 20 -o /dev/null "$@"; }
ask "$base/small?q=1" -H 'X-MiXeD-CaSe:   kept  ' --next -sS -o /dev/null -I "$base/small" --next -sS -o /dev/null "$base/chunked" \
  --next -sS -o /dev/null "$base/empty" --next -sS -o /dev/null "$base/big"
head -c 2000000 /dev/zero | ask -H 'Expect: 100-continue' --data-binary @- "$base/echo" # curl holds the body until 100 comes
head -c 100000 /dev/zero | ask -X POST -H 'Transfer-Encoding: chunked' --data-binary @- "$base/echo"
ask -0 "$base/small"
ask -H 'Connection: close' "$base/chunked"
