package dev.trunkline.relay.calls;

import dev.trunkline.bus.CallLabel;
import dev.trunkline.events.CallId;
import dev.trunkline.events.CallRouted;
import dev.trunkline.events.Envelope;
import dev.trunkline.events.OutgoingLeg;
import dev.trunkline.events.TransferCall;
import dev.trunkline.events.TransferConsulting;
import dev.trunkline.events.TransferFailed;
import dev.trunkline.events.TransferRequested;
import dev.trunkline.events.TransferStarted;
import dev.trunkline.events.TransferSucceeded;
import dev.trunkline.events.TransferWay;
import dev.trunkline.events.privacy.TransferTarget;
import dev.trunkline.relay.calls.TransferRequests.Asked;
import dev.trunkline.relay.dtmf.DtmfKey;
import dev.trunkline.relay.transfer.TransferBook;
import dev.trunkline.relay.transfer.TransferRefusal;
import dev.trunkline.relay.transfer.TransferWish;
import dev.trunkline.rtc.RemoteParticipant;
import dev.trunkline.rtc.RpcCall;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.jboss.logging.Logger;

/**
 * The hand-overs of one call: who requests one, and what the requester is told. Whatever a participant in the room sends, the call
 * continues. Used in the call's queue only.
 *
 * <pre>
 *   asked --wrong, or not now--> refused
 *     `---call.transfer.requested--> under way --started--> under way --succeeded, failed--> over
 *                                        ^ |                    |
 *                                        | `--------------------|--- nobody says anything --> over
 *                                        `--the other way-------'  failed, refer-first or bridge-first, once
 * </pre>
 *
 * {@link WarmHandOver} handles the time between started and succeeded if the target speaks with the agent first.
 */
final class Transfers {
    /** Name of the RPC method and of the topic. */
    static final String NAME = "trunkline.transfer";

    /** Suffix of the transfer's id when its first mode failed and the other is tried. */
    private static final String SECOND = ".2";

    private static final int BUSY = 486;
    private static final int BUSY_EVERYWHERE = 600;
    private static final Logger LOG = Logger.getLogger(Transfers.class);
    /** A router decides within milliseconds. */
    private static final Duration DECIDED_BY = Duration.ofSeconds(15);
    /** If the request does not set a ringing time: longer than any default. */
    private static final int USUAL_RINGING_SECONDS = 120;
    /** Added to the ringing time; includes a REFER that was tried first (30 s). */
    private static final Duration MARGIN = CallTimes.SETUP.plusSeconds(60);

    private final CallContext context;
    private final CallRouted route;
    private final CallVoice voice;
    private final CallRoom here;
    private final CallerHold hold;
    private final Reception reception;
    private final BooleanSupplier isTalk;
    private final Patience patience;
    private final EarlyRequest early;
    private final TransferRequests requests;
    private final TransferBook book = new TransferBook();
    private Optional<UnderWay> underWay = Optional.empty();

    /** @param transfer id of the attempt that is under way: the first has the id of the request */
    private record UnderWay(String transfer, Asked asked, TransferAsker asker) {
        boolean first() {
            return transfer.equals(asked.transfer());
        }

        UnderWay by(Optional<TransferWay> defaultWay) {
            return new UnderWay(transfer, asked.by(defaultWay), asker);
        }
    }

    /**
     * @param isTalk whether the call was answered, is in its room and is not ending
     * @param patience of the call, for this alone
     * @param early likewise
     */
    Transfers(
            CallContext context,
            CallRouted route,
            CallVoice voice,
            CallRoom here,
            CallerHold hold,
            Reception reception,
            BooleanSupplier isTalk,
            TransferRequests requests,
            Patience patience,
            EarlyRequest early) {
        this.context = context;
        this.route = route;
        this.voice = voice;
        this.here = here;
        this.hold = hold;
        this.reception = reception;
        this.isTalk = isTalk;
        this.patience = patience;
        this.early = early;
        this.requests = requests;
    }

