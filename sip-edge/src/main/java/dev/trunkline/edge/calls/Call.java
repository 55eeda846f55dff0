package dev.trunkline.edge.calls;

import dev.trunkline.bus.CallLabel;
import dev.trunkline.bus.SerialQueue;
import dev.trunkline.edge.call.CallFacts;
import dev.trunkline.edge.call.CallInput;
import dev.trunkline.edge.call.CallState;
import dev.trunkline.edge.call.CallStory;
import dev.trunkline.edge.call.CallTimer;
import dev.trunkline.edge.call.Effect;
import dev.trunkline.edge.call.JoinRules;
import dev.trunkline.edge.call.LegFacts;
import dev.trunkline.edge.call.LegInput;
import dev.trunkline.edge.call.LegState;
import dev.trunkline.edge.call.Session;
import dev.trunkline.edge.call.Step;
import dev.trunkline.edge.dialog.Dialog;
import dev.trunkline.edge.dialog.DialogKey;
import dev.trunkline.edge.recovery.Recovery;
import dev.trunkline.events.CallAdmitted;
import dev.trunkline.events.CallEvent;
import dev.trunkline.events.CallId;
import dev.trunkline.events.CallSummary;
import dev.trunkline.events.EndReason;
import dev.trunkline.events.Envelope;
import dev.trunkline.events.Envelope.Owners;
import dev.trunkline.events.JoinCalls;
import dev.trunkline.events.OutgoingLeg;
import dev.trunkline.events.TransferSucceeded;
import dev.trunkline.sip.ServerTransaction;
import dev.trunkline.sip.UserAgentClient;
import dev.trunkline.sip.message.OutgoingResponse;
import dev.trunkline.sip.net.PacketSource;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * One call of this edge: its state, its transactions and its timers, all confined to its mailbox. Inputs may come from any
 * thread.
 *
 * <p>Anything thrown while one of its tasks runs, including an Error, ends this call and nothing else. Each effect is
 * carried out whatever the one before it threw. Then the call is given up: its caller gets a response, its last event is
 * published, and its places, timers and transactions are freed.
 */
public final class Call {
    private static final Logger LOG = Logger.getLogger(Call.class);
    /** The {@code where} of {@code trunkline_contained_faults_total}. */
    static final String MAILBOX = "call-mailbox";

    private final CallId id;
    /** For an outbound call: present once it is answered. */
    private volatile Optional<DialogKey> dialog;
    private final Optional<InviteKey> inviteKey;
    private final String branch;
    private volatile Optional<PacketSource> source;
    private volatile Optional<Origin> origin;
    private final NewCallPlaces places;
    private final CallVoice voice;
    private final CallParts parts;
    private final Calls calls;
    private final SerialQueue mailbox;
    private final CallTimers timers;

    private final Transactions transactions;
    /** For an outbound call that this process dials. */
    private final Optional<LegInvite> dialled;
    private volatile Optional<OutgoingLeg> leg;

    private CallState state;
    private volatile CallStory story;
    /** The last event, if another service published it: a relay or the limiter. */
    private Optional<Envelope> lastOfOthers = Optional.empty();
    /** Whether a relay may have been asked to join it. */
    private boolean admitted;
    private volatile boolean over;
    private volatile boolean answered;
    private volatile Optional<Held> held = Optional.empty();

    /**
     * @param since when the call got its relay or was resumed, as {@link System#nanoTime} counts
     * @param readyAt when the relay reported that it has media, by the relay's clock, if that is known
     */
    record Held(String relay, long since, Optional<Instant> readyAt) {}

    /** @param state in which the call is given up if its first step throws */
    private Call(
            CallId id,
            CallState state,
            CallStory story,
            Optional<Dialog> dialog,
            Optional<ServerTransaction> invite,
            Optional<OutgoingLeg> leg,
            Optional<LegFacts> dialling,
            NewCallPlaces places,
            CallParts parts,
            Calls calls) {
        this.id = id;
        this.state = state;
        this.story = story;
        this.dialog = dialog.map(Dialog::key);
        this.transactions = new Transactions(invite, parts.metrics());
        this.inviteKey = invite.map(transaction -> InviteKey.of(transaction.request()));
        this.branch = invite.map(transaction -> transaction.request().branch()).orElse("");
        this.source = invite.map(transaction -> transaction.request().source());
        this.origin = dialog.map(Origin::of);
        this.places = places;
        this.voice = new CallVoice(id, parts, parts.clock().instant(), () -> on(new CallInput.NotPublished()));
        this.parts = parts;
        this.calls = calls;
        this.mailbox = new SerialQueue(parts.threads(), fault -> give(fault, Optional.empty()));
        this.leg = leg;
        this.dialled = dialling.map(facts -> new LegInvite(this, parts, facts));
        this.timers = new CallTimers(parts.timers(), parts.silence(), mailbox, this::expired);
    }

