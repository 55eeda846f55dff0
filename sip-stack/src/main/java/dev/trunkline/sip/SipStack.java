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

    /** With lanes, timers and randomness as usual. @throws SipBindException as {@link SipStackBuilder#build} */
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
     * Binds every listener and begins to take messages.
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
                // Not asked for.
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
     * Answers a request that came to an earlier process as a datagram. The answer is repeated until its ACK, and a repetition of the
     * request gets it again (RFC 3261 section 17.2.1). Nothing happens if it is no request, or no listener has that transport.
     *
     * @param request as {@link dev.trunkline.sip.message.MessageWriter#answerable} wrote it
     * @param source where it came from, and the answer goes to
     */
    public void answerInstead(byte[] request, PacketSource source, OutgoingResponse reply) {
        open.ifPresent(stack -> stack.answerInstead(request, source, reply));
    }

    /**
     * Where a request to that target may go, in the order in which it is tried (RFC 3263): who is to trust what comes from there
     * asks the same. Never waits.
     *
     * @return as {@link Locator#locate}
     */
    public CompletionStage<List<Candidate>> locate(Target target) {
        return parts.locating().apply(target);
    }

    /** Every listener is open, and each receiver and lane answered within the last second or so. Does not wait. */
    public boolean alive() {
        return open.filter(OpenStack::alive).isPresent();
    }

    /**
     * For how long a listener, receiver or lane has been silent though it was asked each second. Zero while all answer, and
     * while the stack is not open. A pause of the whole process does not count. Does not wait.
     */
    public Duration silence() {
        return open.map(OpenStack::silence).orElse(Duration.ZERO);
    }

    /** How many requests of others have a transaction now (RFC 3261 section 17.2). */
    public int serverTransactions() {
        return open.map(OpenStack::kept).orElse(0);
    }

    /** How many requests of ours have no final response yet, and may still get one. */
    public int underWay() {
        return open.map(OpenStack::underWay).orElse(0);
    }

    /** How many messages wait for their lane. */
    public int unread() {
        return open.map(OpenStack::unread).orElse(0);
    }

    /** What is kept of others' requests; for tests. */
    int kept() {
        return open.map(OpenStack::kept).orElse(0);
    }

    /**
     * Takes no further message, and waits until what was taken has been handed to its user, whose answers still go out:
     * what comes from now on is as if lost on the way (RFC 3261 section 17.1), and its sender tries again. To be followed by
     * {@link #close}.
     *
     * @param within the longest wait
     * @return false if something taken was not handed on by then
     */
    public boolean settle(Duration within) {
        return open.map(stack -> stack.settle(within)).orElse(true);
    }

    /** Requests of ours that are under way come to 503. */
    @Override
    public void close() {
        open.ifPresent(OpenStack::close);
        locator.close();
    }
}
