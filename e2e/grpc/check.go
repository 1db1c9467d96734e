package main

import (
	"context"
	"fmt"
	"io"
	"log"
	"strings"
	"sync"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/grpc/metadata"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/types/known/wrapperspb"
)

const (
	large     = 3 << 20
	callLimit = 20 * time.Second
)

type caller struct{ *grpc.ClientConn }

// check makes every kind of call and prints what came of it, in an order that no run changes.
func check(address string) {
	connection, err := grpc.NewClient("passthrough:///"+address, grpc.WithTransportCredentials(insecure.NewCredentials()))
	if err != nil {
		log.Fatal(err)
	}
	c := caller{connection}
	report := func(name string, call func(context.Context) (string, error)) {
		ctx, done := context.WithTimeout(context.Background(), callLimit)
		defer done()
		ctx = metadata.AppendToOutgoingContext(ctx, "x-case", name)
		told, err := call(ctx)
		fmt.Printf("%s: %s %q %s\n", name, status.Code(err), status.Convert(err).Message(), brief(told))
	}
	unary := func(asked string) func(context.Context) (string, error) {
		return func(ctx context.Context) (string, error) { return c.unary(ctx, asked) }
	}
	report("unary", unary("hello"))
	report("unary, large answer", unary(fmt.Sprint("size ", large)))
	report("unary, large question", unary(strings.Repeat("y", large)))
	for code := 1; code <= 16; code++ {
		report(fmt.Sprint("status ", code), unary(fmt.Sprintf("fail %d no %%luck ü", code)))
	}
	report("unknown method", c.unknownMethod)
	report("deadline", c.deadline)
	report("cancel", c.cancel)
	report("server stream", func(ctx context.Context) (string, error) { return c.serverStream(ctx, "tick") })
	report("server stream, large", func(ctx context.Context) (string, error) { return c.serverStream(ctx, fmt.Sprint("size ", large)) })
	report("server stream, slow", func(ctx context.Context) (string, error) { return c.serverStream(ctx, "sleep 20ms") })
	report("server stream that fails", func(ctx context.Context) (string, error) { return c.serverStream(ctx, "fail 13 broken") })
	report("client stream", c.clientStream)
	report("bidi", func(ctx context.Context) (string, error) { return c.bidi(ctx, "ping") })
	report("bidi, large", func(ctx context.Context) (string, error) { return c.bidi(ctx, strings.Repeat("z", 100_000)) })
	report("large metadata", c.largeMetadata)
	report("binary metadata", c.binaryMetadata)
	report("concurrent", c.concurrent)
	report("trailers", c.trailers)
	report("trace context reaches the server", c.traceContext)
}

func brief(told string) string {
	if len(told) > 60 {
		return fmt.Sprintf("%d bytes", len(told))
	}
	return told
}

func (c caller) unary(ctx context.Context, asked string, options ...grpc.CallOption) (string, error) {
	told := new(text)
	err := c.Invoke(ctx, "/"+serviceName+"/Unary", wrapperspb.String(asked), told, options...)
	return told.Value, err
}

func (c caller) unknownMethod(ctx context.Context) (string, error) {
	return "", c.Invoke(ctx, "/"+serviceName+"/Nothing", wrapperspb.String(""), new(text))
}

func (c caller) deadline(ctx context.Context) (string, error) {
	ctx, done := context.WithTimeout(ctx, 100*time.Millisecond)
	defer done()
	return c.unary(ctx, "sleep 1s")
}

func (c caller) cancel(ctx context.Context) (string, error) {
	ctx, stop := context.WithCancel(ctx)
	time.AfterFunc(100*time.Millisecond, stop)
	return c.unary(ctx, "sleep 1s")
}

func (c caller) open(ctx context.Context, index int) (grpc.ClientStream, error) {
	stream := description.Streams[index]
	return c.NewStream(ctx, &stream, "/"+serviceName+"/"+stream.StreamName)
}

func (c caller) serverStream(ctx context.Context, asked string) (string, error) {
	stream, err := c.open(ctx, 0)
	if err != nil {
		return "", err
	}
	if err := stream.SendMsg(wrapperspb.String(asked)); err != nil {
		return "", err
	}
	if err := stream.CloseSend(); err != nil {
		return "", err
	}
	return receiveAll(stream)
}

func receiveAll(stream grpc.ClientStream) (string, error) {
	messages, bytes := 0, 0
	for {
		told := new(text)
		err := stream.RecvMsg(told)
		if err == io.EOF {
			return fmt.Sprintf("%d messages, %d bytes", messages, bytes), nil
		}
		if err != nil {
			return "", err
		}
		messages++
		bytes += len(told.Value)
	}
}

func (c caller) clientStream(ctx context.Context) (string, error) {
	stream, err := c.open(ctx, 1)
	if err != nil {
		return "", err
	}
	for range 50 {
		if err := stream.SendMsg(wrapperspb.String(strings.Repeat("c", 100_000))); err != nil {
			return "", err
		}
	}
	if err := stream.CloseSend(); err != nil {
		return "", err
	}
	told := new(text)
	err = stream.RecvMsg(told)
	return told.Value, err
}

func (c caller) bidi(ctx context.Context, asked string) (string, error) {
	stream, err := c.open(ctx, 2)
	if err != nil {
		return "", err
	}
	for range 20 {
		if err := stream.SendMsg(wrapperspb.String(asked)); err != nil {
			return "", err
		}
		told := new(text)
		if err := stream.RecvMsg(told); err != nil || told.Value != asked {
			return "not what was sent", err
		}
	}
	if err := stream.CloseSend(); err != nil {
		return "", err
	}
	return receiveAll(stream)
}

// Larger than a frame: the block goes on in CONTINUATION frames.
func (c caller) largeMetadata(ctx context.Context) (string, error) {
	ctx = metadata.AppendToOutgoingContext(ctx, "x-large", strings.Repeat("m", 40_000))
	return c.unary(ctx, "seen x-large")
}

func (c caller) binaryMetadata(ctx context.Context) (string, error) {
	ctx = metadata.AppendToOutgoingContext(ctx, "x-some-bin", "\x00\xff\n")
	return c.unary(ctx, "seen x-some-bin")
}

func (c caller) concurrent(ctx context.Context) (string, error) {
	var calls sync.WaitGroup
	failures := make(chan error, 400)
	for i := range cap(failures) {
		calls.Go(func() {
			asked := fmt.Sprint("call ", i)
			told, err := c.unary(ctx, asked)
			if err == nil && told != asked {
				err = fmt.Errorf("%q came for %q", told, asked)
			}
			failures <- err
		})
	}
	calls.Wait()
	for range cap(failures) {
		if err := <-failures; err != nil {
			return "", err
		}
	}
	return fmt.Sprint(cap(failures), " calls"), nil
}

func (c caller) trailers(ctx context.Context) (string, error) {
	var trailers metadata.MD
	_, err := c.unary(ctx, "hello", grpc.Trailer(&trailers))
	return strings.Join(trailers.Get("own-trailer"), ","), err
}

func (c caller) traceContext(ctx context.Context) (string, error) {
	told, err := c.unary(ctx, "seen x-b3-traceid")
	return fmt.Sprint(len(told), " digits"), err
}
