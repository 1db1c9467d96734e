// A gRPC service and a plain HTTP/2 server to stand behind a proxy, and the client that checks every kind of call through it.
//
//	grpc serve GRPC_ADDRESS HTTP_ADDRESS
//	grpc check GRPC_ADDRESS    prints one line a case: what came of it
package main

import (
	"fmt"
	"os"
)

func main() {
	if len(os.Args) == 4 && os.Args[1] == "serve" {
		serve(os.Args[2], os.Args[3])
	} else if len(os.Args) == 3 && os.Args[1] == "check" {
		check(os.Args[2])
	} else if len(os.Args) == 4 && os.Args[1] == "record" {
		record(os.Args[2], os.Args[3])
	} else {
		fmt.Fprintf(os.Stderr, "usage: %s serve GRPC_ADDRESS HTTP_ADDRESS | check GRPC_ADDRESS | record GRPC_ADDRESS COLLECTOR\n", os.Args[0])
		os.Exit(2)
	}
}
