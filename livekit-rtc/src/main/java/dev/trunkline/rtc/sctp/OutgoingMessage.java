package dev.trunkline.rtc.sctp;

/** An outgoing message, split into fragments as the window permits. */
final class OutgoingMessage {
    final int streamId;
    final int ppid;
    final boolean ordered;
    final byte[] payload;
    private final Reliability reliability;
    private final long queuedAt;
    private int ssn;
    private int sent;
    private boolean abandoned;

    OutgoingMessage(int streamId, int ppid, boolean ordered, Reliability reliability, byte[] payload, long queuedAt) {
        this.streamId = streamId;
        this.ppid = ppid;
        this.ordered = ordered;
        this.reliability = reliability;
        this.payload = payload;
        this.queuedAt = queuedAt;
    }

    /** Assigned with its first fragment, so that a message abandoned before that leaves no gap. */
    void ssn(int ssn) {
        this.ssn = ssn;
    }

    int ssn() {
        return ssn;
    }

    /** Bytes that have been sent at least once. */
    int sent() {
        return sent;
    }

    int unsent() {
        return payload.length - sent;
    }

    void advance(int bytes) {
        sent += bytes;
    }

    void abandon() {
        abandoned = true;
    }

    boolean isAbandoned() {
        return abandoned;
    }

    /** Whether its lifetime is over, so that it must not be sent. */
    boolean isExpired(long now) {
        return reliability instanceof Reliability.Lifetime(var most) && now - queuedAt > most.toNanos();
    }

    /** Whether a fragment that was sent this many times may be sent again. */
    boolean mayRetransmit(int transmissions, long now) {
        return switch (reliability) {
            case Reliability.Full() -> true;
            case Reliability.Retransmits(int most) -> transmissions <= most;
            case Reliability.Lifetime _ -> !isExpired(now);
        };
    }
}
