package dev.trunkline.demoagent.echo;

import dev.trunkline.demoagent.AgentMetrics;
import dev.trunkline.demoagent.greeting.Greeting;
import dev.trunkline.rtc.AudioCodec;
import dev.trunkline.rtc.DataMessage;
import dev.trunkline.rtc.DataMessage.SipDtmf;
import dev.trunkline.rtc.DataMessage.UserData;
import dev.trunkline.rtc.DisconnectReason;
import dev.trunkline.rtc.LocalAudioTrack;
import dev.trunkline.rtc.RemoteAudioTrack;
import dev.trunkline.rtc.RemoteParticipant;
import dev.trunkline.rtc.Room;
import dev.trunkline.rtc.RoomListener;
import dev.trunkline.rtc.RtpPacket;
import dev.trunkline.rtc.codec.OpusCodec;
import dev.trunkline.rtc.loop.LoopTimer;
import dev.trunkline.rtc.loop.MediaLoop;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.random.RandomGenerator;
import org.jboss.logging.Logger;

/**
 * One call, from the join to the end. Everything here runs on the room's media loop, so it needs no lock and no thread
 * of its own.
 *
 * <pre>
 *   WAITING --the caller hears us--&gt; GREETING --last frame--&gt; ECHOING
 *      |                                |                        |
 *      +--------------------------------+--- caller gone, or ----+--&gt; OVER
 *                                            nobody came, room lost
 * </pre>
 *
 * The caller hears us once a participant has subscribed to our track and the phone was answered ({@code sip.callStatus}). If the
 * relay never reports that, it is assumed after a second.
 */
public final class EchoCall implements RoomListener {
    private static final Logger LOG = Logger.getLogger(EchoCall.class);
    private static final Duration FRAME = Duration.ofMillis(Greeting.FRAME_MILLIS);
    private static final Duration ANSWER_PATIENCE = Duration.ofSeconds(1);
    private static final Duration CALLER_PATIENCE = Duration.ofSeconds(30);
    /** How long to wait until another relay takes over a call whose relay was lost. */
    private static final Duration RETURN_PATIENCE = Duration.ofSeconds(15);

    private enum State {
        WAITING,
        GREETING,
        ECHOING,
        OVER
    }

    private final String jobId;
    private final MediaLoop loop;
    private final Greeting greeting;
    private final OpusCodec opus;
    private final RandomGenerator random;
    private final AgentMetrics metrics;
    private final Optional<HandOver> handOver;
    private final CompletableFuture<Ending> ended = new CompletableFuture<>();

    private final Callers callers = new Callers();
    private final Map<AudioCodec, Translator> translators = new EnumMap<>(AudioCodec.class);
    private final byte[] scratch = new byte[Translator.MOST_BYTES];
    private State state = State.WAITING;
    private Optional<Room> room = Optional.empty();
    private boolean subscribed;
    private boolean answerOverdue;
    private List<byte[]> frames = List.of();
    private long greetingBegan;
    private int greeted;
    private Optional<LoopTimer> patience = Optional.empty();
    private LocalAudioTrack track;
    private Numbering numbering;

    /**
     * @param loop the loop on which the room is joined
     * @param handOverTo to whom a caller who presses 9 is handed over; empty for nobody
     */
    public EchoCall(
            String jobId,
            MediaLoop loop,
            Greeting greeting,
            OpusCodec opus,
            RandomGenerator random,
            AgentMetrics metrics,
            Optional<String> handOverTo) {
        this.jobId = jobId;
        this.loop = loop;
        this.greeting = greeting;
        this.opus = opus;
        this.random = random;
        this.metrics = metrics;
        this.handOver = handOverTo.map(HandOver::new);
    }

    /** The loop on which the room must be joined. */
    public MediaLoop loop() {
        return loop;
    }

    /** Completes when the agent has left the room. */
    public CompletionStage<Ending> ended() {
        return ended.copy();
    }

    /** The join succeeded. */
    public void joined(Room joined) {
        loop.execute(() -> {
            if (state == State.OVER) {
                joined.leave();
                return;
            }
            room = Optional.of(joined);
            try {
                begin(joined);
            } catch (Throwable fault) {
                loop.contained("job", fault);
                end(Ending.failure("the call could not start: " + fault));
            }
        });
    }

    private void begin(Room joined) {
        track = joined.audio().orElseThrow();
        AudioCodec codec = track.codec();
        frames = greeting.frames(codec);
        numbering = new Numbering(
                codec.clockRate(), Greeting.frameSamples(codec), random.nextInt(1 << 16),
                Integer.toUnsignedLong(random.nextInt()));
        joined.participants().forEach(callers::joined);
        patience = Optional.of(loop.schedule(CALLER_PATIENCE, () -> leaveIfAlone("nobody came")));
        greetIfHeard();
    }

    /** The join failed. */
    public void failed(String why) {
        loop.execute(() -> end(Ending.failure(why)));
    }

    /** Leaves the room, whatever its state. */
    public void stop(String why) {
        loop.execute(() -> end(Ending.done(why)));
    }

    @Override
    public void participantJoined(RemoteParticipant participant) {
        loop.execute(() -> {
            callers.joined(participant);
            greetIfHeard();
        });
    }

