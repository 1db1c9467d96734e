# shellcheck shell=bash
# Random sampling 100 → 0 → 100 takes effect without a restart, also on a connection that stays open.
make_namespace
traced_services
pod=$(pod_of service1)
python3 -B "$root/e2e/tools/sampling_edit.py" "$(address_of service1)" 100 0 100 -- \
  kubectl patch tracingconfig/sandbox -n "$namespace" --type merge -p '{"spec":{"sampling":{"random":PERCENT}}}'
equal "restarts of the sidecar" "$(restarts_of "$pod" sidetrace)" 0
equal "restarts of service 1" "$(restarts_of "$pod" service1)" 0
equal "pod of service 1" "$(pod_of service1)" "$pod"
