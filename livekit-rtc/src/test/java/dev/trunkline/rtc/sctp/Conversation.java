package dev.trunkline.rtc.sctp;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** An established association whose peer is simulated chunk by chunk by a test. */
final class Conversation {
    private static final int TAG = 77;

    private final List<byte[]> sent = new ArrayList<>();
    private final Peer peer;
    private final int tag;
    private long now;
    private int tsn = 1_000;
    private int seen;

    Conversation() {
        peer = new Peer("played with", SctpSettings.defaults(), () -> now, new SplittableRandom(1));
        peer.connect(sent::add);
        InitParameters init = new InitParameters(TAG, 1 << 20, 65_535, 65_535, tsn, true, true, new byte[0], List.of());
        peer.association.feed(new SctpPacket(5000, 5000, 0, List.of(new Chunk.Init(init))).bytes());
        InitParameters answer = ((Chunk.InitAck) answers().getFirst()).parameters();
        tag = answer.tag();
        feed(new Chunk.CookieEcho(answer.cookie()));
        answers();
    }

    Peer heard() {
        return peer;
    }

    Optional<SctpEnd> end() {
        return peer.end;
    }

    void feed(Chunk... chunks) {
        peer.association.feed(new SctpPacket(5000, 5000, tag, List.of(chunks)).bytes());
    }

    /** Advances time and lets timers expire. */
    void pass(long millis) {
        now += millis * 1_000_000;
        peer.association.onTimer();
    }

    /** Returns the chunks that the association sent since the last call. */
    List<Chunk> answers() {
        List<Chunk> chunks = new ArrayList<>();
        while (seen < sent.size()) {
            chunks.addAll(SctpPacket.parse(sent.get(seen++)).orElseThrow().chunks());
        }
        return chunks;
    }

    Chunk.Sack lastSack() {
        pass(1_000);
        return answers().stream().filter(Chunk.Sack.class::isInstance).map(Chunk.Sack.class::cast)
                .reduce((_, last) -> last).orElseThrow();
    }

    int nextTsn() {
        return tsn;
    }

    void skipTsn() {
        tsn++;
    }

    void open(String label, int streamId) {
        byte[] open = Dcep.open(ChannelConfig.reliable(label));
        feed(new Chunk.Data(tsn++, streamId, 0, Ppid.DCEP, new Chunk.Data.Flags(false, false, true, true), open));
    }

    /** Feeds an unordered fragment with the next TSN. */
    void data(boolean first, boolean last, int length, int streamId) {
        feed(new Chunk.Data(tsn++, streamId, 0, Ppid.BINARY, new Chunk.Data.Flags(false, true, first, last),
                new byte[length]));
    }

    /** Feeds an ordered message on stream 1 with the next TSN. */
    void ordered(int ssn, int length) {
        feed(new Chunk.Data(tsn++, 1, ssn, Ppid.BINARY, new Chunk.Data.Flags(false, false, true, true),
                new byte[length]));
    }

    /** Feeds an unordered message with an earlier TSN. */
    void repeat(int tsn, int streamId) {
        feed(new Chunk.Data(tsn, streamId, 0, Ppid.BINARY, new Chunk.Data.Flags(false, true, true, true),
                new byte[10]));
    }

    int takeTsn() {
        return tsn++;
    }

    void sack(int cumulativeTsn, long window, Chunk.Sack.Gap... gaps) {
        feed(new Chunk.Sack(cumulativeTsn, window, List.of(gaps), List.of()));
    }

    /** Returns the user data that the association sent since the last call. */
    List<Chunk.Data> data() {
        return answers().stream().filter(Chunk.Data.class::isInstance).map(Chunk.Data.class::cast).toList();
    }

    /** Returns the number of packets that the association has sent so far. */
    int packets() {
        return sent.size();
    }
}