    /** Returns whether a method or a topic of this name is about hand-overs. */
    static boolean takes(String name) {
        return name.equals(NAME) || name.equals(WarmHandOver.COMPLETE) || name.equals(WarmHandOver.CANCEL);
    }

    /** Handles a data message of the room. @param from empty if LiveKit does not say who sent it: then nobody could be answered */
    void asked(Optional<RemoteParticipant> from, String topic, byte[] payload) {
        if (from.filter(RoomAgents::mayAsk).isEmpty() || !book.hear(context.clock().millis())) {
            return;
        }
        var asker = new DataAsker(here, from.get().identity());
        contained(asker, "", () -> {
            if (!topic.equals(NAME)) {
                // The message may go to everybody, including the relay of the party called.
                if (!isPartOfAnother()) {
                    decided(topic, Optional.empty());
                }
                return;
            }
            TransferWish wish = TransferWish.parse(payload);
            Optional<Boolean> meant = wish.participant().map(here::isUs);
            if (meant.equals(Optional.of(false)) || meant.isEmpty() && isPartOfAnother()) {
                // The message may go to everybody: another relay has the caller who is meant.
                return;
            }
            if (meant.isEmpty() && here.others().stream().anyMatch(WarmHandOver::isAnotherCaller)) {
                throw TransferRefusal.malformed("Several callers are in the room: give the identity of one as \"participant\".");
            }
            beginWhenAnswered(asked(wish), asker, Optional.empty());
        });
    }

    /** Handles an RPC method of the room. */
    void called(RpcCall call) {
        var asker = new RpcAsker(call, new DataAsker(here, call.caller().identity()));
        contained(asker, "", () -> {
            if (!RoomAgents.mayAsk(call.caller())) {
                throw TransferRefusal.forbidden("Only agents and people may hand a caller over.");
            }
            if (!call.method().equals(NAME)) {
                decided(call.method(), Optional.of(call));
                return;
            }
            beginWhenAnswered(asked(TransferWish.parse(call.payload().getBytes(StandardCharsets.UTF_8))), asker, Optional.empty());
        });
    }

    /** Completes or cancels a hand-over in which the target speaks with the agent first. */
    private void decided(String name, Optional<RpcCall> call) throws TransferRefusal {
        WarmHandOver warm = warm().orElseThrow(() -> TransferRefusal.notNow("No warm hand-over of this caller is under way."));
        if (name.equals(WarmHandOver.COMPLETE)) {
            warm.complete(call);
        } else {
            warm.cancel(call);
        }
    }

    private Optional<WarmHandOver> warm() {
        return underWay.map(UnderWay::asker).filter(WarmHandOver.class::isInstance).map(WarmHandOver.class::cast);
    }

    /** The target of a warm hand-over has answered. */
    void consulting(TransferConsulting said) {
        warm().filter(one -> isUnderWay(said.transfer())).ifPresent(one -> one.answered(said));
    }

    /** Somebody in the room pressed a key. */
    void pressed(Optional<RemoteParticipant> who, DtmfKey key) {
        who.ifPresent(one -> warm().ifPresent(now -> now.pressed(one, key)));
    }

    /** Nobody is left in the room who answers the caller. */
    void deserted() {
        warm().ifPresent(WarmHandOver::deserted);
    }

    /** A program requests a hand-over. A request that is already known changes nothing. */
    void commanded(Envelope cause, TransferCall command) {
        if (book.knows(command.transfer()) || early.isWaiting(command.transfer())) {
            return;
        }
        var asker = new CommandAsker(cause, command, voice);
        contained(asker, command.transfer(), () -> beginWhenAnswered(
                new Asked(command.transfer(), command.sealedTarget(), command.outboundTrunk(), command.way(), command.agentsStay(),
                        command.ringingSeconds(), command.referredBy()),
                asker, Optional.of(cause)));
    }

