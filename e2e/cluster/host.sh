# shellcheck shell=sh
# What the cluster changes on this host, how that is undone, and what is found of it afterwards.

# Written by kubelet, kube-proxy, the bridge plugin and us; put back by clean_host.
SYSCTLS="net.ipv4.ip_forward net.bridge.bridge-nf-call-iptables net.ipv4.conf.all.route_localnet
  kernel.panic kernel.panic_on_oops kernel.keys.root_maxbytes kernel.keys.root_maxkeys vm.overcommit_memory vm.panic_on_oom"

# Made by libcni, the kubelet and containerd's shims, which know no setting for them; removed when they are empty.
FIXED_FOLDERS="/var/lib/cni/results /var/lib/kubelet/device-plugins /run/containerd/s"

prepare_host() {
  if [ ! -s "$RUN/sysctls" ]; then
    for name in $SYSCTLS; do
      ! value=$(sysctl -n "$name" 2>/dev/null) || echo "$name=$value"
    done >"$RUN/sysctls"
  fi
  sysctl -qw net.ipv4.ip_forward=1
  # A reply between two pods on the bridge must pass the service translation too.
  [ -e /proc/sys/net/bridge ] || modprobe br_netfilter || fail "no br_netfilter in this kernel"
  sysctl -qw net.bridge.bridge-nf-call-iptables=1

  ip link show "$BRIDGE" >/dev/null 2>&1 || ip link add "$BRIDGE" type bridge
  ip address replace "$NODE_IP/${PODS#*/}" dev "$BRIDGE"
  ip link set "$BRIDGE" up
  ip route replace "$SERVICES" dev "$BRIDGE" src "$NODE_IP" # so that the API server reaches services on a host without a default route
  nft -f - <<NFT
table ip sidetrace-cluster
delete table ip sidetrace-cluster
table ip sidetrace-cluster {
  chain leaving {
    type nat hook postrouting priority srcnat
    ip saddr $PODS ip daddr != 198.18.0.0/15 masquerade
  }
}
NFT
}

clean_host() {
  our_cgroups | while read -r group; do xargs -r kill -9 <"$group/cgroup.procs"; done 2>/dev/null
  # A shim outlives a killed containerd, and nobody records its pid; its command line names our socket.
  our_processes | xargs -r kill -9
  for try in 1 2 3; do # what is killed may hold a mount or a cgroup for a moment
    our_mounts | sort -r | xargs -r -n1 umount -l 2>/dev/null
    our_cgroups | sort -r | xargs -r rmdir 2>/dev/null
    [ -n "$(our_mounts)$(our_cgroups)$(our_processes)" ] || break
    sleep "0.$try"
  done
  our_tables | while read -r table; do nft delete "$table"; done
  ip link delete "$BRIDGE" 2>/dev/null
  our_files | xargs -r rm -f
  # shellcheck disable=SC2086  # a list of words
  rmdir --parents --ignore-fail-on-non-empty $FIXED_FOLDERS 2>/dev/null
  ! [ -s "$RUN/sysctls" ] || sysctl -q -p "$RUN/sysctls"
}

# One line for each thing that the cluster made and that is still there.
leftovers() {
  our_processes | sed 's/^/process /'
  our_mounts | sed 's/^/mount /'
  our_cgroups | sed 's/^/cgroup /'
  our_tables
  ip -o link show "$BRIDGE" 2>/dev/null | sed 's/^/interface /'
  our_files | sed 's/^/file /'
  ! [ -s "$RUN/sysctls" ] || while IFS='=' read -r name value; do
    [ "$(sysctl -n "$name")" = "$value" ] || echo "sysctl $name=$(sysctl -n "$name") (before: $value)"
  done <"$RUN/sysctls"
}

# Every process of ours names our state or our run folder in its command line; kubectl and helm are the user's own.
our_processes() {
  for directory in /proc/[0-9]*; do
    line=$({ tr '\0' ' ' <"$directory/cmdline"; } 2>/dev/null) || continue # ended meanwhile
    program=${line%% *}
    case ${program##*/} in
      etcd | kube-* | kubelet | containerd | containerd-shim*) ;;
      *) continue ;;
    esac
    case $line in
      *"$STATE"* | *"$RUN"*) echo "${directory#/proc/}" ;;
    esac
  done
}

our_mounts() { cut -d' ' -f2 /proc/mounts | grep -E "^($STATE|$RUN)/"; }

our_cgroups() { find /sys/fs/cgroup/kubepods /sys/fs/cgroup/k8s.io /sys/fs/cgroup/*/kubepods /sys/fs/cgroup/*/k8s.io -type d 2>/dev/null; }

our_tables() { nft list tables 2>/dev/null | grep -E '^table (ip|ip6) (kube-proxy|sidetrace-cluster)$'; }

our_files() {
  grep -ls "$RUN" /var/lib/cni/results/*
  find /var/lib/kubelet/device-plugins -name kubelet.sock 2>/dev/null
}
