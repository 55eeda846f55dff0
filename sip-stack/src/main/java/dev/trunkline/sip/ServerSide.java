package dev.trunkline.sip;

import dev.trunkline.sip.lane.Lane;
import dev.trunkline.sip.message.MessageWriter;
import dev.trunkline.sip.message.OutgoingResponse;
import dev.trunkline.sip.message.SipHeader;
import dev.trunkline.sip.message.SipRequest;
import dev.trunkline.sip.net.DropReason;
import dev.trunkline.sip.transaction.Input;
import dev.trunkline.sip.transaction.InviteServer;
import dev.trunkline.sip.transaction.Machine;
import dev.trunkline.sip.transaction.RequestServer;
import dev.trunkline.sip.transport.Arrival;
import dev.trunkline.sip.transport.ReturnPath;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The incoming requests of one lane (RFC 3261 sections 8.2 and 17.2).
 *
 * <pre>
 *   request --known?--> its transaction: answered again, acknowledged
 *      |
 *      +--new--> Door: closed | turned away, nothing is kept | open --> transaction --> user
 * </pre>
 */
final class ServerSide implements KeptServer.Owner {
    /** Name in the fault counts. */
    static final String RESPOND = "sip-respond";

    private static final int TRYING = 100;
    private static final int LOOP_DETECTED = 482;
    private static final int SERVER_ERROR = 500;
    private static final int SERVICE_UNAVAILABLE = 503;
    private static final int RETRY_AFTER_SECONDS = 5;

    private final StackParts parts;
    private final SipHandler handler;
    private final Lane<Arrival> lane;
    private final Map<ServerKey, KeptServer<?>> kept = new HashMap<>();
    private final Map<Identity, ServerKey> identities = new HashMap<>();
    /** A retransmission within this time (nanoseconds) is earlier than a client may send one, and so has crossed with the response. */
    private final long crossed;
    private long octets;
    /** Size of {@link #kept}, for readers on other threads; only the lane writes it. */
    private volatile int size;

    ServerSide(StackParts parts, SipHandler handler, Lane<Arrival> lane) {
        this.parts = parts;
        this.handler = handler;
        this.lane = lane;
        this.crossed = parts.timings().t1().toNanos() / 5 * 4;
    }

    void take(SipRequest request, Arrival arrival) {
        ReturnPath path = arrival.back(request.via().rport(), request.via().port());
        var key = ServerKey.of(request);
        KeptServer<?> known = kept.get(key);
        if (request.method().equals(SipRequest.ACK)) {
            if (known == null) {
                handler.ack(request);
            } else {
                known.acknowledge(request);
            }
        } else if (known != null) {
            repeated(known);
        } else {
            fresh(key, request, arrival, path);
        }
    }

    private void repeated(KeptServer<?> known) {
        if (!known.path().reliable() && known.sentWithin(crossed)) {
            parts.watch().dropped(DropReason.REPEATED);
        } else {
            known.on(new Input.Repeated());
        }
    }

    private void fresh(ServerKey key, SipRequest request, Arrival arrival, ReturnPath path) {
        switch (handler.door(request)) {
            case Door.Closed() -> { }
            case Door.Turned(var reply) -> {
                if (reply.status() / 100 == 2) {
                    arrival.useful();
                }
                answer(request, reply, path);
            }
            case Door.Open(var taker) -> {
                arrival.useful();
                admit(key, request, arrival, path, taker);
            }
        }
    }

    private void admit(
            ServerKey key, SipRequest request, Arrival arrival, ReturnPath path, Consumer<ServerTransaction> taker) {
        Optional<Identity> identity = Identity.of(request);
        boolean begins = !request.inDialog() && !request.method().equals(SipRequest.CANCEL);
        if (!parts.limits().takes(begins, kept.size(), octets)) {
            answer(request, OutgoingResponse.of(SERVICE_UNAVAILABLE).with(SipHeader.retryAfter(RETRY_AFTER_SECONDS)), path);
            parts.watch().full();
        } else if (identity.filter(identities::containsKey).isPresent()) {
            // RFC 3261 section 8.2.2.2: the same request by another path.
            answer(request, OutgoingResponse.of(LOOP_DETECTED), path);
        } else {
            begin(key, request, arrival, path, identity, taker);
        }
    }

