package dev.trunkline.relay.calls;

import dev.trunkline.bus.CallLabel;
import dev.trunkline.bus.SerialQueue;
import dev.trunkline.events.AgentUnavailable;
import dev.trunkline.events.Announcement;
import dev.trunkline.events.AnswerCall;
import dev.trunkline.events.CallId;
import dev.trunkline.events.CallRouted;
import dev.trunkline.events.DialPurpose;
import dev.trunkline.events.EndReason;
import dev.trunkline.events.TransferFailed;
import dev.trunkline.events.TransferStarted;
import dev.trunkline.events.TransferSucceeded;
import dev.trunkline.events.TransferWay;
import dev.trunkline.events.privacy.TransferTarget;
import dev.trunkline.relay.calls.TransferRequests.Asked;
import dev.trunkline.relay.onward.Act;
import dev.trunkline.relay.onward.Onward;
import dev.trunkline.relay.onward.Plan;
import dev.trunkline.relay.onward.Target;
import dev.trunkline.relay.sounds.Announcer;
import dev.trunkline.relay.sounds.Announcer.Played;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import org.jboss.logging.Logger;

/**
 * Forwards a caller whom no agent has, as the route says: to the targets of a forward, or by the steps of a fallback. {@link Onward}
 * decides the next step; {@link Transfers} handles what somebody requests. Used in the call's queue only.
 */
final class Forwards {
    private static final Logger LOG = Logger.getLogger(Forwards.class);

    private final CallContext context;
    private final CallRouted route;
    private final CallVoice voice;
    private final TransferRequests requests;
    private final Announcer announcer;
    private final MessageTaker messages;
    private final BooleanSupplier answered;
    private final SerialQueue queue;
    private final Patience patience;
    private final BiConsumer<EndReason, String> end;
    private Optional<Way> way = Optional.empty();
    private boolean closed;

    /** What is being tried. */
    private record Way(Plan plan, Onward onward) {}

    /**
     * @param answered whether the call is answered
     * @param patience of the call, for this alone
     * @param end asks for the call's end
     */
    Forwards(
            CallContext context,
            CallRouted route,
            CallVoice voice,
            TransferRequests requests,
            Announcer announcer,
            MessageTaker messages,
            BooleanSupplier answered,
            SerialQueue queue,
            Patience patience,
            BiConsumer<EndReason, String> end) {
        this.context = context;
        this.route = route;
        this.voice = voice;
        this.requests = requests;
        this.announcer = announcer;
        this.messages = messages;
        this.answered = answered;
        this.queue = queue;
        this.patience = patience;
        this.end = end;
    }

    /** The call is this relay's, and in its room. Idempotent. */
    void ready() {
        route.forward().map(Plan::of).ifPresent(this::goOn);
    }

    /** No agent came to a caller who is alone. @return whether the relay decides what is next; otherwise the edge does */
    boolean unavailable(AgentUnavailable none) {
        boolean ours = Plan.isForTheRelay(none.fallback(), answered.getAsBoolean());
        if (ours) {
            goOn(Plan.of(none.fallback(), none.left().isPresent()));
        }
        return ours;
    }

    private void goOn(Plan plan) {
        if (way.isEmpty() && !closed) {
            var onward = new Onward(plan, answered);
            way = Optional.of(new Way(plan, onward));
            LOG.infof("%s is sent on by the %s: %d steps to try", CallLabel.of(route), plan.by(), plan.steps().size());
            carryOut(onward.begin());
        }
    }

    /** The edge answered the call. */
    void answered() {
        carryOut(now().map(one -> one.onward().callAnswered()));
    }

    void started(TransferStarted started) {
        carryOut(now().map(one -> one.onward().started(started.transfer(), started.leg())));
    }

    void failed(TransferFailed failed) {
        carryOut(now().map(one -> one.onward().failed(failed.transfer(), failed.status(), failed.detail())));
    }

    /** The caller was handed over, by this class or because somebody requested it. */
    void succeeded(TransferSucceeded succeeded) {
        messages.giveUp();
        now().filter(one -> !one.onward().isOver())
                .ifPresent(one -> over(one, one.onward().knows(succeeded.transfer()) ? "answered" : "elsewhere"));
        carryOut(now().map(one -> one.onward().succeeded(succeeded.transfer())));
    }

