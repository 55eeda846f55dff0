package dev.trunkline.phone;

import dev.trunkline.phone.sip.Header;
import dev.trunkline.phone.sip.Responses;
import dev.trunkline.phone.sip.SipRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A SIP phone over UDP (RFC 3261) that receives calls: it rings, answers or rejects as {@link Answering} says, with its RTP. It
 * also answers OPTIONS, so that it can stand for a gateway.
 */
public final class AnsweringPhone implements AutoCloseable {

    private static final Duration FAREWELL = Duration.ofSeconds(2);
    private static final String NOT_CALLED = "no call arrived in %s; %d arrived before";

    private final PhoneLine line;
    private final String nonce;
    private final List<TakenCall> calls = new CopyOnWriteArrayList<>();
    private final BlockingQueue<TakenCall> arrived = new LinkedBlockingQueue<>();
    private volatile Answering answering;
    private volatile boolean open = true;

    private AnsweringPhone(PhoneLine line, Answering answering) {
        this.line = line;
        this.answering = answering;
        this.nonce = line.tokens().token();
    }

    /**
     * Opens the phone's SIP socket.
     *
     * @throws IOException if the address or port is not available
     */
    public static AnsweringPhone open(PhoneSettings settings, Answering answering) throws IOException {
        // A call may arrive as soon as the socket is open: it waits for the phone to be ready.
        var ready = new CompletableFuture<AnsweringPhone>();
        PhoneLine line = PhoneLine.open(
                settings, new SecureRandom(), Optional.of((invite, source) -> ready.join().invited(invite, source)));
        var phone = new AnsweringPhone(line, answering);
        ready.complete(phone);
        return phone;
    }

    /** Sets how calls from now on are handled. */
    public void answering(Answering next) {
        answering = next;
    }

    /**
     * Waits for the next call that has not been returned yet.
     *
     * @throws IllegalStateException if none arrives in that time
     */
    public TakenCall awaitCall(Duration atMost) throws InterruptedException {
        return Optional.ofNullable(arrived.poll(atMost.toNanos(), TimeUnit.NANOSECONDS))
                .orElseThrow(() -> new IllegalStateException(NOT_CALLED.formatted(atMost, calls.size())));
    }

    /** Returns all received calls, oldest first. */
    public List<TakenCall> calls() {
        return List.copyOf(calls);
    }

    /** Returns the phone's SIP address. */
    public InetSocketAddress address() {
        return line.link().local();
    }

    private void invited(SipRequest invite, InetSocketAddress source) {
        Answering manner = answering;
        Optional<Boolean> proven = manner.digest().map(digest -> digest.proven(invite, nonce).orElse(false));
        if (!proven.orElse(true)) {
            challenged(invite, source, manner.digest().get());
            return;
        }
        try {
            TakenCall call = new TakenCall(line, manner, invite, source);
            calls.add(call);
            arrived.add(call);
            call.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends a stateless challenge: its ACK belongs to no call, and the next INVITE comes with credentials (RFC 3261 22.1). */
    private void challenged(SipRequest invite, InetSocketAddress source, Digest digest) {
        boolean wrong = invite.headers().first("Authorization").isPresent();
        List<Header> headers = wrong ? List.of() : List.of(digest.challenge(nonce));
        line.link().send(
                Responses.to(invite, wrong ? 403 : 401, wrong ? "Forbidden" : "Unauthorized", line.tokens().token(), headers, ""), source);
    }

    /** Hangs up established calls, rejects ringing ones, waits up to 2 s for the responses, and closes. */
    @Override
    public void close() {
        if (!open) {
            return;
        }
        open = false;
        List<CompletableFuture<Reply>> farewells = calls.stream().map(call -> call.hangUp().toCompletableFuture()).toList();
        CompletableFuture.allOf(farewells.toArray(CompletableFuture[]::new))
                .completeOnTimeout(null, FAREWELL.toMillis(), TimeUnit.MILLISECONDS)
                .exceptionally(failure -> null)
                .join();
        line.close(() -> calls.forEach(TakenCall::vanish));
    }
}
