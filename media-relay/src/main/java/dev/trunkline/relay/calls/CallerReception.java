package dev.trunkline.relay.calls;

import dev.trunkline.bus.CallLabel;
import dev.trunkline.bus.SerialQueue;
import dev.trunkline.events.CallId;
import dev.trunkline.events.CallRouted;
import dev.trunkline.events.EndReason;
import dev.trunkline.events.Fallback;
import dev.trunkline.events.MediaLost.Attendance;
import dev.trunkline.events.WaitFor;
import dev.trunkline.events.WhenAgentLeaves;
import dev.trunkline.relay.bridge.CallMedia;
import dev.trunkline.rtc.DisconnectReason;
import dev.trunkline.rtc.RemoteAudioTrack;
import dev.trunkline.rtc.RemoteParticipant;
import dev.trunkline.rtc.loop.LoopTimer;
import dev.trunkline.rtc.loop.MediaLoop;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jboss.logging.Logger;

/**
 * Decides who in the room answers the caller, what the caller hears while nobody does, and what happens to the call then. Used in the
 * call's queue only.
 */
final class CallerReception implements Reception {
    private static final Logger LOG = Logger.getLogger(CallerReception.class);
    /** For the dispatcher to learn that somebody left and to find out that nobody comes, and for the edge to end the call. */
    static final Duration MARGIN = Duration.ofSeconds(10);

    private final CallContext context;
    private final CallRouted route;
    private final CallRoom here;
    private final CallMedia media;
    private final CallVoice voice;
    private final MediaLoop loop;
    private final SerialQueue queue;
    private final Runnable lookAgain;
    private final Runnable taken;
    private final Runnable deserted;
    private final BiConsumer<EndReason, String> end;
    private final WhenAgentLeaves whenAgentLeaves;
    private final Company company;
    private final Patience vacancy;
    private Optional<LoopTimer> timer = Optional.empty();
    /** False for a party called that has only picked up: waiting notes are for a caller whom somebody has left. */
    private boolean mayWait;
    private boolean plays;
    private Optional<String> lastAgent = Optional.empty();

    /**
     * @param before whoever answered the caller before this relay took the call over
     * @param lookAgain run in the queue when the participants may have to be checked although nothing has happened in the room
     * @param taken run when somebody in the room answers the caller
     * @param end asks for the call's end
     */
    CallerReception(
            CallContext context,
            CallRouted route,
            Optional<Attendance> before,
            CallRoom here,
            CallMedia media,
            CallVoice voice,
            MediaLoop loop,
            SerialQueue queue,
            Runnable lookAgain,
            Runnable taken,
            Runnable deserted,
            BiConsumer<EndReason, String> end) {
        this.context = context;
        this.route = route;
        this.here = here;
        this.media = media;
        this.voice = voice;
        this.loop = loop;
        this.queue = queue;
        this.lookAgain = lookAgain;
        this.taken = taken;
        this.deserted = deserted;
        this.end = end;
        this.mayWait = route.outgoing().isEmpty();
        this.whenAgentLeaves = route.whenAgentLeaves().orElse(WhenAgentLeaves.REPLACE);
        this.company = new Company(
                route.waitFor().orElse(WaitFor.PUBLISHED_OR_LISTENING), whenAgentLeaves == WhenAgentLeaves.STAY,
                !route.agents().isEmpty(), route.forward().isPresent(), context.times().rejoin(), before);
        this.vacancy = new Patience(loop, queue, context.guards().heard());
    }

    /**
     * LiveKit says that somebody listens to the caller. It may announce that participant only seconds later, if it publishes nothing, so
     * the room service is asked.
     */
    @Override
    public void listened() {
        company.listened();
        if (route.forward().isEmpty() && company.alone() && !company.mayBeAnsweredBy(here.others())) {
            here.lookWhoIsThere(lookAgain, () -> {
                company.enteredAgain(here.others(), context.clock().millis());
                lookAgain.run();
            });
        }
    }

    @Override
    public void published(RemoteAudioTrack track) {
        company.published(track.sid(), track.participantSid());
        if (company.isAnsweredBy(track.participantSid())) {
            media.expect(track.sid(), track.muted());
        }
    }

    @Override
    public void unpublished(RemoteAudioTrack track) {
        company.unpublished(track.sid());
    }

    @Override
    public void left(String sid, DisconnectReason why) {
        here.left(sid);
        company.left(sid, why, context.clock().millis());
    }

    @Override
    public void enteredAgain() {
        company.enteredAgain(here.others(), context.clock().millis());
    }

    @Override
    public void partnerCalled(String transfer, CallId leg, boolean agentsStay) {
        company.partnerCalled(transfer, leg, agentsStay);
    }

