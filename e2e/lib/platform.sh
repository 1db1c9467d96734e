# shellcheck shell=bash
# What the demo and the scenarios stand on: the images, a cluster, the chart, and the sandbox in a namespace.
# shellcheck disable=SC2154  # root is set by the script that sources this
release=sidetrace
operator_namespace=sidetrace-system
sandbox=$root/e2e/sandbox
dist=$root/dist
ready_seconds=180s

# Every image as an archive in $dist, from what is built.
build_images() {
  mkdir -p "$dist"
  say "images: sidecar, operator, service 1, service 2, Zipkin"
  "$root/sidecar-image/image" "$dist/sidetrace-sidecar.oci.tar" >"$dist/images.log" 2>&1 || fail_with_log "$dist/images.log"
  "$root/operator/image" "$dist/sidetrace-operator.oci.tar" >>"$dist/images.log" 2>&1 || fail_with_log "$dist/images.log"
  "$sandbox/images" "$dist" >>"$dist/images.log" 2>&1 || fail_with_log "$dist/images.log"
}

fail_with_log() {
  tail -30 "$1" >&2
  fail "see $1"
}

embedded_cluster_up() {
  say "cluster: one node on this machine"
  "$root/e2e/cluster/cluster" up
  use_embedded_cluster
}

use_embedded_cluster() { eval "$("$root/e2e/cluster/cluster" env)"; }

load_images() {
  say "images: into the cluster"
  "$root/e2e/cluster/cluster" load "$dist"/*.oci.tar
}

push_images() { # REGISTRY/REPO
  local archive name
  for archive in "$dist"/*.oci.tar; do
    name=$(basename "$archive" .oci.tar)
    say "images: $name to $1"
    "$root/image/push" "$archive" "$1/$name" >/dev/null
  done
}

# install_chart REGISTRY : returns when the webhook serves pods.
install_chart() {
  say "chart: helm upgrade --install $release"
  helm upgrade --install "$release" "$root/helm/sidetrace" --namespace "$operator_namespace" --create-namespace \
    --set "sidecar.image.registry=$1" --set "operator.image.registry=$1" \
    --wait --timeout "$ready_seconds" >/dev/null
}

# sandbox_namespace NAMESPACE REPOSITORY : the namespace with a Zipkin of its own.
sandbox_namespace() {
  sed "s/name: sandbox/name: $1/" "$sandbox/manifests/00-namespace.yaml" | kubectl apply -f - >/dev/null
  manifest 10-zipkin.yaml "$2" | kubectl apply -n "$1" -f - >/dev/null
}

# sandbox_services NAMESPACE REPOSITORY COLLECTOR_ENDPOINT [FRONT_PROXY_CONFIGURATION] : the TracingConfig, then everything it is for.
sandbox_services() {
  local namespace=$1 repository=$2 endpoint=$3 configuration=${4:-$sandbox/front-proxy/front-proxy.yaml}
  sed "s|/api/v2/spans|$endpoint|" "$sandbox/manifests/20-tracing-config.yaml" | kubectl apply -n "$namespace" -f - >/dev/null
  kubectl wait -n "$namespace" --for=condition=Programmed --timeout=60s tracingconfig/sandbox >/dev/null
  sed "s|/api/v2/spans|$endpoint|" "$configuration" |
    kubectl create configmap front-proxy -n "$namespace" --from-file=front-proxy.yaml=/dev/stdin --dry-run=client -o yaml |
    kubectl apply -n "$namespace" -f - >/dev/null
  { manifest 30-services.yaml "$repository"; echo ---; manifest 40-front-proxy.yaml "$repository"; } |
    kubectl apply -n "$namespace" -f - >/dev/null
}

# The manifest with the images of the repository.
manifest() { sed "s|image: sidetrace.io/|image: $2/|" "$sandbox/manifests/$1"; }

rolled_out() { # NAMESPACE DEPLOYMENT…
  local namespace=$1 deployment
  shift
  for deployment in "$@"; do
    kubectl rollout status -n "$namespace" "deployment/$deployment" --timeout="$ready_seconds" >/dev/null
  done
}

# Twenty in a row to requests that ask not to be traced: for a moment after a pod has gone, the rules on the node still send one of two
# connections to its address.
answers_steadily() { # URL
  local _
  for _ in {1..20}; do curl -fsS -m 5 -o /dev/null -H 'b3: 0' "$1" || return 1; done
}

# What is needed to understand a failure: pods, events, and the last words of whatever matters.
diagnose() { # NAMESPACE…
  local namespace pod
  kubectl get pods -A -o wide
  for namespace in "$operator_namespace" "$@"; do
    echo "--- events in $namespace"
    kubectl get events -n "$namespace" --sort-by=.lastTimestamp | tail -15
    for pod in $(kubectl get pods -n "$namespace" -o name); do
      echo "--- log of $namespace $pod"
      kubectl logs -n "$namespace" "$pod" --all-containers --prefix --tail=15
    done
  done 2>&1
}
