package dev.trunkline.rtc.sctp;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/** Checks that an idle peer is still there (RFC 9260 section 8.3). */
final class Heartbeats {
    private final long interval;
    private final RandomGenerator random;
    private final RetransmissionTimeout rto;
    private final Timer timer = new Timer();
    private byte[] asked = new byte[0];

    Heartbeats(SctpSettings settings, RandomGenerator random, RetransmissionTimeout rto) {
        interval = settings.heartbeatInterval().toNanos();
        this.random = random;
        this.rto = rto;
    }

    Timer timer() {
        return timer;
    }

    /** Something was received from the peer, or the association begins: postpones the next heartbeat. */
    void rest(long now) {
        if (interval > 0) {
            timer.start(now, interval);
        }
    }

    /** Whether the last heartbeat was not answered. */
    boolean isUnanswered() {
        return asked.length > 0;
    }

    void ask(PacketBundler out, long now) {
        asked = ByteBuffer.allocate(16).putLong(now).putLong(random.nextLong()).array();
        out.add(new Chunk.Heartbeat(asked));
        timer.start(now, rto.nanos());
    }

    /** Returns true if this answers the last heartbeat. */
    boolean onAnswer(byte[] info, long now) {
        if (asked.length == 0 || !Arrays.equals(info, asked)) {
            return false;
        }
        rto.measure(now - ByteBuffer.wrap(info).getLong());
        asked = new byte[0];
        rest(now);
        return true;
    }
}
