# shellcheck shell=bash
# Unreadable annotation values, an unknown config and a misplaced annotation each give a warning that says so; the pods run.
make_namespace
kubectl apply -n "$namespace" -f "$sandbox/manifests/20-tracing-config.yaml"
programmed

told=$(apply pods.yaml)
echo "$told"
contains "warnings" "$told" 'sidetrace.io/inject: "yes please"'
contains "warnings" "$told" 'sidetrace.io/exclude-inbound-ports: "lots"'
contains "warnings" "$told" 'sidetrace.io/sampling is not supported yet'
contains "warnings" "$told" "TracingConfig $namespace/nowhere does not exist"
told=$(apply deployment.yaml)
echo "$told"
contains "warning" "$told" "sidetrace.io/inject"
contains "warning" "$told" "spec.template.metadata"
kubectl wait -n "$namespace" --for=condition=Ready --timeout=120s pod/unreadable pod/unreadable-ports pod/unknown-config
rolled_out "$namespace" misplaced
