package dev.trunkline.relay.calls;

import dev.trunkline.events.AgentJoined;
import dev.trunkline.events.AgentPool;
import dev.trunkline.events.CallAdmitted;
import dev.trunkline.events.CallAnswered;
import dev.trunkline.events.CallEnded;
import dev.trunkline.events.CallHeartbeat;
import dev.trunkline.events.CallHeld;
import dev.trunkline.events.CallId;
import dev.trunkline.events.CallRejected;
import dev.trunkline.events.CallResumed;
import dev.trunkline.events.CallRouted;
import dev.trunkline.events.DtmfReceived;
import dev.trunkline.events.EndReason;
import dev.trunkline.events.Envelope;
import dev.trunkline.events.MediaOffered;
import dev.trunkline.events.MediaReady;
import dev.trunkline.events.MediaStats;
import dev.trunkline.events.RefusalReason;
import dev.trunkline.events.TraceStep;
import dev.trunkline.relay.bridge.CallMedia;
import dev.trunkline.relay.dtmf.DtmfKey;
import dev.trunkline.relay.ports.PortPair;
import dev.trunkline.relay.room.RoomEntry.Visit;
import dev.trunkline.relay.room.SipParticipant;
import dev.trunkline.relay.sdp.AnswerWriter;
import dev.trunkline.relay.sdp.Negotiation;
import dev.trunkline.relay.sdp.OfferJudge;
import dev.trunkline.rtc.DataMessage;
import dev.trunkline.rtc.DisconnectReason;
import dev.trunkline.rtc.RemoteParticipant;
import dev.trunkline.rtc.loop.MediaLoop;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jboss.logging.Logger;

/**
 * One call of this relay, from its admission to its last event.
 *
 * <pre>
 *   JOINING --in the room--> UP --room or phone gone--> ENDING --the edge says so, or 3 s--> OVER
 *      |                     | ^                                                              ^
 *      |                     v | entered again                                                |
 *      |                   LOST ---not within 5 s--> ENDING                                   |
 *      `--no room: CallRejected; last event of the call; another relay has it-----------------'
 * </pre>
 *
 * Everything that happens to a call happens in its own queue, one thing after another; only audio goes by it.
 */
final class RelayedCall implements CallMedia.Listener {
    private static final Logger LOG = Logger.getLogger(RelayedCall.class);

    private enum State {
        JOINING, UP, LOST, ENDING, OVER
    }

    private final CallContext context;
    private final CallAdmitted admitted;
    private final CallVoice voice;
    private final Visit visit;
    private final PortPair ports;
    private final AnswerWriter answers;
    private final CallMedia media;
    private final CallRoom here;
    private final MediaLoop loop;
    private final SerialQueue queue;
    private final Runnable over;
    private final CompletableFuture<Void> settled = new CompletableFuture<>();
    private final long begun;

    private State state = State.JOINING;
    private Negotiation.Accepted agreed;
    private boolean listenedTo;
    private boolean agentSaid;
    private boolean confirmed;
    private Optional<Long> answeredAt = Optional.empty();
    private int heartbeats;

    /** @param over is run once, when nothing of the call is left */
    RelayedCall(
            CallContext context,
            CallAdmitted admitted,
            CallVoice voice,
            Visit visit,
            PortPair ports,
            Negotiation.Accepted agreed,
            Runnable over) {
        this.context = context;
        this.admitted = admitted;
        this.voice = voice;
        this.visit = visit;
        this.ports = ports;
        this.agreed = agreed;
        this.over = over;
        this.begun = context.clock().millis();
        this.queue = new SerialQueue(visit.label(), context.threads());
        this.loop = context.loops().get();
        this.answers = new AnswerWriter(context.random().nextLong(), context.advertised(), ports.port());
        this.media = context.media().open(
                loop, ports, agreed.media(), Sources.of(admitted.route().invite().source()), this);
        this.here = new CallRoom(
                context.rooms(), visit, loop, media, queue, () -> new RoomEars(this, media), context.clock());
    }

