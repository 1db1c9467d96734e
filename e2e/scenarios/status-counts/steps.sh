# shellcheck shell=bash
# A TracingConfig says which pods it is for, which of them use it, and which have no sidecar and why; their workloads have it as events.
make_namespace
traced_services
apply pods.yaml

await 60 "two current pods and one missing" pods_are sandbox '{"current":2,"injected":2,"matched":3,"missing":1,"outdated":0,"unknown":0}'
equal "missing pod" "$(config_status sandbox '.missingPods[] | "\(.name) \(.reason)"')" "on-the-host HostNetwork"
columns=$(kubectl get tracingconfig sandbox -n "$namespace" | awk 'NR == 1 { split($0, names) } NR == 2 { for (i in names) if (names[i] != "AGE") print names[i], $i }' | sort)
contains "columns" "$columns" "CURRENT 2
MATCHED 3
MISSING 1
NAME sandbox
OUTDATED 0
PROGRAMMED True
UNKNOWN 0"
await 30 "the events of service 1" told deployment/service1 Injected
await 30 "the event of the pod on the host's network" told pod/on-the-host 'Skipped.*HostNetwork'

# Nothing happens any more, so nothing is written: each sidecar is asked twice more meanwhile.
version() { kubectl get tracingconfig sandbox -n "$namespace" -o 'jsonpath={.metadata.resourceVersion}'; }
reads() { controller_metric 'sidetrace_controller_status_reads_total{outcome="answered"}'; }
reads_reach() { [ "$(reads)" -ge "$1" ]; }
before=$(version)
sidecars=$(controller_metric sidetrace_controller_sidecars)
await 120 "each sidecar to be asked again" reads_reach $(($(reads) + 2 * sidecars))
equal "version of the TracingConfig, idle" "$(version)" "$before"
