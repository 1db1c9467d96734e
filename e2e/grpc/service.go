package main

import (
	"google.golang.org/grpc"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protodesc"
	"google.golang.org/protobuf/reflect/protoregistry"
	"google.golang.org/protobuf/types/descriptorpb"
	"google.golang.org/protobuf/types/known/wrapperspb"
)

const (
	serviceName = "sidetrace.e2e.Echo"
	fileName    = "echo.proto"
)

type text = wrapperspb.StringValue

var description = grpc.ServiceDesc{
	ServiceName: serviceName,
	HandlerType: (*any)(nil),
	Metadata:    fileName,
	Methods:     []grpc.MethodDesc{{MethodName: "Unary", Handler: unaryHandler}},
	Streams: []grpc.StreamDesc{
		{StreamName: "Server", Handler: serverStream, ServerStreams: true},
		{StreamName: "Client", Handler: clientStream, ClientStreams: true},
		{StreamName: "Bidi", Handler: bidi, ClientStreams: true, ServerStreams: true},
	},
}

// The service as reflection tells it, so that grpcurl and ghz need no file.
func init() {
	message := proto.String(".google.protobuf.StringValue")
	method := func(name string, client, server bool) *descriptorpb.MethodDescriptorProto {
		return &descriptorpb.MethodDescriptorProto{
			Name: &name, InputType: message, OutputType: message, ClientStreaming: &client, ServerStreaming: &server,
		}
	}
	file := &descriptorpb.FileDescriptorProto{
		Name:       proto.String(fileName),
		Package:    proto.String("sidetrace.e2e"),
		Dependency: []string{"google/protobuf/wrappers.proto"},
		Syntax:     proto.String("proto3"),
		Service: []*descriptorpb.ServiceDescriptorProto{{
			Name: proto.String("Echo"),
			Method: []*descriptorpb.MethodDescriptorProto{
				method("Unary", false, false), method("Server", false, true), method("Client", true, false), method("Bidi", true, true),
			},
		}},
	}
	described, err := protodesc.NewFile(file, protoregistry.GlobalFiles)
	if err == nil {
		err = protoregistry.GlobalFiles.RegisterFile(described)
	}
	if err != nil {
		panic(err)
	}
}