    /** @return completes when the call is in its room or was refused: then its admission need not come again */
    CompletionStage<Void> begin() {
        here.enter(() -> state == State.JOINING, this::joined, this::notJoined);
        loop.schedule(context.times().ringing(), () -> queue.execute(this::stillRinging));
        return settled;
    }

    CompletionStage<Void> settled() {
        return settled;
    }

    private void joined() {
        state = State.UP;
        long took = context.clock().millis() - begun;
        context.metrics().joined(Duration.ofMillis(took));
        LOG.infof("call=%s media ready: port %d, %s, in the room after %d ms",
                callId(), ports.port(), agreed.media().law(), took);
        voice.reply(ready(0)).whenComplete((done, failure) -> settled.complete(null));
        sayAgent();
    }

    private MediaReady ready(int revision) {
        return new MediaReady(
                callId(), context.relay(), visit.room(), here.participantSid(), answers.write(agreed),
                agreed.media().law().name(), revision);
    }

    private void notJoined(Throwable failure) {
        if (state != State.JOINING) {
            return;
        }
        LOG.errorf("call=%s no room: %s", callId(), failure.getMessage());
        context.metrics().joinFailed();
        voice.reject(RefusalReason.SUITE_FULL, List.of(new TraceStep("room-unreachable", "LiveKit took no participant.")));
        finish();
    }

    /** An event of this call, from the tail. */
    void heard(Envelope envelope) {
        queue.execute(() -> {
            switch (envelope.record()) {
                case MediaReady ready -> heard(ready);
                case MediaOffered offered -> reoffered(envelope, offered);
                case CallAnswered answered -> answered();
                case CallEnded ended -> last("call ended: " + ended.reason().code());
                case CallRejected rejected -> last("call rejected: " + rejected.reason().code());
                default -> {
                    // Of no concern to media.
                }
            }
        });
    }

    private void last(String what) {
        if (state != State.OVER) {
            LOG.infof("call=%s %s", callId(), what);
            finish();
        }
    }

    /** Of two relays that got the call, the one whose event stands first in the partition has it. */
    private void heard(MediaReady ready) {
        if (ready.relay().equals(context.relay())) {
            confirmed = true;
        } else if (!confirmed) {
            last("relay " + ready.relay() + " has the call");
        }
    }

    private void answered() {
        if (state == State.OVER || answeredAt.isPresent()) {
            return;
        }
        answeredAt = Optional.of(context.clock().millis());
        media.answered();
        here.status(SipParticipant.ACTIVE);
    }

    private void reoffered(Envelope cause, MediaOffered offered) {
        if (state == State.OVER) {
            return;
        }
        switch (new OfferJudge().judge(offered.sdpOffer())) {
            case Negotiation.Accepted accepted -> {
                boolean wasHeld = agreed.media().held();
                agreed = accepted;
                media.renegotiated(accepted.media());
                voice.reply(cause, ready(offered.revision()));
                if (wasHeld != accepted.media().held()) {
                    voice.reply(cause, wasHeld ? new CallResumed(callId()) : new CallHeld(callId()));
                }
            }
            // Without an answer the edge refuses the re-INVITE, and the session stays as it is (RFC 3261 section 14.2).
            case Negotiation.Refused refused -> LOG.warnf(
                    "call=%s offer %d cannot be taken: %s", callId(), offered.revision(), refused.trace().getFirst().detail());
        }
    }

    /** From {@link RoomEars}: somebody listens to the caller, or somebody came or changed since. */
    void listenedTo(RoomEars from, boolean now) {
        queue.execute(() -> {
            if (here.isCurrent(from)) {
                listenedTo |= now;
                sayAgent();
            }
        });
    }

    private void sayAgent() {
        if (!listenedTo || agentSaid || state != State.UP) {
            return;
        }
        Optional<RemoteParticipant> agent = RoomAgents.answering(here.others());
        if (agent.isEmpty()) {
            return;
        }
        agentSaid = true;
        media.open();
        long took = context.clock().millis() - begun;
        LOG.infof("call=%s agent joined after %d ms", callId(), took);
        String kind = agent.get().kind().name().toLowerCase(Locale.ROOT);
        voice.reply(new AgentJoined(callId(), RoomAgents.name(agent.get()), agent.get().sid(), kind, took));
    }

