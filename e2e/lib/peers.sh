# shellcheck shell=bash
# Peers and tools in Go, built once into a folder of their own.
# shellcheck disable=SC2154  # root is set by the script that sources this
peers=$root/dist/peers

# grpc_peer: the gRPC service, its client and the plain HTTP/2 server.
grpc_peer() {
  command -v go >/dev/null || fail "go is missing (expected: Go 1.26, to build the peers)"
  (cd "$root/e2e/grpc" && CGO_ENABLED=0 go build -buildvcs=false -o "$peers/grpc-peer" .) || fail "e2e/grpc does not build"
}

# go_tool NAME PACKAGE@VERSION : installed where no module of ours is, so that it brings its own versions.
go_tool() {
  [ -x "$peers/$1" ] || (cd / && GOBIN=$peers CGO_ENABLED=0 go install "$2") || fail "$2 does not install"
}
