module sidetrace.io/e2e/grpc

go 1.26

require (
	google.golang.org/grpc v1.83.2
	google.golang.org/protobuf v1.36.11
)
