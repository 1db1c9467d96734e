package main

import (
	"bytes"
	"errors"
	"io"
	"log"
	"net"
	"net/http"

	"google.golang.org/grpc"
	"google.golang.org/grpc/metadata"
)

// caseField names the call's case, and so the beginning of the path that its messages are handed on to.
const caseField = "x-case"

// frames leaves messages as the bytes that they are.
type frames struct{}

func (frames) Name() string { return "proto" }

func (frames) Marshal(message any) ([]byte, error) { return *message.(*[]byte), nil }

func (frames) Unmarshal(data []byte, message any) error {
	*message.(*[]byte) = bytes.Clone(data)
	return nil
}

// record takes every message of every call and hands it on by HTTP, as it came; each call is answered with an empty message.
func record(address, collector string) {
	listener, err := net.Listen("tcp", address)
	if err != nil {
		log.Fatal(err)
	}
	handOn := func(_ any, stream grpc.ServerStream) error { return handOn(stream, collector) }
	log.Fatal(grpc.NewServer(grpc.ForceServerCodec(frames{}), grpc.UnknownServiceHandler(handOn)).Serve(listener))
}

func handOn(stream grpc.ServerStream, collector string) error {
	method, _ := grpc.MethodFromServerStream(stream)
	fields, _ := metadata.FromIncomingContext(stream.Context())
	for {
		var message []byte
		if err := stream.RecvMsg(&message); errors.Is(err, io.EOF) {
			return stream.SendMsg(new([]byte))
		} else if err != nil {
			return err
		}
		for _, name := range fields.Get(caseField) {
			answer, err := http.Post(collector+"/"+name+method, "application/grpc", bytes.NewReader(message))
			if err != nil {
				return err
			}
			_ = answer.Body.Close()
		}
	}
}
