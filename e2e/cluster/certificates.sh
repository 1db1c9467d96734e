# shellcheck shell=sh
# One certificate authority, a certificate and a kubeconfig for each component; made once and kept.
make_certificates() {
  [ "$(cat "$PKI/made-for" 2>/dev/null)" != "$API" ] || return 0
  rm -rf "$PKI"
  mkdir -p "$PKI"
  (
    cd "$PKI"
    umask 077
    key ca
    openssl req -x509 -new -key ca.key -subj /CN=sidetrace-test -days 3650 -out ca.crt \
      -addext basicConstraints=critical,CA:TRUE -addext keyUsage=critical,keyCertSign,cRLSign
    certificate apiserver /CN=kube-apiserver "DNS:kubernetes,DNS:kubernetes.default,DNS:kubernetes.default.svc,IP:127.0.0.1,IP:$API_SERVICE_IP,IP:$NODE_IP"
    certificate kubelet-serving "/O=system:nodes/CN=system:node:$NODE" "DNS:$NODE,IP:$NODE_IP"
    certificate apiserver-to-kubelet /O=system:masters/CN=apiserver-to-kubelet
    certificate aggregator /CN=aggregator
    identity admin /O=system:masters/CN=admin
    identity kube-controller-manager /CN=system:kube-controller-manager
    identity kube-scheduler /CN=system:kube-scheduler
    identity kubelet "/O=system:nodes/CN=system:node:$NODE"
    identity kube-proxy /CN=system:kube-proxy
    openssl genrsa -out service-accounts.key 2048
    openssl rsa -in service-accounts.key -pubout -out service-accounts.pub
    cp admin.conf "$KUBECONFIG"
    echo "$API" >made-for
  ) 2>"$LOG/openssl.log" || fail "making certificates failed; see $LOG/openssl.log"
}

key() { openssl ecparam -name prime256v1 -genkey -noout -out "$1.key"; }

# certificate NAME SUBJECT [SUBJECT_ALTERNATIVE_NAMES]
certificate() {
  key "$1"
  {
    echo "basicConstraints=CA:FALSE"
    echo "keyUsage=digitalSignature,keyEncipherment"
    echo "extendedKeyUsage=serverAuth,clientAuth"
    [ -z "${3:-}" ] || echo "subjectAltName=$3"
  } >"$1.extensions"
  openssl req -new -key "$1.key" -subj "$2" |
    openssl x509 -req -CA ca.crt -CAkey ca.key -CAcreateserial -days 3650 -extfile "$1.extensions" -out "$1.crt"
}

# identity NAME SUBJECT : a client certificate inside the kubeconfig NAME.conf
identity() {
  certificate "$1" "$2"
  cat >"$1.conf" <<YAML
apiVersion: v1
kind: Config
clusters: [{name: sidetrace, cluster: {server: "$API", certificate-authority-data: $(base64 -w0 ca.crt)}}]
users: [{name: $1, user: {client-certificate-data: $(base64 -w0 "$1.crt"), client-key-data: $(base64 -w0 "$1.key")}}]
contexts: [{name: sidetrace, context: {cluster: sidetrace, user: $1}}]
current-context: sidetrace
YAML
}
