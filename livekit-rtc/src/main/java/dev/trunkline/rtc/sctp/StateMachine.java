package dev.trunkline.rtc.sctp;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * The state machine of an association (RFC 9260 section 4): what each chunk and each timer does in each state.
 *
 * <pre>
 *  CLOSED --start()--> COOKIE_WAIT --INIT ACK--> COOKIE_ECHOED --COOKIE ACK--> ESTABLISHED
 *     |                     |                          |                            ^
 *     +---------------------+---------COOKIE ECHO------+----------------------------+
 * </pre>
 *
 * <p>From ESTABLISHED it continues as shown in {@link Teardown}, or ends at once by ABORT.
 */
final class StateMachine {
    private static final int MAX_REPORTED_BYTES = 512;

    private final SctpSettings settings;
    private final SctpListener listener;
    private final PacketBundler out;
    private final RetransmissionTimeout rto;
    private final Handshake handshake;
    private final Transmitter transmitter;
    private final Receiver receiver;
    private final StreamResets resets;
    private final Channels channels;
    private final Heartbeats heartbeats;
    private final Teardown teardown;
    private SctpAssociation.State state = SctpAssociation.State.CLOSED;
    private boolean ended;
    private Optional<InitParameters> peer = Optional.empty();
    /** Timeouts since the peer last acknowledged anything. */
    private int errors;

    /** @param flush must be called after something was queued from outside */
    StateMachine(SctpSettings settings, LongSupplier clock, RandomGenerator random, PacketBundler out,
            SctpListener listener, Runnable flush) {
        this.settings = settings;
        this.listener = listener;
        this.out = out;
        rto = new RetransmissionTimeout(settings);
        handshake = new Handshake(settings, out, random, rto);
        transmitter = new Transmitter(out.mostPayload(), rto, handshake.initialTsn());
        resets = new StreamResets(handshake.initialTsn());
        channels = new Channels(settings, clock, transmitter, resets, listener, flush);
        receiver = new Receiver(settings, channels::onMessage);
        heartbeats = new Heartbeats(settings, random, rto);
        teardown = new Teardown(out, rto);
    }

    Channels channels() {
        return channels;
    }

    SctpAssociation.State state() {
        return state;
    }

    boolean isEnded() {
        return ended;
    }

    void start(long now) {
        if (state == SctpAssociation.State.CLOSED && !ended) {
            state = SctpAssociation.State.COOKIE_WAIT;
            handshake.start(now);
        }
    }

    void shutdown() {
        if (state == SctpAssociation.State.ESTABLISHED) {
            state = SctpAssociation.State.SHUTDOWN_PENDING;
        } else if (!isUp()) {
            end(SctpEnd.Cause.SHUTDOWN, "shut down before it began");
        }
    }

    void abort() {
        if (!ended) {
            abort(SctpEnd.Cause.ABORTED, "aborted here");
        }
    }

    boolean isUp() {
        return state.compareTo(SctpAssociation.State.ESTABLISHED) >= 0;
    }

    /** Checks the verification tag (section 8.5). */
    boolean isForUs(SctpPacket packet) {
        if (packet.chunks().isEmpty()) {
            return false;
        }
        return switch (packet.chunks().getFirst()) {
            case Chunk.Init _ -> packet.tag() == 0 && packet.chunks().size() == 1;
            case Chunk.Abort(boolean reflected) when reflected -> isPeer(packet.tag());
            case Chunk.ShutdownComplete(boolean reflected) when reflected -> isPeer(packet.tag());
            default -> packet.tag() == handshake.localTag();
        };
    }

    private boolean isPeer(int tag) {
        return peer.filter(known -> known.tag() == tag).isPresent();
    }

    void take(SctpPacket packet, long now) {
        receiver.acknowledger().onPacket();
        for (Chunk chunk : packet.chunks()) {
            if (ended) {
                if (chunk instanceof Chunk.ShutdownAck) {
                    out.add(new Chunk.ShutdownComplete(false)); // our first one was lost (section 8.4)
                }
                return;
            }
            if (chunk instanceof Chunk.Unknown unknown && unknown.stops()) {
                report(unknown);
                return;
            }
            take(chunk, now);
        }
    }