    private Asked asked(TransferWish wish) {
        String sealed = requests.sealed(new TransferTarget(wish.to()));
        String transfer = new UUID(context.random().nextLong(), context.random().nextLong()).toString();
        return new Asked(transfer, sealed, wish.trunk(), wish.way(), wish.agentsStay(), wish.ringingSeconds());
    }

    /** The call was answered, and is in its room. */
    void answered() {
        early.answered();
    }

    private void beginWhenAnswered(Asked asked, TransferAsker asker, Optional<Envelope> cause) throws TransferRefusal {
        if (isPartOfAnother()) {
            throw TransferRefusal.notNow("This call was made on behalf of a caller: hand over the caller's own call.");
        }
        if (isTalk.getAsBoolean() || early.isWaiting()) {
            begin(asked, asker, cause);
        } else {
            String named = cause.isPresent() ? asked.transfer() : "";
            early.await(asked.transfer(), () -> contained(asker, named, () -> begin(asked, asker, cause)));
        }
    }

    private void begin(Asked asked, TransferAsker asker, Optional<Envelope> cause) throws TransferRefusal {
        if (!isTalk.getAsBoolean()) {
            throw TransferRefusal.notNow("The call has not been answered, or is ending.");
        }
        if (asked.way().filter(way -> way == TransferWay.WARM).isPresent()) {
            Optional<String> objection = WarmHandOver.objection(here, reception);
            if (objection.isPresent()) {
                throw TransferRefusal.notNow(objection.get());
            }
        }
        book.begin(asked.transfer(), context.clock().millis());
        underWay = Optional.of(new UnderWay(asked.transfer(), asked, asker));
        LOG.infof("%s is to be handed over, requested by %s: transfer %s", CallLabel.of(route), asker.by(), asked.transfer());
        TransferRequested requested = requested(asked, asker);
        if (cause.isPresent()) {
            voice.reply(cause.get(), requested);
        } else {
            voice.say(requested);
        }
    }

    /** Creates the request to the router, which decides soon or not at all. */
    private TransferRequested requested(Asked asked, TransferAsker asker) {
        patience.begin(DECIDED_BY, () -> unheard(asked.transfer()));
        return requests.of(asked, asker.name(), Optional.empty());
    }

    @FunctionalInterface
    private interface Step {
        void run() throws TransferRefusal;
    }

    /** Runs a step so that what somebody sends is no fault of the call. */
    private void contained(TransferAsker asker, String transfer, Step step) {
        try {
            step.run();
        } catch (TransferRefusal refusal) {
            refuse(asker, transfer, refusal);
        } catch (Throwable fault) {
            context.guards().faults().caught("transfer-request", fault);
            underWay.filter(one -> one.asker() == asker).ifPresent(one -> over(one.transfer(), "refused"));
            refuse(asker, transfer, TransferRefusal.fault("The relay could not handle the request."));
        }
    }

    private void refuse(TransferAsker asker, String transfer, TransferRefusal why) {
        LOG.infof("%s is not handed over, requested by %s: %s", CallLabel.of(route), asker.by(), why.getMessage());
        context.metrics().transferAsked(asker.by(), "refused");
        asker.refused(transfer, why);
    }

    void started(TransferStarted started) {
        underWay.filter(one -> one.transfer().equals(started.transfer())).ifPresent(one -> {
            Duration ringing = Duration.ofSeconds(one.asked().ringingSeconds().orElse(USUAL_RINGING_SECONDS));
            patience.begin(ringing.plus(MARGIN), () -> unheard(one.transfer()));
            underWay = Optional.of(one.by(started.defaultWay()));
            started.leg().filter(leg -> started.way() == TransferWay.WARM && warm().isEmpty()).ifPresent(leg -> {
                var warm = new WarmHandOver(
                        context, route, here, voice, hold, reception, patience, () -> unheard(one.transfer()), one.asker(), one.asked(), leg);
                underWay = Optional.of(new UnderWay(one.transfer(), one.asked(), warm));
                warm.begin();
            });
            underWay.get().asker().started(one.asked().transfer(), started.leg());
        });
    }

