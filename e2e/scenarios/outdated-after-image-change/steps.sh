# shellcheck shell=bash
# Pods whose sidecar's image or resources are not what the operator would give them now are outdated, by name, until they are restarted.
make_namespace
traced_services
await 60 "two current pods" pods_are sandbox '{"current":2,"injected":2,"matched":2,"missing":0,"outdated":0,"unknown":0}'
image=$(kubectl get deployment sidetrace-controller -n "$operator_namespace" -o json |
  jq -r '.spec.template.spec.containers[0].env[] | select(.name == "SIDECAR_IMAGE").value')

sidecar_image() { # IMAGE
  kubectl set env -n "$operator_namespace" deployment/sidetrace-controller SIDECAR_IMAGE="$1" >/dev/null
  rolled_out "$operator_namespace" sidetrace-controller
}

undo_at_end sidecar_image "$image"
sidecar_image "$image-next"
await 90 "two outdated pods" pods_are sandbox '{"current":0,"injected":2,"matched":2,"missing":0,"outdated":2,"unknown":0}'
equal "reasons" "$(config_status sandbox '[.outdatedPods[] | "\(.reason): \(.message)"] | unique[]')" \
  "NeedsRestart: changed since it was injected: image (expected: a restart of the pod)"
await 30 "the event of service 1" told deployment/service1 'Outdated.*image'

sidecar_image "$image"
await 90 "two current pods again" pods_are sandbox '{"current":2,"injected":2,"matched":2,"missing":0,"outdated":0,"unknown":0}'

kubectl annotate pod -n "$namespace" "$(pod_of service2)" sidetrace.io/sidecar-memory=160Mi >/dev/null
await 60 "one outdated pod" pods_are sandbox '{"current":1,"injected":2,"matched":2,"missing":0,"outdated":1,"unknown":0}'
contains "message" "$(config_status sandbox '.outdatedPods[0].message')" resources
kubectl delete pod -n "$namespace" "$(pod_of service2)" >/dev/null
rolled_out "$namespace" service2
await 60 "two current pods after the restart" pods_are sandbox '{"current":2,"injected":2,"matched":2,"missing":0,"outdated":0,"unknown":0}'
