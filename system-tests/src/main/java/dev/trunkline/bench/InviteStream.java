package dev.trunkline.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Sends INVITEs to a number that refuses them, on one thread and without media, so that the sender costs little compared with
 * what it measures.
 */
final class InviteStream implements AutoCloseable {
    private static final long RESEND_NANOS = Duration.ofMillis(500).toNanos();
    private static final Duration LAST_ANSWERS = Duration.ofSeconds(5);

    private final InetSocketAddress local;
    private final InetSocketAddress edge;
    private final String number;
    private final DatagramChannel channel;
    private final Selector selector;
    private final ByteBuffer buffer = ByteBuffer.allocate(16_384);
    private final Map<String, Pending> pending = new HashMap<>();
    private final List<Answer> answers = new ArrayList<>();
    private long begun;
    private int sent;
    private int resent;

    private static final class Pending {
        final RefusedInvite invite;
        final long firstNanos = System.nanoTime();
        long lastNanos = firstNanos;
        long pauseNanos = RESEND_NANOS;
        boolean trying;

        Pending(RefusedInvite invite) {
            this.invite = invite;
        }
    }

    /**
     * A final response.
     *
     * @param sentNanos when its INVITE was first sent, since the beginning of the stream
     * @param millis from then until the response came
     */
    record Answer(long sentNanos, int status, double millis) {}

    /**
     * The result of the INVITEs.
     *
     * @param seconds from the first INVITE to the last final response
     * @param unanswered send times, since the beginning, of the INVITEs without a final response 5 s after the last was sent
     * @param resent INVITEs sent again because no response came for 500 ms
     */
    record Outcome(int sent, double seconds, List<Answer> answers, List<Long> unanswered, int resent) {
        double answersASecond() {
            return answers.size() / seconds;
        }

        /** Returns the number of final responses by status. */
        Map<Integer, Long> statuses() {
            return answers.stream().collect(Collectors.groupingBy(Answer::status, TreeMap::new, Collectors.counting()));
        }

        /** Returns the times from INVITE to final response. */
        List<Double> millis() {
            return answers.stream().map(Answer::millis).toList();
        }
    }

    InviteStream(String address, InetSocketAddress edge, String number) throws IOException {
        this.edge = edge;
        this.number = number;
        channel = DatagramChannel.open()
                .setOption(StandardSocketOptions.SO_RCVBUF, 4 << 20)
                .bind(new InetSocketAddress(address, 0));
        local = (InetSocketAddress) channel.getLocalAddress();
        channel.configureBlocking(false);
        selector = Selector.open();
        channel.register(selector, SelectionKey.OP_READ);
    }

    /** Keeps this many INVITEs under way, so sends them as fast as they are answered. */
    Outcome keepUnderWay(int window, Duration time) throws IOException {
        return run(time, begun -> pending.size() < window);
    }

    /** Sends this many INVITEs a second, whatever comes back. */
    Outcome atRate(int aSecond, Duration time) throws IOException {
        return run(time, begun -> sent < (System.nanoTime() - begun) / 1e9 * aSecond);
    }

    private interface Due {
        boolean now(long begunNanos);
    }

    private Outcome run(Duration time, Due due) throws IOException {
        begun = System.nanoTime();
        long end = begun + time.toNanos();
        long lastAnswer = begun;
        while (System.nanoTime() < end || !pending.isEmpty() && System.nanoTime() < end + LAST_ANSWERS.toNanos()) {
            while (System.nanoTime() < end && due.now(begun)) {
                RefusedInvite invite = new RefusedInvite(local, edge, number, sent++);
                pending.put(invite.callId(), new Pending(invite));
                send(invite.request());
            }
            selector.select(1);
            selector.selectedKeys().clear();
            if (receive()) {
                lastAnswer = System.nanoTime();
            }
            resend();
        }
        List<Long> unanswered = pending.values().stream().map(call -> call.firstNanos - begun).toList();
        return new Outcome(sent, (lastAnswer - begun) / 1e9, List.copyOf(answers), unanswered, resent);
    }

    private boolean receive() throws IOException {
        boolean any = false;
        buffer.clear();
        while (channel.receive(buffer) != null) {
            String response = StandardCharsets.ISO_8859_1.decode(buffer.flip()).toString();
            any |= Optional.ofNullable(pending.get(RefusedInvite.header(response, "Call-ID")))
                    .filter(call -> answered(call, response))
                    .isPresent();
            buffer.clear();
        }
        return any;
    }

    private boolean answered(Pending call, String response) {
        int status = RefusedInvite.status(response);
        if (status < 200) {
            call.trying = true;
            return false;
        }
        if (status < 300) {
            throw new IllegalStateException(number + " answered a call: give a number that refuses");
        }
        answers.add(new Answer(call.firstNanos - begun, status, (System.nanoTime() - call.firstNanos) / 1e6));
        pending.remove(call.invite.callId());
        send(call.invite.ack(response));
        return true;
    }

    /** Retransmits by RFC 3261 section 17.1.1.2, timer A. */
    private void resend() {
        long now = System.nanoTime();
        for (Pending call : pending.values()) {
            if (!call.trying && now - call.lastNanos > call.pauseNanos) {
                call.lastNanos = now;
                call.pauseNanos *= 2;
                resent++;
                send(call.invite.request());
            }
        }
    }

    private void send(String message) {
        try {
            channel.send(ByteBuffer.wrap(message.getBytes(StandardCharsets.ISO_8859_1)), edge);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        selector.close();
        channel.close();
    }
}