    /** Somebody in the room has the caller. */
    void taken() {
        messages.giveUp();
        now().filter(one -> !one.onward().isOver()).ifPresent(one -> over(one, "elsewhere"));
        carryOut(now().map(one -> one.onward().taken()));
    }

    private Optional<Way> now() {
        return closed ? Optional.empty() : way;
    }

    private void carryOut(Optional<List<Act>> acts) {
        acts.ifPresent(this::carryOut);
    }

    private void carryOut(List<Act> acts) {
        if (way.get().onward().isOver()) {
            patience.end();
        }
        for (Act act : acts) {
            switch (act) {
                case Act.Ring ring -> ask(ring.target(), TransferWay.BRIDGE, ring.ringing(), Optional.of(DialPurpose.FORWARD));
                case Act.Refer refer -> ask(refer.target(), TransferWay.REFER, refer.ringing(), Optional.empty());
                case Act.Announce announce -> announce(announce.step(), announce.name());
                case Act.Answer answer -> voice.say(new AnswerCall(route.callId(), CallVoice.SERVICE, answer.detail()));
                case Act.TakeMessage message when messages.isOn() -> takeMessage(message);
                case Act.TakeMessage message -> announce(message.step(), message.greeting());
                case Act.Wait wait -> patience.begin(wait.atMost(), () -> carryOut(now().map(one -> one.onward().timeUp())));
                case Act.EndLeg leg -> endLeg(leg.leg(), leg.reason(), leg.detail());
                case Act.Note note -> LOG.infof("%s %s", CallLabel.of(route), note.words());
                case Act.EndCall call -> {
                    over(way.get(), switch (call.reason()) {
                        case ANNOUNCED -> "announced";
                        case MESSAGE_LEFT -> "message";
                        default -> "nobody";
                    });
                    end.accept(call.reason(), call.detail());
                }
            }
        }
    }

    private void ask(Target target, TransferWay by, Duration ringing, Optional<DialPurpose> purpose) {
        LOG.infof("%s is being sent on to %s: transfer %s", CallLabel.of(route), target.place(), target.transfer());
        String sealed = requests.sealed(new TransferTarget(target.who().to(), target.who().headers()));
        voice.say(requests.of(
                new Asked(
                        target.transfer(), sealed, target.who().outboundTrunk(), Optional.of(by), false,
                        OptionalInt.of((int) ringing.toSeconds())),
                way.get().plan().by(), purpose));
    }

    private void endLeg(CallId leg, EndReason reason, String detail) {
        LOG.infof("%s its outbound call %s is to end: %s", CallLabel.of(route), leg, reason.code());
        voice.askForEndOf(leg, reason, detail);
    }

    private void announce(int step, String name) {
        LOG.infof("%s is played %s", CallLabel.of(route), name);
        played(name).whenComplete((played, fault) -> queue.execute(() -> carryOut(now().map(one -> fault == null
                ? one.onward().announced(step, played.complete(), played.detail())
                : one.onward().announced(step, false, "it could not be played")))));
    }

    private void takeMessage(Act.TakeMessage message) {
        messages.take(message.greeting(), language()).thenAccept(taken -> carryOut(now().map(one -> switch (taken) {
            case LEFT -> one.onward().messageLeft(message.step());
            case NOTHING_SAID -> one.onward().announced(message.step(), true, "");
            case FAILED -> one.onward().announced(message.step(), false, "the message could not be recorded");
        })));
    }

    private CompletionStage<Played> played(String name) {
        try {
            return announcer.play(new Announcement(name, language()));
        } catch (Throwable fault) {
            context.guards().faults().caught("announcement", fault);
            return CompletableFuture.failedFuture(fault);
        }
    }

    /**
     * A fallback names a sound and no language: the language is that of the route's own announcement, else the configured one of the
     * number.
     */
    private String language() {
        return route.announcement().map(Announcement::language).orElse("");
    }

    private void over(Way one, String outcome) {
        context.metrics().wentOn(one.plan().by(), outcome);
    }

    /** The call ends. */
    void close() {
        now().filter(one -> !one.onward().isOver()).ifPresent(one -> over(one, "call-ended"));
        closed = true;
        patience.end();
        messages.close();
    }
}
