# shellcheck shell=bash
# Port-forwards that outlive the script, each with its pid on file.
forwards=${XDG_CACHE_HOME:-$HOME/.cache}/sidetrace/forwards

# forward NAMESPACE SERVICE LOCAL_PORT PORT : listens on 127.0.0.1:LOCAL_PORT and is answered there when this returns.
forward() {
  local namespace=$1 service=$2 local_port=$3 port=$4
  stop_forward "$service"
  if answers "$local_port"; then
    fail "port $local_port on localhost is taken (expected: free, to forward service $service)"
  fi
  mkdir -p "$forwards"
  setsid kubectl port-forward -n "$namespace" --address 127.0.0.1 "service/$service" "$local_port:$port" \
    </dev/null >"$forwards/$service.log" 2>&1 &
  echo $! >"$forwards/$service.pid"
  await 20 "the port-forward of $service on $local_port; see $forwards/$service.log" answers "$local_port"
}

answers() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# Only if the pid on file still is a port-forward: numbers are used again.
stop_forward() {
  local file=$forwards/$1.pid pid
  [ -s "$file" ] || return 0
  pid=$(cat "$file")
  if tr '\0' ' ' <"/proc/$pid/cmdline" 2>/dev/null | grep -q "port-forward .*service/$1 "; then
    kill "$pid" 2>/dev/null || :
    await 10 "the port-forward of $1 to end" gone "$pid"
  fi
  rm -f "$file"
}

gone() { [ ! -d "/proc/$1" ] || grep -q '^State:.*zombie' "/proc/$1/status"; }

stop_forwards() {
  local file
  for file in "$forwards"/*.pid; do
    [ ! -e "$file" ] || stop_forward "$(basename "$file" .pid)"
  done
  rm -rf "$forwards"
}
