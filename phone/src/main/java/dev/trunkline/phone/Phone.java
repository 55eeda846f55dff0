package dev.trunkline.phone;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * A SIP phone over UDP (RFC 3261) that places any number of calls, with their RTP.
 *
 * <p>Three threads serve all calls: one for SIP, one that receives all RTP, one that sends it every 20 ms.
 */
public final class Phone implements AutoCloseable {

    private static final Duration FAREWELL = Duration.ofSeconds(2);

    private final PhoneLine line;
    private final Set<PhoneCall> live = ConcurrentHashMap.newKeySet();
    private volatile boolean open = true;

    private Phone(PhoneLine line) {
        this.line = line;
    }

    /**
     * Opens the phone's SIP socket.
     *
     * @throws IOException if the address or port is not available
     */
    public static Phone open(PhoneSettings settings) throws IOException {
        return open(settings, new SecureRandom());
    }

    static Phone open(PhoneSettings settings, RandomGenerator random) throws IOException {
        return new Phone(PhoneLine.open(settings, random, Optional.empty()));
    }

    /**
     * Places a call, and returns at once.
     *
     * @throws UncheckedIOException if no RTP port is available
     */
    public Call dial(CallRequest request) {
        if (!open) {
            throw new IllegalStateException("the phone is closed; open another");
        }
        try {
            PhoneCall call = new PhoneCall(line, request);
            live.add(call);
            call.result().thenAccept(result -> {
                if (!(result instanceof CallResult.Answered)) {
                    live.remove(call);
                }
            });
            call.ended().thenAccept(end -> live.remove(call));
            call.start();
            return call;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the phone's SIP address. */
    public InetSocketAddress address() {
        return line.link().local();
    }

    /** Hangs up established calls, cancels ringing ones, waits up to 2 s for the responses, and closes. */
    @Override
    public void close() {
        if (!open) {
            return;
        }
        open = false;
        List<CompletableFuture<Reply>> farewells = live.stream().map(call -> call.hangUp().toCompletableFuture()).toList();
        CompletableFuture.allOf(farewells.toArray(CompletableFuture[]::new))
                .completeOnTimeout(null, FAREWELL.toMillis(), TimeUnit.MILLISECONDS)
                .exceptionally(failure -> null)
                .join();
        line.close(() -> live.forEach(Call::vanish));
    }
}
