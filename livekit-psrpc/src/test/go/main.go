// A client or a server of LiveKit's own psrpc, as small as can be, for the tests of livekit-psrpc.
//
//	psrpc-interop server REDIS-URL            answers Interop.Ask, says each request on standard output
//	psrpc-interop client REDIS-URL COUNT      asks COUNT times, says each answer
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strconv"
	"sync"
	"time"

	"github.com/livekit/psrpc"
	"github.com/livekit/psrpc/pkg/client"
	"github.com/livekit/psrpc/pkg/info"
	"github.com/livekit/psrpc/pkg/rand"
	"github.com/livekit/psrpc/pkg/server"
	"github.com/redis/go-redis/v9"
	"google.golang.org/protobuf/types/known/wrapperspb"
)

const method = "Ask"

func main() {
	options, err := redis.ParseURL(os.Args[2])
	if err != nil {
		panic(err)
	}
	bus := psrpc.NewRedisMessageBus(redis.NewClient(options))
	if os.Args[1] == "server" {
		serve(bus)
	} else {
		count, _ := strconv.Atoi(os.Args[3])
		ask(bus, count)
	}
}

// Claimed and queued, without affinity: what LiveKit's generated code says of SIPInternal.
func definition(id string) *info.ServiceDefinition {
	d := &info.ServiceDefinition{Name: "Interop", ID: id}
	d.RegisterMethod(method, false, false, true, true)
	return d
}

func serve(bus psrpc.MessageBus) {
	s := server.NewRPCServer(definition(rand.NewServerID()), bus)
	handler := func(_ context.Context, req *wrapperspb.StringValue) (*wrapperspb.StringValue, error) {
		fmt.Println("handled", req.Value)
		if req.Value == "busy" {
			return nil, psrpc.NewError(psrpc.ResourceExhausted, errors.New("busy here"), wrapperspb.String("detail"))
		}
		return wrapperspb.String("go " + req.Value), nil
	}
	if err := server.RegisterHandler(s, method, []string{""}, handler, nil); err != nil {
		panic(err)
	}
	fmt.Println("listening")
	select {}
}

func ask(bus psrpc.MessageBus, count int) {
	c, err := client.NewRPCClient(definition(rand.NewClientID()), bus)
	if err != nil {
		panic(err)
	}
	var wait sync.WaitGroup
	for i := range count {
		wait.Add(1)
		go func() {
			defer wait.Done()
			res, err := client.RequestSingle[*wrapperspb.StringValue](
				context.Background(), c, method, []string{""}, wrapperspb.String(strconv.Itoa(i)), psrpc.WithRequestTimeout(30*time.Second))
			var e psrpc.Error
			if errors.As(err, &e) {
				fmt.Println("error", e.Code(), e.Error(), len(e.DetailsProto()))
			} else {
				fmt.Println("answer", res.Value)
			}
		}()
	}
	wait.Wait()
}