    @Override
    public void participantUpdated(RemoteParticipant participant) {
        participantJoined(participant);
    }

    @Override
    public void participantLeft(RemoteParticipant participant, DisconnectReason why) {
        loop.execute(() -> {
            boolean wasCaller = callers.isCaller(participant.identity());
            callers.left(participant);
            if (wasCaller && callers.caller().isEmpty()) {
                if (mayComeBack(why)) {
                    loop.schedule(RETURN_PATIENCE, () -> leaveIfAlone("the caller was lost"));
                } else {
                    end(Ending.done("the caller left"));
                }
            }
        });
    }

    /** Whether the call may continue: another participant took the caller's place, or LiveKit lost contact with the caller. */
    private static boolean mayComeBack(DisconnectReason why) {
        return switch (why) {
            case DUPLICATE_IDENTITY, SIGNAL_CLOSE, CONNECTION_TIMEOUT, STATE_MISMATCH, MIGRATION -> true;
            default -> false;
        };
    }

    @Override
    public void localTrackSubscribed(String trackSid) {
        loop.execute(() -> {
            subscribed = true;
            loop.schedule(ANSWER_PATIENCE, () -> {
                answerOverdue = true;
                greetIfHeard();
            });
            greetIfHeard();
        });
    }

    @Override
    public void dataReceived(Optional<RemoteParticipant> sender, DataMessage message) {
        if (message instanceof SipDtmf key && sender.isPresent()) {
            LOG.infof("job=%s key pressed", jobId);
            metrics.keyPressed();
            Optional<UserData> wish = handOver.filter(whom -> HandOver.wishedBy(key)).map(HandOver::question);
            DataMessage answer = wish.isPresent() ? wish.get() : key;
            loop.execute(() -> room.ifPresent(it -> it.sendData(answer, Set.of(sender.get().identity()))));
        } else if (message instanceof UserData answer && HandOver.answers(answer)) {
            LOG.infof("job=%s hand-over: %s", jobId, HandOver.words(answer));
        }
    }

    @Override
    public void disconnected(DisconnectReason reason) {
        boolean lost =
                switch (reason) {
                    case CONNECTION_LOST, CONNECTION_TIMEOUT, JOIN_FAILURE, STATE_MISMATCH, REJOIN_REQUIRED -> true;
                    default -> false;
                };
        loop.execute(() -> end(new Ending(lost, "the room ended: " + reason)));
    }

    @Override
    public void audioReceived(RemoteAudioTrack from, RtpPacket packet) {
        if (state != State.ECHOING || packet.payloadLength() == 0 || !callers.isCaller(from.participantIdentity())) {
            return;
        }
        Optional<AudioCodec> codec = packet.codec();
        if (codec.isPresent()) {
            echo(packet, codec.get());
        }
    }

    private void echo(RtpPacket packet, AudioCodec codec) {
        Numbering.Stamp stamp = numbering.echoed(
                packet.ssrc(), packet.sequence(), packet.timestamp(), codec.clockRate(), System.nanoTime());
        byte[] payload = packet.buffer();
        int offset = packet.payloadOffset();
        int length = packet.payloadLength();
        if (codec != track.codec()) {
            length = translator(codec).translate(payload, offset, length, scratch);
            payload = scratch;
            offset = 0;
        }
        if (length > 0) {
            track.send(
                    stamp.sequence(), stamp.timestamp(), stamp.marker(), payload, offset, length,
                    packet.audioLevel());
            metrics.echoed();
        }
    }

    private Translator translator(AudioCodec from) {
        return translators.computeIfAbsent(from, codec -> Translator.between(codec, track.codec(), opus));
    }

    private void greetIfHeard() {
        boolean heard = subscribed && (answerOverdue || callers.answered().orElse(false));
        if (state == State.WAITING && room.isPresent() && callers.caller().isPresent() && heard) {
            state = State.GREETING;
            greetingBegan = System.nanoTime();
            greet();
        }
    }

    private void greet() {
        if (state != State.GREETING) {
            return;
        }
        if (greeted == frames.size()) {
            state = State.ECHOING;
            LOG.infof("job=%s greeted, echoing %s", jobId, track.codec());
            return;
        }
        byte[] frame = frames.get(greeted++);
        long now = System.nanoTime();
        Numbering.Stamp stamp = numbering.own(now);
        track.send(stamp.sequence(), stamp.timestamp(), stamp.marker(), frame, 0, frame.length);
        // Relative to the start of the greeting, so that delays do not add up.
        Duration due = Duration.ofNanos(greetingBegan + greeted * FRAME.toNanos() - now);
        loop.schedule(due.isNegative() ? Duration.ZERO : due, this::greet);
    }

    private void leaveIfAlone(String why) {
        if (callers.caller().isEmpty()) {
            end(Ending.done(why));
        }
    }

    private void end(Ending ending) {
        if (state == State.OVER) {
            return;
        }
        state = State.OVER;
        patience.ifPresent(LoopTimer::cancel);
        try {
            translators.values().forEach(Translator::close);
        } finally {
            CompletionStage<Void> left = room.map(Room::leave).orElse(CompletableFuture.completedStage(null));
            left.whenComplete((done, failure) -> ended.complete(ending));
        }
    }
}
