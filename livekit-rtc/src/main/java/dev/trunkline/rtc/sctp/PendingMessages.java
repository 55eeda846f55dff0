package dev.trunkline.rtc.sctp;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Messages waiting for the window: in order within a stream, and round-robin between streams, one message at a time. */
final class PendingMessages {
    private final Map<Integer, Stream> streams = new HashMap<>();
    private final ArrayDeque<Stream> turns = new ArrayDeque<>();
    private long bytes;

    /** One direction of one stream. */
    private static final class Stream {
        final ArrayDeque<OutgoingMessage> queue = new ArrayDeque<>();
        int nextSsn;
        long bytes;
    }

    void add(OutgoingMessage message) {
        Stream stream = streams.computeIfAbsent(message.streamId, _ -> new Stream());
        if (stream.queue.isEmpty()) {
            turns.add(stream);
        }
        stream.queue.add(message);
        stream.bytes += message.unsent();
        bytes += message.unsent();
    }

    /** Returns the message whose turn it is, after dropping abandoned ones. */
    Optional<OutgoingMessage> head(long now) {
        while (!turns.isEmpty()) {
            OutgoingMessage message = turns.element().queue.element();
            // Once partly sent, it can only be abandoned by retransmission, with a FORWARD TSN.
            boolean dropped = message.isAbandoned() || message.sent() == 0 && message.isExpired(now);
            if (!dropped) {
                return Optional.of(message);
            }
            take(message.unsent());
            finish();
        }
        return Optional.empty();
    }

    /** The head's next fragment is sent. */
    void sent(OutgoingMessage message, int length) {
        if (message.sent() == 0 && message.ordered) {
            Stream stream = turns.element();
            message.ssn(stream.nextSsn);
            stream.nextSsn = stream.nextSsn + 1 & 0xffff;
        }
        message.advance(length);
        take(length);
        if (message.unsent() == 0) {
            finish();
        }
    }

    private void take(int length) {
        turns.element().bytes -= length;
        bytes -= length;
    }

    private void finish() {
        Stream stream = turns.remove();
        stream.queue.remove();
        if (!stream.queue.isEmpty()) {
            turns.add(stream);
        }
    }

    boolean isEmpty() {
        return turns.isEmpty();
    }

    long bytes() {
        return bytes;
    }

    long bytes(int streamId) {
        Stream stream = streams.get(streamId);
        return stream == null ? 0 : stream.bytes;
    }

    /** The stream was reset: it restarts from SSN 0. */
    void reset(int streamId) {
        Stream stream = streams.remove(streamId);
        if (stream != null && turns.remove(stream)) {
            bytes -= stream.bytes;
        }
    }
}