    private void take(Chunk chunk, long now) {
        switch (chunk) {
            case Chunk.Init(InitParameters sender) -> {
                if (!isUp()) { // a restart uses a new DTLS association, so it never happens here
                    handshake.onInit(sender);
                }
            }
            case Chunk.InitAck(InitParameters sender) -> {
                if (state == SctpAssociation.State.COOKIE_WAIT && sender.cookie().length > 0) {
                    adopt(sender);
                    state = SctpAssociation.State.COOKIE_ECHOED;
                    handshake.onInitAck(sender, now);
                }
            }
            case Chunk.CookieEcho(byte[] cookie) -> handshake.onCookieEcho(cookie).ifPresent(sender -> {
                if (!isUp() && !isPeer(sender.tag())) {
                    adopt(sender);
                }
                out.add(new Chunk.CookieAck());
                establish(now);
            });
            case Chunk.CookieAck _ -> {
                if (state == SctpAssociation.State.COOKIE_ECHOED) {
                    establish(now);
                }
            }
            case Chunk.Abort _ -> end(SctpEnd.Cause.PEER_ABORTED, "the peer aborted");
            default -> {
                if (isUp()) {
                    takeWhenUp(chunk, now);
                }
            }
        }
    }

    private void takeWhenUp(Chunk chunk, long now) {
        switch (chunk) {
            case Chunk.Data data -> {
                receiver.onData(data, now);
                if (receiver.isOverrun()) {
                    abort(SctpEnd.Cause.PROTOCOL_ERROR, "the peer sent far more than our window");
                }
                if (state == SctpAssociation.State.SHUTDOWN_SENT) {
                    receiver.acknowledger().now();
                }
            }
            case Chunk.Sack sack -> {
                errors = 0;
                transmitter.onSack(sack, now);
            }
            case Chunk.ForwardTsn forward -> receiver.onForwardTsn(forward);
            case Chunk.Heartbeat(byte[] info) -> out.add(new Chunk.HeartbeatAck(info));
            case Chunk.HeartbeatAck(byte[] info) -> {
                if (heartbeats.onAnswer(info, now)) {
                    errors = 0;
                }
            }
            case Chunk.Reconfig(List<Chunk.Reconfig.Parameter> parameters) -> parameters.forEach(this::reconfigure);
            case Chunk.Shutdown(int cumulativeTsn) -> onShutdown(cumulativeTsn, now);
            case Chunk.ShutdownAck _ -> {
                if (state == SctpAssociation.State.SHUTDOWN_SENT || state == SctpAssociation.State.SHUTDOWN_ACK_SENT) {
                    out.add(new Chunk.ShutdownComplete(false));
                    end(SctpEnd.Cause.SHUTDOWN, "shut down");
                }
            }
            case Chunk.ShutdownComplete _ -> {
                if (state == SctpAssociation.State.SHUTDOWN_ACK_SENT) {
                    end(SctpEnd.Cause.PEER_SHUTDOWN, "the peer shut down");
                }
            }
            case Chunk.Unknown unknown -> report(unknown);
            default -> { } // ERROR requires no action
        }
    }

    private void adopt(InitParameters sender) {
        peer = Optional.of(sender);
        out.tag(sender.tag());
        transmitter.peer(sender);
        receiver.peer(sender.initialTsn());
        resets.peer(sender.initialTsn());
    }

    private void establish(long now) {
        if (isUp()) {
            return;
        }
        state = SctpAssociation.State.ESTABLISHED;
        errors = 0;
        handshake.done();
        heartbeats.rest(now);
        listener.onEstablished();
        channels.established(peer.orElseThrow());
    }