    static Call begin(CallFacts facts, ServerTransaction invite, CallParts parts, Calls calls, NewCallPlaces places) {
        var call = new Call(
                facts.invite().callId(), new CallState.Deciding(facts, Owners.edge(parts.edge())),
                CallStory.of(facts.invite()), Optional.of(facts.dialog()), Optional.of(invite), Optional.empty(), Optional.empty(), places, parts, calls);
        calls.add(call);
        call.mailbox.execute(() -> call.take(() -> parts.machine().begin(facts), Optional.empty()));
        return call;
    }

    /** Begins an outbound call when it is admitted. */
    static Call dial(LegFacts leg, CallParts parts, Calls calls) {
        var call = new Call(leg.id(), new LegState.Offering(leg, Owners.edge(parts.edge())), CallStory.NONE.after(leg.admitted()),
                Optional.empty(), Optional.empty(), Optional.of(leg.leg()), Optional.of(leg), NewCallPlaces.NONE, parts, calls);
        call.admitted = true;
        calls.add(call);
        call.mailbox.execute(() -> call.take(
                () -> parts.machine().dial(leg, parts.edge(), parts.relays().refusal()), Optional.empty()));
        return call;
    }

    /** Resumes a call that an earlier process answered. @param unattended if nobody has joined yet */
    static Call resume(
            Session session, CallStory story, Optional<Recovery.Unattended> unattended, CallParts parts, Calls calls) {
        var call = new Call(session.call(), new CallState.Up(session), story, Optional.of(session.dialog()), Optional.empty(),
                session.leg(), Optional.empty(), NewCallPlaces.NONE, parts, calls);
        call.answered = true;
        call.admitted = true;
        calls.add(call);
        call.mailbox.execute(() -> call.take(() -> unattended
                .map(waiting -> waiting.none()
                        .map(none -> parts.machine().resume(session, none, waiting.admittedAt()))
                        .orElseGet(() -> parts.machine().resume(session, waiting.route(), waiting.admittedAt())))
                .orElseGet(() -> parts.machine().resume(session, story.answeredAt().orElseGet(parts.clock()::instant))),
                Optional.empty()));
        return call;
    }

    void on(CallInput input) {
        mailbox.execute(() -> {
            if (input instanceof CallInput.RelayLeaves && story.transferring()) {
                // The call is asked again while its relay drains.
                return;
            }
            if (over && input instanceof CallInput.Told(var envelope)) {
                // The event was on its way here when the call ended.
                parts.lateRelays().hear(envelope);
            } else {
                boolean admission = input instanceof CallInput.Told(var envelope) && envelope.record() instanceof CallAdmitted;
                admitted |= admission;
                if (input instanceof CallInput.Told(var told) && told.record() instanceof CallEvent event && event.isLast()) {
                    lastOfOthers = Optional.of(told);
                }
                take(() -> {
                    story = story.after(input);
                    return parts.machine().on(state, admission ? placed(input) : raced(input));
                }, Optional.empty());
            }
        });
    }

    /** Checks whether there is a relay for an admission. */
    private CallInput placed(CallInput admission) {
        return parts.relays().refusal()
                .<CallInput>map(CallInput.AdmittedInVain::new)
                .orElse(admission);
    }

    /** Checks whether the answer of a leg that rings in parallel with others is the first. */
    private CallInput raced(CallInput input) {
        return input instanceof LegInput.Accepted accepted
                        && state instanceof LegState.Calling calling
                        && calling.answer(accepted.answer()).isPresent()
                        && !calls.partners().wins(this)
                ? new LegInput.Beaten(accepted.gateway(), accepted.dialog(), accepted.ack())
                : input;
    }

    /** Handles a message from a call of another edge. */
    void on(JoinCalls said) {
        calls.joins().hear(this, said, parts, calls);
    }

