package main

import (
	"context"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"strconv"
	"strings"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/metadata"
	"google.golang.org/grpc/reflection"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/types/known/wrapperspb"
)

func serve(grpcAddress, httpAddress string) {
	go serveHTTP(httpAddress)
	listener, err := net.Listen("tcp", grpcAddress)
	if err != nil {
		log.Fatal(err)
	}
	server := grpc.NewServer()
	server.RegisterService(&description, struct{}{})
	reflection.Register(server)
	log.Fatal(server.Serve(listener))
}

// Plain HTTP/2 with prior knowledge: what h2spec asks.
func serveHTTP(address string) {
	var protocols http.Protocols
	protocols.SetHTTP1(true)
	protocols.SetUnencryptedHTTP2(true)
	handler := http.HandlerFunc(func(out http.ResponseWriter, in *http.Request) {
		_, _ = io.Copy(io.Discard, in.Body)
		fmt.Fprintln(out, "hello")
	})
	server := http.Server{Addr: address, Handler: handler, Protocols: &protocols}
	log.Fatal(server.ListenAndServe())
}

// answer is what a call with that text comes to:
//
//	fail CODE MESSAGE   the status CODE
//	sleep DURATION      late
//	seen NAME           the values of that metadata
//	size N              N bytes
//	anything else       itself
func answer(ctx context.Context, asked string) (string, error) {
	verb, rest, _ := strings.Cut(asked, " ")
	switch verb {
	case "fail":
		number, message, _ := strings.Cut(rest, " ")
		code, _ := strconv.Atoi(number)
		return "", status.Error(codes.Code(code), message)
	case "sleep":
		wait, _ := time.ParseDuration(rest)
		time.Sleep(wait) // whatever the caller's deadline: it shall be the caller who gives up
		return asked, nil
	case "seen":
		seen, _ := metadata.FromIncomingContext(ctx)
		told := strings.Join(seen.Get(rest), ",")
		if strings.HasSuffix(rest, "-bin") {
			return fmt.Sprintf("%x", told), nil
		}
		return told, nil
	case "size":
		size, _ := strconv.Atoi(rest)
		return strings.Repeat("x", size), nil
	default:
		return asked, nil
	}
}

func unaryHandler(_ any, ctx context.Context, decode func(any) error, _ grpc.UnaryServerInterceptor) (any, error) {
	asked := new(text)
	if err := decode(asked); err != nil {
		return nil, err
	}
	_ = grpc.SetTrailer(ctx, metadata.Pairs("own-trailer", "1"))
	told, err := answer(ctx, asked.Value)
	if err != nil {
		return nil, err
	}
	return wrapperspb.String(told), nil
}

// Sends what was asked for ten times.
func serverStream(_ any, stream grpc.ServerStream) error {
	asked := new(text)
	if err := stream.RecvMsg(asked); err != nil {
		return err
	}
	for range 10 {
		told, err := answer(stream.Context(), asked.Value)
		if err != nil {
			return err
		}
		if err := stream.SendMsg(wrapperspb.String(told)); err != nil {
			return err
		}
	}
	return nil
}

// Tells how many bytes came.
func clientStream(_ any, stream grpc.ServerStream) error {
	bytes := 0
	for {
		asked := new(text)
		err := stream.RecvMsg(asked)
		if err == io.EOF {
			return stream.SendMsg(wrapperspb.String(strconv.Itoa(bytes)))
		}
		if err != nil {
			return err
		}
		bytes += len(asked.Value)
	}
}

func bidi(_ any, stream grpc.ServerStream) error {
	for {
		asked := new(text)
		err := stream.RecvMsg(asked)
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		told, err := answer(stream.Context(), asked.Value)
		if err != nil {
			return err
		}
		if err := stream.SendMsg(wrapperspb.String(told)); err != nil {
			return err
		}
	}
}