    private void reconfigure(Chunk.Reconfig.Parameter parameter) {
        switch (parameter) {
            case Chunk.Reconfig.Response response -> {
                errors = 0;
                resets.onResponse(response).forEach(channels::onOutgoingReset);
            }
            case Chunk.Reconfig.ResetRequest request -> {
                StreamResets.Verdict verdict = resets.onRequest(request, receiver.has(request.lastTsn()));
                if (verdict.reset()) {
                    List<Integer> ids = request.streamIds().isEmpty() ? channels.ids() : request.streamIds();
                    ids.forEach(receiver::reset);
                    ids.forEach(channels::onIncomingReset);
                }
                out.add(new Chunk.Reconfig(List.of(verdict.answer())));
            }
        }
    }

    private void onShutdown(int cumulativeTsn, long now) {
        transmitter.onCumulative(cumulativeTsn, now);
        switch (state) {
            case ESTABLISHED, SHUTDOWN_PENDING -> state = SctpAssociation.State.SHUTDOWN_RECEIVED;
            case SHUTDOWN_SENT -> { // both sides shut down at the same time
                state = SctpAssociation.State.SHUTDOWN_ACK_SENT;
                teardown.sendAck(now);
            }
            default -> { }
        }
    }

    /** Tells the peer that a chunk is unknown, if its type requests that (section 3.2). */
    private void report(Chunk.Unknown unknown) {
        if (unknown.reported() && isUp()) {
            byte[] cause = Arrays.copyOf(unknown.bytes(), Math.min(unknown.bytes().length, MAX_REPORTED_BYTES));
            out.add(new Chunk.OperationError(ByteBuffer.allocate(4 + cause.length)
                    .putShort((short) ChunkType.CAUSE_UNRECOGNIZED_CHUNK).putShort((short) (4 + cause.length))
                    .put(cause).array()));
        }
    }

    Stream<Timer> timers() {
        return Stream.of(handshake.timer(), transmitter.timer(), receiver.acknowledger().timer(), resets.timer(),
                heartbeats.timer(), teardown.timer());
    }

    /** Handles the timers that are due. */
    void expire(long now) {
        if (handshake.timer().expire(now) && !handshake.onTimeout(now)) {
            end(SctpEnd.Cause.NO_HANDSHAKE, "no answer to the handshake");
        }
        if (receiver.acknowledger().timer().expire(now)) {
            receiver.acknowledger().now();
        }
        if (transmitter.timer().expire(now) && isPeerThere()) {
            transmitter.onTimeout(now);
        }
        if (resets.timer().expire(now) && isPeerThere()) {
            resets.onTimeout();
        }
        if (teardown.timer().expire(now) && isPeerThere()) {
            teardown.onTimeout(state, receiver.cumulativeTsn(), now);
        }
        if (heartbeats.timer().expire(now) && (!heartbeats.isUnanswered() || isPeerThere())) {
            heartbeats.ask(out, now);
        }
    }

    /** Counts a timeout (section 8.1); false once there were too many. */
    private boolean isPeerThere() {
        if (++errors > settings.maxRetransmits()) {
            abort(SctpEnd.Cause.PEER_GONE, "no answer to " + errors + " transmissions");
            return false;
        }
        return true;
    }

    private void abort(SctpEnd.Cause cause, String detail) {
        if (peer.isPresent()) {
            out.add(new Chunk.Abort(false));
        }
        end(cause, detail);
    }

    private void end(SctpEnd.Cause cause, String detail) {
        if (!ended) {
            ended = true;
            state = SctpAssociation.State.CLOSED;
            timers().forEach(Timer::stop);
            channels.end();
            listener.onEnded(new SctpEnd(cause, detail));
        }
    }

    /** Sends what is due and what the windows permit. */
    void send(long now) {
        if (isUp()) {
            if (receiver.acknowledger().isDue()) {
                out.add(receiver.sack());
            }
            if (state != SctpAssociation.State.SHUTDOWN_SENT && state != SctpAssociation.State.SHUTDOWN_ACK_SENT) {
                transmitter.fill(out, now);
                resets.fill(out, transmitter, now, rto.nanos());
            }
            if (transmitter.isIdle()) {
                teardown.delivered(state, receiver.cumulativeTsn(), now).ifPresent(next -> state = next);
            }
        }
        out.flush();
    }
}