    /** Returns whether this hand-over is under way, and is not another that was refused beside it. */
    boolean isUnderWay(String transfer) {
        return underWay.filter(one -> one.transfer().equals(transfer)).isPresent();
    }

    /** Returns whether the agents stay, according to the request. */
    boolean agentsStay(String transfer) {
        return underWay.filter(one -> one.transfer().equals(transfer)).map(one -> one.asked().agentsStay()).orElse(false);
    }

    void succeeded(TransferSucceeded succeeded) {
        over(succeeded.transfer(), "succeeded").ifPresent(one -> {
            if (one.asked().referredBy().filter(route.callId()::equals).isPresent()) {
                succeeded.leg().ifPresent(leg -> replaced(one.asked().transfer(), leg));
            }
            one.asker().succeeded(one.asked().transfer(), succeeded.leg());
        });
    }

    /** This call's phone gave its place to another: agents that follow one participant must follow that one. */
    private void replaced(String transfer, CallId leg) {
        List<RemoteParticipant> others = here.others();
        String successor = others.stream().filter(one -> RoomAgents.isOf(one, leg)).map(RemoteParticipant::identity).findFirst().orElse("");
        others.stream().filter(RoomAgents::mayAsk)
                .forEach(one -> new DataAsker(here, one.identity()).replaced(transfer, leg, successor));
    }

    void failed(TransferFailed failed) {
        Optional<UnderWay> tried = underWay.filter(one -> one.transfer().equals(failed.transfer()));
        Optional<TransferWay> other = tried.filter(UnderWay::first).flatMap(one -> other(one.asked(), failed));
        if (other.isPresent() && isTalk.getAsBoolean()) {
            UnderWay one = tried.get();
            Asked again = one.asked().again(SECOND, other.get());
            underWay = Optional.of(new UnderWay(again.transfer(), one.asked(), one.asker()));
            LOG.infof("%s was not handed over by %s, now trying %s: transfer %s", CallLabel.of(route),
                    failed.way().map(TransferWay::code).orElse(""), other.get().code(), again.transfer());
            voice.say(requested(again, one.asker()));
            return;
        }
        over(failed.transfer(), "failed").ifPresent(one -> one.asker().failed(one.asked().transfer(), failed.detail(), failed.status()));
    }

    /** Returns the remaining mode if the one tried failed; a target that is busy would be busy by the other mode too. */
    private static Optional<TransferWay> other(Asked asked, TransferFailed failed) {
        if (failed.way().isEmpty() || failed.status().stream().anyMatch(status -> status == BUSY || status == BUSY_EVERYWHERE)) {
            return Optional.empty();
        }
        return asked.way().flatMap(way -> switch (way) {
            case REFER_FIRST -> Optional.of(TransferWay.BRIDGE);
            case BRIDGE_FIRST -> Optional.of(TransferWay.REFER);
            case REFER, BRIDGE, WARM -> Optional.empty();
        });
    }

    private void unheard(String transfer) {
        over(transfer, "unheard").ifPresent(one -> one.asker().failed(
                one.asked().transfer(), "No outcome was reported: the caller's call continues as before.", OptionalInt.empty()));
    }

    /** The call is over. */
    void close() {
        underWay.map(UnderWay::transfer).flatMap(transfer -> over(transfer, "call-ended"))
                .ifPresent(one -> one.asker().failed(one.asked().transfer(), "The call has ended.", OptionalInt.empty()));
        patience.end();
        early.close();
    }

    private Optional<UnderWay> over(String transfer, String outcome) {
        Optional<UnderWay> one = underWay.filter(now -> now.transfer().equals(transfer));
        one.ifPresent(ended -> {
            underWay = Optional.empty();
            book.over();
            patience.end();
            context.metrics().transferAsked(ended.asker().by(), outcome);
        });
        return one;
    }

    private boolean isPartOfAnother() {
        return route.outgoing().filter(OutgoingLeg::servesParent).isPresent();
    }
}
