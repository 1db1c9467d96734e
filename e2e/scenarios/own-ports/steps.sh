# shellcheck shell=bash
# Connections to the sidecar's own ports from outside are closed or refused; the pod stays fine.
make_namespace
traced_services
pod=$(pod_of service1) address=$(address_of service1)
raw() { python3 -B "$root/e2e/tools/raw.py" "$@"; }
request='GET /alone HTTP/1.1\r\nHost: service1\r\n\r\n'

for _ in 1 2 3 4 5; do
  case $(raw "$address:15006" "$request") in
    "(closed)" | "(reset)") ;;
    *) fail "15006 answered a connection that was not redirected to it (expected: closed)" ;;
  esac
done
equal "15001 from outside" "$(raw "$address:15001" "$request")" "(refused)"
equal "15000 from outside" "$(raw "$address:15000" "$request")" "(refused)"
equal "answer of the pod" "$(answer_code "http://$address:8080/trace/1")" 200
equal "restarts of the sidecar" "$(restarts_of "$pod" sidetrace)" 0
