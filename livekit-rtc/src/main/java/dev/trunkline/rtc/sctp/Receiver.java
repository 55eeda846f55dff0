package dev.trunkline.rtc.sctp;

import java.util.HashMap;
import java.util.Map;

/** The receiving half: which fragments are accepted, what is acknowledged, and which messages are complete. */
final class Receiver {

    /** Receives complete messages. */
    interface Messages {
        void accept(int streamId, int ppid, byte[] payload);
    }

    private final int window;
    private final Messages messages;
    private final Acknowledger acknowledger = new Acknowledger();
    private final Map<Integer, InboundStream> streams = new HashMap<>();
    private ReceivedTsns received = new ReceivedTsns(0);
    private long buffered;

    Receiver(SctpSettings settings, Messages messages) {
        this.window = settings.receiveWindow();
        this.messages = messages;
    }

    /** Sets the first TSN to expect. */
    void peer(int initialTsn) {
        received = new ReceivedTsns(initialTsn);
    }

    int cumulativeTsn() {
        return (int) received.cumulative();
    }

    /** Whether everything up to this TSN has been received or abandoned. */
    boolean has(int tsn) {
        return Serial.tsn(received.cumulative(), tsn) <= received.cumulative();
    }

    Acknowledger acknowledger() {
        return acknowledger;
    }

    Chunk.Sack sack() {
        return acknowledger.sack(received, Math.max(0, window - buffered));
    }

    /** Whether the peer has exceeded our window by so much that it must be stopped. */
    boolean isOverrun() {
        return buffered > 2L * window;
    }

    void onData(Chunk.Data data, long now) {
        long tsn = Serial.tsn(received.cumulative(), data.tsn());
        if (received.contains(tsn)) {
            acknowledger.onDuplicate(data.tsn());
            return;
        }
        // The buffer is full: only a fragment that fills a gap is accepted (section 6.2).
        boolean full = buffered >= window && tsn > received.highest() && tsn != received.cumulative() + 1;
        if (full || !received.isInReach(tsn)) {
            acknowledger.now();
            return;
        }
        boolean hadGaps = received.hasGaps();
        received.add(tsn);
        acknowledger.onData(data.flags().immediate() || hadGaps || received.hasGaps(), now);
        InboundStream stream = streams.computeIfAbsent(data.streamId(), _ -> new InboundStream());
        long before = stream.bytes();
        stream.add(tsn, data, received.cumulative(), whole -> pass(data.streamId(), whole));
        buffered += stream.bytes() - before;
    }

    void onForwardTsn(Chunk.ForwardTsn forward) {
        acknowledger.now();
        long tsn = Serial.tsn(received.cumulative(), forward.cumulativeTsn());
        if (tsn <= received.cumulative() || !received.isInReach(tsn)) {
            return;
        }
        received.forward(tsn);
        for (Chunk.ForwardTsn.Skip skip : forward.skips()) {
            InboundStream stream = streams.computeIfAbsent(skip.streamId(), _ -> new InboundStream());
            long before = stream.bytes();
            stream.skip(skip.ssn(), whole -> pass(skip.streamId(), whole));
            buffered += stream.bytes() - before;
        }
        for (InboundStream stream : streams.values()) {
            long before = stream.bytes();
            stream.skipUnordered(tsn);
            buffered += stream.bytes() - before;
        }
    }

    /** The peer reset its outgoing stream. */
    void reset(int streamId) {
        InboundStream stream = streams.get(streamId);
        if (stream != null) {
            long before = stream.bytes();
            stream.reset();
            buffered += stream.bytes() - before;
        }
    }

    private void pass(int streamId, InboundStream.Whole whole) {
        messages.accept(streamId, whole.ppid(), whole.payload());
    }
}
