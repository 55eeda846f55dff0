package dev.trunkline.sip;

import dev.trunkline.sip.locate.Candidate;
import dev.trunkline.sip.locate.Locator;
import dev.trunkline.sip.locate.Target;
import dev.trunkline.sip.message.OutgoingRequest;
import dev.trunkline.sip.message.OutgoingResponse;
import dev.trunkline.sip.message.SipResponse;
import dev.trunkline.sip.net.PacketSource;
import dev.trunkline.sip.net.SipBindException;
import dev.trunkline.sip.net.SourceGuard;
import dev.trunkline.sip.net.TransportWatch;
import dev.trunkline.sip.transport.tls.ReloadedTls;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * SIP on the wire: listeners, lanes, transactions in both roles.
 *
 * <pre>
 *   socket --receiver--> octets --Call-ID--> lane --> MessageParser --> transaction --> SipHandler
 * </pre>
 */
public final class SipStack implements UserAgentClient, AutoCloseable {
    private final StackParts parts;
    private final Optional<ReloadedTls> tls;
    private final Locator locator;
    private volatile Optional<OpenStack> open = Optional.empty();

    SipStack(StackParts parts, Optional<ReloadedTls> tls, Locator locator) {
        this.parts = parts;
        this.tls = tls;
        this.locator = locator;
    }

    /** Creates a stack with the default lanes, timers and randomness. @throws SipBindException as {@link SipStackBuilder#build} */
    public SipStack(ListenSettings settings, SourceGuard guard, TransportWatch watch) {
        SipStack usual = builder(settings).guardedBy(guard).watchedBy(watch).build();
        this.parts = usual.parts;
        this.tls = usual.tls;
        this.locator = usual.locator;
    }

    public static SipStackBuilder builder(ListenSettings settings) {
        return new SipStackBuilder(settings);
    }

    /**
     * Binds every listener and starts accepting messages.
     *
     * @throws SipBindException if a port is taken or an address is not ours
     */
    public synchronized void start(SipHandler handler) {
        if (open.isPresent()) {
            throw new IllegalStateException("the stack is open already");
        }
        var opened = new OpenStack(parts, handler, tls);
        opened.start();
        open = Optional.of(opened);
    }

    @Override
    public ClientTransaction send(OutgoingRequest request, Consumer<SipResponse> outcome) {
        return send(request, new ResponseHandler() {
            @Override
            public void answered(SipResponse response) {
                outcome.accept(response);
            }

            @Override
            public void progressed(SipResponse response) {
                // The user did not ask for provisional responses.
            }
        });
    }

    @Override
    public ClientTransaction send(OutgoingRequest request, ResponseHandler outcome) {
        return open.map(stack -> stack.send(request, outcome)).orElseGet(() -> {
            outcome.answered(SipResponse.missing(request, SipResponse.SERVICE_UNAVAILABLE));
            return () -> { };
        });
    }

    @Override
    public void acknowledge(OutgoingRequest ack) {
        open.ifPresent(stack -> stack.acknowledge(ack));
    }

    /**
     * Answers a request that an earlier process received as a datagram. The response is repeated until its ACK, and a
     * retransmission of the request gets it again (RFC 3261 section 17.2.1). Does nothing if the octets are not a request, or
     * no listener has that transport.
     *
     * @param request as {@link dev.trunkline.sip.message.MessageWriter#answerable} wrote it
     * @param source the origin of the request, and destination of the response
     */
    public void answerInstead(byte[] request, PacketSource source, OutgoingResponse reply) {
        open.ifPresent(stack -> stack.answerInstead(request, source, reply));
    }

    /**
     * Looks up where a request to that target may go, in the order in which the places are tried (RFC 3263). Callers that want
     * to trust messages from those places use the same lookup. Never waits.
     *
     * @return as {@link Locator#locate}
     */
    public CompletionStage<List<Candidate>> locate(Target target) {
        return parts.locating().apply(target);
    }

    /** Returns whether every listener is open, and each receiver and lane answered within about the last second. Does not wait. */
    public boolean alive() {
        return open.filter(OpenStack::alive).isPresent();
    }

    /**
     * Returns for how long a listener, receiver or lane has been silent although it is asked every second. Zero while all
     * answer, and while the stack is not open. A pause of the whole process does not count. Does not wait.
     */
    public Duration silence() {
        return open.map(OpenStack::silence).orElse(Duration.ZERO);
    }

    /** Returns how many incoming requests have a transaction now (RFC 3261 section 17.2). */
    public int serverTransactions() {
        return open.map(OpenStack::kept).orElse(0);
    }

    /** Returns how many outgoing requests have no final response yet, and may still get one. */
    public int underWay() {
        return open.map(OpenStack::underWay).orElse(0);
    }

    /** Returns how many messages wait for their lane. */
    public int unread() {
        return open.map(OpenStack::unread).orElse(0);
    }

    /** Returns the number of server transactions; for tests. */
    int kept() {
        return open.map(OpenStack::kept).orElse(0);
    }

    /**
     * Accepts no further messages, and waits until those accepted have been handed to their user, whose responses are still
     * sent. Messages that arrive from now on count as lost in transit (RFC 3261 section 17.1), and are retransmitted by their
     * sender. Must be followed by {@link #close}.
     *
     * @param within the longest wait
     * @return false if an accepted message was not handed on by then
     */
    public boolean settle(Duration within) {
        return open.map(stack -> stack.settle(within)).orElse(true);
    }

    /** Closes the stack. Outgoing requests in progress get 503. */
    @Override
    public void close() {
        open.ifPresent(OpenStack::close);
        locator.close();
    }
}