    private void expired(CallTimer timer) {
        take(() -> parts.machine().on(state, new CallInput.Expired(timer)), Optional.empty());
    }

    /** @param request the transaction of the request that the input stands for */
    void on(CallInput input, ServerTransaction request) {
        mailbox.execute(() -> take(() -> parts.machine().on(state, input), Optional.of(request)));
    }

    private void take(Supplier<Step> decision, Optional<ServerTransaction> request) {
        Step step;
        Instant now;
        try {
            step = decision.get();
            now = parts.clock().instant();
        } catch (Throwable fault) {
            give(fault, request);
            return;
        }
        if (!carriedOut(step, request, now)) {
            giveUp();
        }
    }

    /** @return false if something was thrown on the way; the effects after it were carried out all the same */
    private boolean carriedOut(Step step, Optional<ServerTransaction> request, Instant now) {
        if (step.next() instanceof CallState.ReinvitePending && !(state instanceof CallState.ReinvitePending)) {
            transactions.offers(request);
        }
        state = step.next();
        hold(state.relay());
        // Before the response reaches the caller, who may call again at once.
        switch (state) {
            case CallState.Deciding deciding -> { }
            case CallState.Ringing ringing -> places.decided();
            default -> places.giveBack();
        }
        boolean well = true;
        for (Effect effect : step.effects()) {
            try {
                perform(effect, request, now);
                story = story.after(effect, now);
            } catch (Throwable fault) {
                parts.faults().caught(MAILBOX, fault);
                well = false;
            }
        }
        return well;
    }

    private void hold(Optional<String> relay) {
        if (!relay.equals(held.map(Held::relay))) {
            held = relay.map(name -> new Held(name, parts.silence().now(), story.relay().map(CallStory.Relay::readyAt)));
        }
    }

    private void give(Throwable fault, Optional<ServerTransaction> request) {
        parts.faults().caught(MAILBOX, fault);
        // An ACK has no transaction, and a request that was answered before ignores a second final response.
        parts.faults().guarded(MAILBOX, () -> transactions.respond(request, OutgoingResponse.of(500))).run();
        giveUp();
    }

    /** Ends the call after a fault, unless it has ended already. */
    private void giveUp() {
        if (over) {
            return;
        }
        try {
            LOG.errorf("%s is abandoned: a fault in the edge", label());
            carriedOut(parts.machine().giveUp(state), Optional.empty(), parts.clock().instant());
        } catch (Throwable again) {
            parts.faults().caught(MAILBOX, again);
        } finally {
            if (!over) {
                release(EndReason.EDGE_LOST.code());
            }
        }
    }

    private void perform(Effect effect, Optional<ServerTransaction> request, Instant now) {
        switch (effect) {
            case Effect.Respond(var which, var reply) -> transactions.respond(which, request, reply);
            case Effect.RepeatAnswer() -> transactions.repeatAnswer();
            case Effect.RepeatProvisional() -> transactions.repeatProvisional();
            case Effect.Send(var message) -> client().send(message, answer ->
                    LOG.infof("%s %s answered with %d", label(), message.method(), answer.status()));
            case Effect.Ask(var message) -> client().send(message, answer -> {
                LOG.infof("%s %s answered with %d", label(), message.method(), answer.status());
                on(new CallInput.Answer(message, answer));
            });
            case Effect.Acknowledge(var ack) -> parts.transport().acknowledge(ack);
            case Effect.Publish(var event, var owners, var cause) -> voice.say(story, event, now, owners, cause);
            case Effect.PublishOffered offered -> voice.offered(offered);
            case Effect.PublishKey key -> voice.key(key);
            case Effect.PublishAnswered said -> {
                answered = true;
                voice.answered(said, label());
            }
            case Effect.Dial(var leg, var offer) -> dialled.ifPresent(invite -> invite.dial(offer));
            case Effect.CancelDial() -> dialled.ifPresent(LegInvite::cancel);
            case Effect.AskToHandOver wish -> {
                transactions.refers(request);
                calls.phoneTransfers().ask(this, wish, parts, calls);
            }
            case Effect.TellJoined(var other, var what) -> calls.joins().tell(this, other, what, parts, calls);
            case Effect.LetLegGo(var other) -> calls.partners().letGo(other, calls);
            case Effect.Moved(var taken) -> moved(taken);
            case Effect.TellParent(var event) -> {
                if (event instanceof TransferSucceeded) {
                    leg = leg.map(OutgoingLeg::joined);
                }
                calls.partners().tell(event, parts, calls);
            }
            case Effect.WantRelay wanted -> {
                calls.partners().orphaned(this);
                story.wanting(wanted).ifPresentOrElse(
                        lost -> voice.say(story, lost, now, wanted.owners(), Optional.empty()), () -> on(new CallInput.Expired(CallTimer.ORPHANED)));
            }
            case Effect.Start(var timer, var after) -> timers.start(timer, after);
            case Effect.Stop(var timer) -> timers.stop(timer);
            case Effect.ReadToEnd() -> parts.readToEnd().get()
                    .whenComplete((done, failure) -> on(new CallInput.ReadToEnd()));
            case Effect.Release(var outcome) -> release(outcome);
        }
    }

