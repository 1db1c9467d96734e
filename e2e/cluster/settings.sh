# shellcheck shell=sh disable=SC2034  # read by the scripts that source this
# Names, addresses and places of the test cluster. Everything it writes is below STATE, RUN, or a kernel object named here.
cache=${XDG_CACHE_HOME:-$HOME/.cache}/sidetrace
STATE=$cache/cluster       # images and certificates are kept here between runs
RUN=/run/sidetrace-cluster # gone at a reboot, as the kernel's objects are
PKI=$STATE/pki
LOG=$STATE/log

KUBERNETES=1.36.3
COREDNS=1.15.0
BIN=$cache/kubernetes-$KUBERNETES-$(cat "$HERE/hyperkube/go.mod" "$HERE/hyperkube/main.go" "$HERE/hyperkube/pause/main.go" | sha256sum | cut -c1-12)

NODE=sidetrace
BRIDGE=sidetrace0    # pods hang on it; its address is the node's, so that nothing listens on a real one
PODS=198.18.0.0/24   # 198.18.0.0/15 is set aside for benchmarks (RFC 2544): it collides with no real network
NODE_IP=198.18.0.1
SERVICES=198.19.0.0/17
API_SERVICE_IP=198.19.0.1
DNS_IP=198.19.0.10
API=https://$NODE_IP:6443
ETCD=http://127.0.0.1:12379
PAUSE_IMAGE=sidetrace.io/e2e-pause:1
COREDNS_IMAGE=sidetrace.io/e2e-coredns:$COREDNS
CONTAINERD=$RUN/containerd.sock
PROCESSES="etcd containerd kube-apiserver kube-controller-manager kube-scheduler kubelet kube-proxy"

export KUBECONFIG="$STATE/admin.conf"
export PATH="$BIN:$PATH"
