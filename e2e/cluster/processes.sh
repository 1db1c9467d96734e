# shellcheck shell=sh
# The cluster's processes, known by pid and start time: a pid that was given to another program since is never signalled.

# The start time of a running process in clock ticks since boot: field 22, counted behind the command, which may hold blanks.
# A dead one that its parent has not asked after (state Z) does not count.
start_time() { sed -n 's/.*) \([^Z].*\)/\1/p' "/proc/$1/stat" 2>/dev/null | cut -d' ' -f20; }

alive() {
  [ -s "$RUN/$1.pid" ] || return 1
  read -r pid started_at <"$RUN/$1.pid"
  [ -n "$started_at" ] && [ "$(start_time "$pid")" = "$started_at" ]
}

# start NAME ARGUMENT… : detached, in a session of its own; a running one is left alone
start() {
  name=$1
  shift
  ! alive "$name" || return 0
  setsid "$name" "$@" >>"$LOG/$name.log" 2>&1 </dev/null &
  echo "$! $(start_time $!)" >"$RUN/$name.pid"
}

# stop SIGNAL NAME… : all at once, waits for their end, and kills what is still there after 10 s
stop() {
  signal=$1
  shift
  for name in "$@"; do ! alive "$name" || kill "-$signal" "$pid"; done
  deadline=$(($(date +%s) + 10))
  for name in "$@"; do
    while alive "$name" && [ "$(date +%s)" -lt $deadline ]; do sleep 0.05; done
    ! alive "$name" || kill -KILL "$pid"
    rm -f "$RUN/$name.pid"
  done
}

# wait_for SECONDS WHAT COMMAND…
wait_for() {
  deadline=$(($(date +%s) + $1)) what=$2
  shift 2
  until "$@" >/dev/null 2>&1; do
    [ "$(date +%s)" -lt $deadline ] || fail "$what did not happen in time; logs are in $LOG"
    sleep 0.1
  done
  say "$what"
}
