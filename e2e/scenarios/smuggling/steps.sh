# shellcheck shell=bash
# A request with both Content-Length and Transfer-Encoding is answered 400 and never reaches the application.
make_namespace
traced_services
address=$(address_of service1)
answer=$(python3 -B "$root/e2e/tools/raw.py" "$address:8080" \
  'POST /orders HTTP/1.1\r\nHost: service1\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: service1\r\n\r\n')
contains "answer" "$answer" "HTTP/1.1 400"
equal "answers" "$(grep -c '^HTTP/1.1 ' <<<"$answer")" 1
contains "end of the connection" "$answer" "(closed)"
equal "requests the application saw" "$(kubectl logs -n "$namespace" "$(pod_of service1)" -c service1 | grep -cE 'orders|smuggled' || :)" 0
equal "next request" "$(answer_code "http://$address:8080/alone")" 200
