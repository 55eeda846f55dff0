package dev.trunkline.rtc.sctp;

import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * One SCTP association over DTLS with its data channels: a pure state machine.
 *
 * <p>Confined to one thread. The caller feeds in what DTLS decrypted, sends the output through DTLS, and calls
 * {@link #onTimer()} when {@link #nextTimeout()} has come.
 */
public final class SctpAssociation {

    /** The states of an association (RFC 9260 section 4); CLOSED before it begins and after it has ended. */
    public enum State {
        CLOSED, COOKIE_WAIT, COOKIE_ECHOED, ESTABLISHED,
        SHUTDOWN_PENDING, SHUTDOWN_SENT, SHUTDOWN_RECEIVED, SHUTDOWN_ACK_SENT
    }

    private final SctpSettings settings;
    private final LongSupplier clock;
    private final StateMachine machine;
    /** Nested calls (a listener that sends) are flushed once, by the outermost call. */
    private int depth;

    /**
     * @param nanoClock monotonic nanoseconds, as {@link System#nanoTime()}
     * @param random for tags, first sequence number and cookie; must be secure unless DTLS is underneath
     * @param outgoing receives each outgoing SCTP packet, and may keep it; must not call back
     */
    public SctpAssociation(SctpSettings settings, LongSupplier nanoClock, RandomGenerator random,
            Consumer<byte[]> outgoing, SctpListener listener) {
        this.settings = settings;
        this.clock = nanoClock;
        machine = new StateMachine(settings, nanoClock, random,
                new PacketBundler(settings.port(), settings.mtu(), outgoing), listener, () -> inside(() -> { }));
    }

    /** Sends INIT. Both sides may do so, and in WebRTC they do (RFC 9260 section 5.2.1). Has no effect once the association has begun. */
    public void start() {
        inside(() -> machine.start(clock.getAsLong()));
    }

    /** Processes one packet decrypted by DTLS. Never throws because of its content. */
    public void feed(byte[] packet) {
        SctpPacket.parse(packet)
                .filter(parsed -> parsed.destinationPort() == settings.port())
                .filter(machine::isForUs)
                .ifPresent(parsed -> inside(() -> machine.take(parsed, clock.getAsLong())));
    }

    /** When to call {@link #onTimer()}, on the clock's scale; empty if nothing is pending. */
    public OptionalLong nextTimeout() {
        long now = clock.getAsLong(); // compared by difference, because nanoTime may wrap
        return machine.timers().flatMapToLong(timer -> timer.deadline().stream())
                .map(deadline -> deadline - now).min().stream().map(delay -> now + delay).findFirst();
    }

    /** Does what is due. Calling it too early or too often is harmless. */
    public void onTimer() {
        inside(() -> machine.expire(clock.getAsLong()));
    }

    /**
     * Opens a channel by DCEP (RFC 8832), before or after the handshake is done. Messages may be sent on it at once.
     *
     * @throws IllegalStateException if the association has ended or has no id left
     */
    public DataChannel open(ChannelConfig config) {
        return machine.channels().open(config);
    }

    /**
     * Opens a channel whose id both sides agreed on elsewhere, without DCEP.
     *
     * @throws IllegalArgumentException if the id is taken or not between 0 and 65534
     * @throws IllegalStateException if the association has ended
     */
    public DataChannel openNegotiated(int id, ChannelConfig config) {
        return machine.channels().openNegotiated(id, config, machine.isUp());
    }

    /** The channels that are not closed. */
    public List<DataChannel> channels() {
        return machine.channels().open();
    }

    public State state() {
        return machine.state();
    }

    /** Whether it has ended; it cannot begin again. */
    public boolean isEnded() {
        return machine.isEnded();
    }

    /** Ends it once everything is delivered (RFC 9260 section 9.2); at once if there is no association yet. */
    public void shutdown() {
        inside(machine::shutdown);
    }

    /** Ends it now, and tells the peer (section 9.1). Has no effect once ended. */
    public void abort() {
        inside(machine::abort);
    }

    private void inside(Runnable work) {
        depth++;
        try {
            work.run();
        } finally {
            if (depth == 1) {
                machine.send(clock.getAsLong());
            }
            depth--;
        }
    }
}
