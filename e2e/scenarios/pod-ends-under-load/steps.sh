# shellcheck shell=bash
# Pods end under load: no request fails while the application serves, no span is lost, and the sidecar ends within 2 s after it.
make_namespace
collector=198.18.0.1 collector_port=9412 # on the node, and not the port that the scenarios' Zipkin has

fill() { # FILE NAME=VALUE…
  local file=$1 pair edits=()
  shift
  for pair in "$@"; do edits+=(-e "s|__${pair%%=*}__|${pair#*=}|g"); done
  sed "${edits[@]}" "$folder/$file" | apply -
}

deployment() { # NAME INJECT GRACE LINGER BACKEND
  fill app.yaml "NAME=$1" "INJECT=$2" "GRACE=$3" "LINGER=$4" "BACKEND=$5"
}

kubectl create configmap programs -n "$namespace" --from-file="$folder/app.py" --from-file="$root/e2e/tools/steady_load.py"
fill config.yaml "COLLECTOR=$collector" "COLLECTOR_PORT=$collector_port"
programmed
deployment backend false 2 0 ''
deployment lingering true 10 8 backend # serves for nearly its whole grace period, then ends
deployment killed true 6 60 backend # serves until it is killed
deployment abrupt true 6 0 ''
deployment abrupt-plain false 6 0 ''
fill client.yaml NAME=client-injected INJECT=true
fill client.yaml NAME=client-plain INJECT=false
rolled_out "$namespace" backend lingering killed abrupt abrupt-plain
kubectl wait -n "$namespace" --for=condition=Ready --timeout=60s pod/client-injected pod/client-plain
python3 -B "$root/e2e/tools/pod_ends.py" "$namespace" "$collector" "$collector_port"
