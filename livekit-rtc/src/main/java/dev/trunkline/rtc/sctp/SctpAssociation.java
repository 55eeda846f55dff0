package dev.trunkline.rtc.sctp;

import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * One SCTP association over DTLS with its data channels: a pure state machine.
 *
 * <p>Confined to one thread. The caller feeds what DTLS decrypted, sends what comes out through DTLS, and calls
 * {@link #onTimer()} when {@link #nextTimeout()} has come.
 */
public final class SctpAssociation {

    /** Where the association is in its life (RFC 9260 section 4). */
    public enum State {
        CLOSED, COOKIE_WAIT, COOKIE_ECHOED, ESTABLISHED,
        SHUTDOWN_PENDING, SHUTDOWN_SENT, SHUTDOWN_RECEIVED, SHUTDOWN_ACK_SENT
    }

    /**
     * @param nanoClock monotonic nanoseconds, as {@link System#nanoTime()}
     * @param random for tags, first sequence number and cookie; secure where DTLS is not beneath
     * @param outgoing takes each outgoing SCTP packet, which is the taker's to keep
     */
    public SctpAssociation(SctpSettings settings, LongSupplier nanoClock, RandomGenerator random,
            Consumer<byte[]> outgoing, SctpListener listener) {
    }

    /** Sends INIT. Both sides may: WebRTC's do (RFC 9260 section 5.2.1). */
    public void start() {
        throw new UnsupportedOperationException();
    }

    /** Takes one packet as DTLS decrypted it. Never throws for what is in it. */
    public void feed(byte[] packet) {
        throw new UnsupportedOperationException();
    }

    /** When to call {@link #onTimer()}, on the clock's scale; empty if nothing is under way. */
    public OptionalLong nextTimeout() {
        throw new UnsupportedOperationException();
    }

    /** Does what is due. Too early or too often does no harm. */
    public void onTimer() {
        throw new UnsupportedOperationException();
    }

    /**
     * Opens a channel by DCEP (RFC 8832), before or after the handshake is done. It may be sent on at once.
     *
     * @throws IllegalStateException if the association has ended or has no id left
     */
    public DataChannel open(ChannelConfig config) {
        throw new UnsupportedOperationException();
    }

    /**
     * Opens a channel whose id both sides agreed on elsewhere, without DCEP.
     *
     * @throws IllegalArgumentException if the id is taken or not between 0 and 65534
     */
    public DataChannel openNegotiated(int id, ChannelConfig config) {
        throw new UnsupportedOperationException();
    }

    /** The channels that are not closed. */
    public List<DataChannel> channels() {
        throw new UnsupportedOperationException();
    }

    public State state() {
        throw new UnsupportedOperationException();
    }

    /** Ends it once everything is delivered (RFC 9260 section 9.2). */
    public void shutdown() {
        throw new UnsupportedOperationException();
    }

    /** Ends it now, telling the peer (section 9.1). Does nothing once ended. */
    public void abort() {
        throw new UnsupportedOperationException();
    }
}
