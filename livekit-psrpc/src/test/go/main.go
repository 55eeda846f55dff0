// A client or a server of LiveKit's own psrpc, as small as can be, for the tests of livekit-psrpc.
//
//	psrpc-interop server REDIS-URL            answers Interop.Ask, says each request on standard output
//	psrpc-interop client REDIS-URL COUNT      asks COUNT times, says each answer
//	psrpc-interop sip REDIS-URL               answers SIPInternal.CreateSIPParticipant as a node of livekit-sip would, without calling anybody
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
	"google.golang.org/protobuf/encoding/protowire"
	"google.golang.org/protobuf/types/known/emptypb"
	"google.golang.org/protobuf/types/known/wrapperspb"
)

const method = "Ask"

func main() {
	options, err := redis.ParseURL(os.Args[2])
	if err != nil {
		panic(err)
	}
	bus := psrpc.NewRedisMessageBus(redis.NewClient(options))
	switch os.Args[1] {
	case "server":
		serve(bus)
	case "sip":
		serveSIP(bus)
	default:
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

// Fields of livekit's rpc.InternalCreateSIPParticipantRequest, and of its response.
const (
	requestIdentity  = 8
	requestCallID    = 13
	responseID       = 1
	responseIdentity = 2
	responseCallID   = 3
)

// The two messages are read and written by the numbers of their fields: the module that has their types brings a hundred others.
func serveSIP(bus psrpc.MessageBus) {
	const create = "CreateSIPParticipant"
	d := &info.ServiceDefinition{Name: "SIPInternal", ID: rand.NewServerID()}
	d.RegisterMethod(create, false, false, true, true)
	s := server.NewRPCServer(d, bus)
	handler := func(_ context.Context, req *emptypb.Empty) (*emptypb.Empty, error) {
		fields := texts(req.ProtoReflect().GetUnknown())
		fmt.Println("handled", fields[requestIdentity])
		var octets []byte
		for number, text := range map[protowire.Number]string{
			responseID: "PA_beside", responseIdentity: fields[requestIdentity], responseCallID: fields[requestCallID],
		} {
			octets = protowire.AppendTag(octets, number, protowire.BytesType)
			octets = protowire.AppendString(octets, text)
		}
		res := &emptypb.Empty{}
		res.ProtoReflect().SetUnknown(octets)
		return res, nil
	}
	if err := server.RegisterHandler(s, create, []string{""}, handler, nil); err != nil {
		panic(err)
	}
	fmt.Println("listening")
	select {}
}

func texts(octets []byte) map[protowire.Number]string {
	fields := map[protowire.Number]string{}
	for len(octets) > 0 {
		number, kind, size := protowire.ConsumeTag(octets)
		if size < 0 {
			return fields
		}
		octets = octets[size:]
		if kind == protowire.BytesType {
			if value, size := protowire.ConsumeBytes(octets); size >= 0 {
				fields[number] = string(value)
			}
		}
		size = protowire.ConsumeFieldValue(number, kind, octets)
		if size < 0 {
			return fields
		}
		octets = octets[size:]
	}
	return fields
}

func ask(bus psrpc.MessageBus, count int) {
	c, err := client.NewRPCClient(definition(rand.NewClientID()), bus)
	if err != nil {
		panic(err)
	}
	// A client hears nobody until its own subscription is there, and does not say when it is.
	for try := 0; try < 10; try++ {
		if _, err := client.RequestSingle[*wrapperspb.StringValue](
			context.Background(), c, method, []string{""}, wrapperspb.String("hello"), psrpc.WithRequestTimeout(30*time.Second)); err == nil {
			break
		}
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