    private void begin(
            ServerKey key,
            SipRequest request,
            Arrival arrival,
            ReturnPath path,
            Optional<Identity> identity,
            Consumer<ServerTransaction> taker) {
        Machine<?> machine = request.method().equals(SipRequest.INVITE)
                ? new InviteServer(parts.timings(), path.reliable())
                : new RequestServer(parts.timings(), path.reliable());
        KeptServer<?> begun =
                new KeptServer<>(key, identity, path, machine, lane, this, parts.nanoTime(), taker);
        var handle = new LaneServerTransaction(
                request, arrival.arrived(), begun, this, lane, parts.nanoTime(), cancelled(request));
        kept.put(key, begun);
        size = kept.size();
        identity.ifPresent(same -> identities.put(same, key));
        try {
            begun.begin(handle, request.octets().length);
        } catch (Throwable fault) {
            // Its user threw: the sender gets a response if that is still possible, and nothing is kept.
            begun.end();
            parts.faults().caught(Lane.MESSAGE, fault);
            answer(request, OutgoingResponse.of(SERVER_ERROR), path);
        }
    }

    /** Answers a request that an earlier process kept. */
    void answerInstead(SipRequest request, Arrival arrival, OutgoingResponse reply) {
        var key = ServerKey.of(request);
        if (!kept.containsKey(key)) {
            admit(key, request, arrival, arrival.back(request.via().rport(), request.via().port()), transaction -> transaction.respond(reply));
        }
    }

    private Optional<ServerTransaction> cancelled(SipRequest request) {
        return request.method().equals(SipRequest.CANCEL)
                ? Optional.ofNullable(kept.get(ServerKey.ofCancelled(request))).flatMap(KeptServer::waiting)
                : Optional.empty();
    }

    /** @return the response sent; empty if it could not be written */
    Optional<byte[]> respond(LaneServerTransaction transaction, KeptServer<?> of, OutgoingResponse reply) {
        try {
            if (of.ended()) {
                return Optional.empty();
            }
            byte[] response = written(transaction.request(), reply, of.path());
            of.respond(reply.status(), response);
            return Optional.of(response);
        } catch (Throwable fault) {
            of.end();
            parts.faults().caught(RESPOND, fault);
            return Optional.empty();
        }
    }

    private byte[] written(SipRequest request, OutgoingResponse reply, ReturnPath path) {
        Optional<String> contact = reply.contact()
                ? Optional.of(parts.names().contact(
                        path.endpoint().listener(), path.address(), LocalNames.asksForSips(request)))
                : Optional.empty();
        return MessageWriter.response(request, reply, contact);
    }

    /** Answers without a transaction. The tag is derived from the request; a retransmission gets the same tag (RFC 3261 section 8.2.7). */
    private void answer(SipRequest request, OutgoingResponse reply, ReturnPath path) {
        OutgoingResponse tagged = reply.toTag().isPresent() || reply.status() == TRYING
                ? reply
                : reply.tagged(parts.identifiers().tagOf(request));
        byte[] response = written(request, tagged, path);
        sends(response, path);
        path.send(response, () -> { });
    }

    /** Returns the number of transactions kept. May be called on any thread. */
    int size() {
        return size;
    }

    @Override
    public void acknowledged(SipRequest ack) {
        handler.ack(ack);
    }

    @Override
    public byte[] trying(LaneServerTransaction transaction) {
        return MessageWriter.response(transaction.request(), OutgoingResponse.of(TRYING), Optional.empty());
    }

    @Override
    public void holds(long more) {
        octets += more;
    }

    @Override
    public void sends(byte[] response, ReturnPath path) {
        parts.tap().saw(true, path.endpoint().listener(), path.address(), path.port(), response);
    }

    @Override
    public void forget(KeptServer<?> gone) {
        kept.remove(gone.key(), gone);
        size = kept.size();
        gone.identity().ifPresent(same -> identities.remove(same, gone.key()));
    }
}