    /** From {@link RoomEars}. */
    void dataReceived(DataMessage message) {
        if (message instanceof DataMessage.SipDtmf dtmf) {
            DtmfKey.of(dtmf.code()).ifPresent(media::press);
        }
    }

    /** From {@link RoomEars}: the room is gone, and livekit-rtc could not bring it back. */
    void disconnected(RoomEars from, DisconnectReason reason) {
        queue.execute(() -> {
            if (!here.isCurrent(from) || state != State.UP) {
                return;
            }
            switch (reason) {
                case ROOM_DELETED, ROOM_CLOSED, PARTICIPANT_REMOVED -> end(EndReason.ROOM_CLOSED, "LiveKit: " + reason);
                case CLIENT_INITIATED, CLIENT_CLOSED -> end(EndReason.DRAINED, "the relay is stopping");
                default -> enterAgain(reason);
            }
        });
    }

    private void enterAgain(DisconnectReason reason) {
        LOG.warnf("call=%s the room is lost (%s), entering it again", callId(), reason);
        state = State.LOST;
        here.enterAgain(
                context.times().rejoin(), () -> state == State.LOST, this::back,
                () -> end(EndReason.LIVEKIT_LOST, "the room could not be entered again"));
    }

    private void back() {
        LOG.infof("call=%s is in its room again", callId());
        state = State.UP;
        if (answeredAt.isPresent()) {
            here.status(SipParticipant.ACTIVE);
        }
    }

    @Override
    public void pressed(DtmfKey key) {
        queue.execute(() -> here.key(key));
    }

    @Override
    public void released(DtmfKey key, int millis) {
        queue.execute(() -> voice.say(new DtmfReceived(callId(), true, millis)));
    }

    @Override
    public void keyed(int millis) {
        queue.execute(() -> voice.say(new DtmfReceived(callId(), false, millis)));
    }

    @Override
    public void phoneSilent() {
        queue.execute(() -> end(EndReason.MEDIA_TIMEOUT, "neither RTP nor RTCP came from the phone"));
    }

    @Override
    public void heartbeat(MediaStats stats) {
        queue.execute(() -> {
            if (state == State.UP || state == State.LOST) {
                context.metrics().jitter(stats.jitterMillis());
                CallRouted route = admitted.route();
                voice.say(new CallHeartbeat(
                        callId(), context.relay(), heartbeats++, route.organisation().id(), route.number(), stats,
                        route.limits().agentPool().map(AgentPool::name)));
            }
        });
    }

    private void stillRinging() {
        if (answeredAt.isEmpty()) {
            end(EndReason.EDGE_LOST, "the call was neither answered nor ended");
        }
    }

    /** The process stops and cannot keep the call. */
    void drain() {
        queue.execute(() -> end(EndReason.DRAINED, "the relay is stopping"));
    }

    private void end(EndReason reason, String detail) {
        if (state == State.ENDING || state == State.OVER) {
            return;
        }
        LOG.infof("call=%s asking the edge for the end: %s, %s", callId(), reason.code(), detail);
        state = State.ENDING;
        voice.askForEnd(reason, detail);
        loop.schedule(context.times().edgeReply(), () -> queue.execute(() -> {
            if (state == State.ENDING) {
                LOG.warnf("call=%s the edge did not answer, ending the call", callId());
                long duration = answeredAt.map(at -> context.clock().millis() - at).orElse(0L);
                voice.ended(reason, detail, answeredAt.isPresent(), duration, media.stats());
                finish();
            }
        }));
    }

    private void finish() {
        state = State.OVER;
        settled.complete(null);
        here.leave();
        media.close(() -> context.ports().giveBack(ports.port()));
        over.run();
    }

    private CallId callId() {
        return admitted.callId();
    }
}