    /** Sends our requests in its dialog. */
    private UserAgentClient client() {
        UserAgentClient plain = parts.transport();
        return leg.flatMap(out -> origin.flatMap(Origin::trunkId)).map(trunk -> parts.dialler().within(trunk, plain)).orElse(plain);
    }

    /** Sets the dialog that an outbound call has from now on, and the source of its 2xx; called before the call gets the 2xx. */
    void learn(Dialog begun, PacketSource from) {
        source = Optional.of(from);
        moved(begun);
    }

    private void moved(Dialog begun) {
        Optional<DialogKey> before = dialog;
        dialog = Optional.of(begun.key());
        origin = Optional.of(Origin.of(begun));
        calls.learn(this, before, begun.key());
    }

    /** Name of the trunk of a call that this process dialled. */
    Optional<String> trunk() {
        return story.known().map(so -> so.trunk().name());
    }

    private void release(String outcome) {
        over = true;
        try {
            places.giveBack();
            timers.stopAll();
            parts.metrics().over(outcome, answered);
            leg.ifPresent(out -> parts.metrics().legOver(outcome, answered));
            LOG.infof("%s over: %s", label(), outcome);
            // A call that router or limiter refused was never admitted: no relay comes for it.
            voice.last().or(() -> lastOfOthers.filter(said -> admitted))
                    .ifPresent(envelope -> parts.lateRelays().remember(envelope, admitted));
        } finally {
            calls.forget(this);
            transactions.forget();
            parts.faults().guarded(MAILBOX, () -> calls.partners().over(this, answered && !outcome.equals(EndReason.TRANSFERRED.code()), parts, calls)).run();
        }
    }

    /** For the log. The threads that deliver responses read it too, and may see it as it was a moment ago. */
    private CallLabel label() {
        return CallLabel.of(id, story.known());
    }

    CallId id() {
        return id;
    }

    /** The Call-ID of its dialog, or of those that are to be begun for it. */
    String sipCallId() {
        return dialog.map(DialogKey::sipCallId).or(() -> dialled.map(LegInvite::sipCallId)).orElse("");
    }

    Optional<DialogKey> dialog() {
        return dialog;
    }

    Optional<InviteKey> inviteKey() {
        return inviteKey;
    }

    /** The branch of the INVITE that began it; empty for a call that was resumed. */
    String branch() {
        return branch;
    }

    /** Its relay, once it has one. */
    Optional<Held> held() {
        return held;
    }

    /** Empty for an outbound call that is not answered. */
    Optional<Origin> origin() {
        return origin;
    }

    /** How it is placed; empty for an inbound call. */
    Optional<OutgoingLeg> leg() {
        return leg;
    }

    /** The facts for deciding whether it may be joined with another call. */
    JoinRules.Side side() {
        return new JoinRules.Side(id, isEarly(), story.known().flatMap(CallSummary::organisation), origin.flatMap(Origin::trunkId),
                origin.map(from -> from.address().getHostAddress()), story.known().flatMap(CallSummary::room),
                leg.filter(OutgoingLeg::isConsulting).isPresent());
    }

    boolean isOver() {
        return over;
    }

    /** Whether its INVITE came from there. */
    boolean cameFrom(PacketSource connection) {
        return source.filter(connection::equals).isPresent();
    }

    /** Whether it is neither answered nor over. */
    boolean isEarly() {
        return !over && !answered;
    }
}
