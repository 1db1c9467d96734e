#!/usr/bin/env bash
# What curl asks of files: curl-static.sh HOST PORT.
set -euo pipefail
base=http://$1:$2
ask() { curl -sS --fail-with-body -m 20 -o /dev/null "$@"; }
ask "$base/small" --next -sS -o /dev/null -I "$base/small" --next -sS -o /dev/null --compressed "$base/big" \
  --next -sS -o /dev/null -r 10-99,200-299 "$base/big" --next -sS -o /dev/null -z 'Fri, 01 Jan 2100 00:00:00 GMT' "$base/small" \
  --next -sS -o /dev/null "$base/empty" --next -sS -o /dev/null "$base/missing"
ask -0 "$base/big"
