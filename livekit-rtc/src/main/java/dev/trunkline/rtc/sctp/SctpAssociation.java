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

    /** Where the association is in its life (RFC 9260 section 4); CLOSED before it begins and when it has ended. */
    public enum State {
        CLOSED, COOKIE_WAIT, COOKIE_ECHOED, ESTABLISHED,
        SHUTDOWN_PENDING, SHUTDOWN_SENT, SHUTDOWN_RECEIVED, SHUTDOWN_ACK_SENT
    }

    private final SctpSettings settings;
    private final LongSupplier clock;
    private final StateMachine machine;
    /** Calls from within a call (a listener that sends) are flushed once, by the outermost. */
    private int depth;

    /**
     * @param nanoClock monotonic nanoseconds, as {@link System#nanoTime()}
     * @param random for tags, first sequence number and cookie; secure where DTLS is not beneath
     * @param outgoing takes each outgoing SCTP packet, which is the taker's to keep; must not call back
     */
    public SctpAssociation(SctpSettings settings, LongSupplier nanoClock, RandomGenerator random,
            Consumer<byte[]> outgoing, SctpListener listener) {
        this.settings = settings;
        this.clock = nanoClock;
        machine = new StateMachine(settings, nanoClock, random,
                new PacketBundler(settings.port(), settings.mtu(), outgoing), listener, () -> inside(() -> { }));
    }

    /** Sends INIT. Both sides may: WebRTC's do (RFC 9260 section 5.2.1). Does nothing once it has begun. */
    public void start() {
        inside(() -> machine.start(clock.getAsLong()));
    }

    /** Takes one packet as DTLS decrypted it. Never throws for what is in it. */
    public void feed(byte[] packet) {
        SctpPacket.parse(packet)
                .filter(parsed -> parsed.destinationPort() == settings.port())
                .filter(machine::isForUs)
                .ifPresent(parsed -> inside(() -> machine.take(parsed, clock.getAsLong())));
    }

    /** When to call {@link #onTimer()}, on the clock's scale; empty if nothing is under way. */
    public OptionalLong nextTimeout() {
        long now = clock.getAsLong(); // compared by distance: nanoTime may wrap
        return machine.timers().flatMapToLong(timer -> timer.deadline().stream())
                .map(deadline -> deadline - now).min().stream().map(delay -> now + delay).findFirst();
    }

    /** Does what is due. Too early or too often does no harm. */
    public void onTimer() {
        inside(() -> machine.expire(clock.getAsLong()));
    }

    /**
     * Opens a channel by DCEP (RFC 8832), before or after the handshake is done. It may be sent on at once.
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

    /** Whether it is over; it does not begin again. */
    public boolean isEnded() {
        return machine.isEnded();
    }

    /** Ends it once everything is delivered (RFC 9260 section 9.2); at once where there is no association yet. */
    public void shutdown() {
        inside(machine::shutdown);
    }

    /** Ends it now, telling the peer (section 9.1). Does nothing once ended. */
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