    @Override
    public void consulted(CallId leg) {
        company.consulted(leg);
    }

    @Override
    public void partnerFailed(String transfer) {
        company.partnerFailed(transfer);
    }

    @Override
    public void partnerJoined(CallId leg, boolean agentsStay) {
        company.partnerJoined(leg, agentsStay);
        vacancy.end();
    }

    @Override
    public void agentWanted(boolean wanted) {
        company.agentWanted(wanted);
    }

    @Override
    public Optional<RemoteParticipant> agent() {
        return company.agent();
    }

    @Override
    public Optional<String> lastAgent() {
        return lastAgent;
    }

    @Override
    public boolean isHandedOver() {
        return company.isHandedOver();
    }

    @Override
    public boolean isAlone() {
        return company.alone() && !company.isHandedOver();
    }

    @Override
    public void goesOn() {
        vacancy.end();
    }

    @Override
    public void look(long tookMillis) {
        for (Company.News news : company.look(here.others(), context.clock().millis())) {
            switch (news) {
                case Company.News.Joined joined -> joined(joined, tookMillis);
                case Company.News.Left left -> left(left);
            }
        }
        await();
        timer.ifPresent(LoopTimer::cancel);
        timer = Optional.empty();
        company.lookAgainAt().ifPresent(at -> timer = Optional.of(loop.schedule(
                Duration.ofMillis(Math.max(1, at - context.clock().millis())), () -> queue.execute(lookAgain))));
    }

    private void joined(Company.News.Joined joined, long tookMillis) {
        vacancy.end();
        if (route.outgoing().isEmpty()) {
            media.open();
        }
        mayWait = true;
        joined.who().audioTracks().forEach(track -> media.expect(track.sid(), track.muted()));
        if (company.isPartner(joined.who())) {
            LOG.infof("%s is now with the target of its transfer", CallLabel.of(route));
            return;
        }
        company.agent().map(RoomAgents::name).ifPresent(name -> lastAgent = Optional.of(name));
        LOG.infof("%s agent joined after %d ms", CallLabel.of(route), tookMillis);
        voice.joined(RoomAgents.joined(route.callId(), joined.who(), tookMillis), joined.first());
        taken.run();
    }

    private void left(Company.News.Left left) {
        boolean handedOver = company.isHandedOver();
        String why = RoomAgents.reason(left.why());
        LOG.infof("%s agent left after %d ms (%s), %s", CallLabel.of(route), left.stayedMillis(), why,
                handedOver ? "the caller was handed over"
                        : left.alone() ? "the caller is alone: " + whenAgentLeaves.code() : "others are in the room");
        if (company.wasCalled(left.who()) && (handedOver || !left.alone())) {
            return;
        }
        context.metrics().agentLeft(why, left.alone());
        if (left.alone()) {
            deserted.run();
        }
        boolean replaced = left.alone() && !handedOver && whenAgentLeaves == WhenAgentLeaves.REPLACE;
        voice.say(RoomAgents.left(route.callId(), left, replaced ? Optional.of(route) : Optional.empty()));
        if (replaced) {
            vacancy.begin(forReplacement(route), () -> end.accept(EndReason.AGENT_LEFT, who(left) + ", and nobody took their place"));
        } else if (left.alone() && !handedOver && whenAgentLeaves == WhenAgentLeaves.HANG_UP) {
            end.accept(EndReason.AGENT_LEFT, who(left) + ", and the rule then hangs up");
        }
    }

    /** Returns all the time that the route and its fallback allow: if by then nobody came and nobody said so, the dispatcher is gone. */
    static Duration forReplacement(CallRouted route) {
        long seconds = route.patienceSeconds() + route.fallback().stream().mapToLong(Fallback::patienceSeconds).sum();
        return MARGIN.plusSeconds(seconds);
    }

    private static String who(Company.News.Left left) {
        return RoomAgents.name(left.who()) + " left the room (" + RoomAgents.reason(left.why()) + ")";
    }

    /** A caller who was answered and has nobody to talk to must not think that the line is dead. */
    void await() {
        if (isAlone()) {
            play();
        } else if (plays) {
            plays = false;
            if (company.isHandedOver() || company.isMuted(here.others())) {
                media.waiting(Optional.empty());
            } else {
                media.waitingUntilHeard();
            }
        }
    }

    @Override
    public void lost() {
        play();
    }

    private void play() {
        if (voice.whole().isAnswered() && mayWait && !plays) {
            plays = true;
            media.waiting(context.waiting());
        }
    }

    @Override
    public void close() {
        timer.ifPresent(LoopTimer::cancel);
        vacancy.end();
    }
}
