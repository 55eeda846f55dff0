package dev.trunkline.relay.calls;

import dev.trunkline.bus.CallLabel;
import dev.trunkline.events.CallId;
import dev.trunkline.events.CallRouted;
import dev.trunkline.events.EndReason;
import dev.trunkline.events.TransferConsulting;
import dev.trunkline.relay.calls.TransferRequests.Asked;
import dev.trunkline.relay.dtmf.DtmfKey;
import dev.trunkline.relay.room.SipParticipant;
import dev.trunkline.relay.transfer.Consultation;
import dev.trunkline.relay.transfer.TransferRefusal;
import dev.trunkline.rtc.ParticipantKind;
import dev.trunkline.rtc.RemoteParticipant;
import dev.trunkline.rtc.RpcCall;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * One hand-over in which the target speaks with the agent first. From the start of the attempt until its end the caller hears the waiting
 * sound and nothing from the room, and the room hears nothing from the caller. The agent never leaves the caller's room for it, so
 * whatever fails, somebody is with the caller. It stands between the transfers of a call and the requester, and reports to everybody in
 * the room who may ask. Used in the call's queue only.
 */
final class WarmHandOver implements TransferAsker {
    /** Names of the RPC methods and of the topics. */
    static final String COMPLETE = Transfers.NAME + ".complete";

    static final String CANCEL = Transfers.NAME + ".cancel";

    private static final Logger LOG = Logger.getLogger(WarmHandOver.class);
    /** An edge reports within milliseconds the outcome of a call that it is to join or to end. */
    private static final Duration SAID_BY = Duration.ofSeconds(15);

    private final CallContext context;
    private final CallRouted route;
    private final CallRoom here;
    private final CallVoice voice;
    private final CallerHold hold;
    private final Reception reception;
    private final Patience patience;
    private final Runnable unheard;
    private final TransferAsker asker;
    private final Asked asked;
    private final CallId leg;
    private final Consultation consultation;
    /** The call of {@link #COMPLETE} that waits for the outcome. */
    private Optional<RpcCall> completing = Optional.empty();

    /**
     * @param patience of the call's transfers
     * @param unheard run if the edge reports nothing
     * @param asker the requester of the transfer
     * @param leg the call that is made to the target
     */
    WarmHandOver(
            CallContext context,
            CallRouted route,
            CallRoom here,
            CallVoice voice,
            CallerHold hold,
            Reception reception,
            Patience patience,
            Runnable unheard,
            TransferAsker asker,
            Asked asked,
            CallId leg) {
        this.context = context;
        this.route = route;
        this.here = here;
        this.voice = voice;
        this.hold = hold;
        this.reception = reception;
        this.patience = patience;
        this.unheard = unheard;
        this.asker = asker;
        this.asked = asked;
        this.leg = leg;
        this.consultation = new Consultation(leg, context.consultations());
    }

    /** Returns why it is impossible here and now; empty if it is possible. */
    static Optional<String> objection(CallRoom here, Reception reception) {
        if (here.others().stream().anyMatch(WarmHandOver::isAnotherCaller)) {
            return Optional.of("Several callers are in the room: the others would hear what is said about this one.");
        }
        return reception.isAlone() ? Optional.of("There is nobody in the room to speak with the target first.") : Optional.empty();
    }

    static boolean isAnotherCaller(RemoteParticipant participant) {
        return participant.kind() == ParticipantKind.SIP && !participant.attributes().containsKey(SipParticipant.PARENT);
    }

    /** The target is being called from now on. */
    void begin() {
        hold.begin(CallerHold.By.WARM);
        objection(here, reception).ifPresent(this::giveUp);
    }

    /** The target has answered. */
    void answered(TransferConsulting said) {
        if (!consultation.answered(said.leg())) {
            return;
        }
        Duration longest = context.consultations().longest();
        patience.begin(longest, () -> giveUp(
                EndReason.TOO_LONG, "Nobody decided within %d s whether to complete the transfer.".formatted(longest.toSeconds())));
        LOG.infof("%s waits while somebody speaks with call %s", CallLabel.of(route), leg);
        String participant = here.others().stream()
                .filter(one -> RoomAgents.isOf(one, leg)).map(RemoteParticipant::identity).findFirst().orElse("");
        everybody().forEach(one -> one.consulting(asked.transfer(), leg, participant));
    }

    /** Somebody in the room has the two joined. @param call is answered at the end; empty if a data message asked for it */
    void complete(Optional<RpcCall> call) throws TransferRefusal {
        consultation.complete();
        completing = call;
        // The requester may leave at once: the caller is not alone then.
        reception.partnerCalled(asked.transfer(), leg, asked.agentsStay());
        patience.begin(SAID_BY, unheard);
        voice.askToJoin(leg, asked.transfer());
    }

    /** Somebody in the room cancels it. */
    void cancel(Optional<RpcCall> call) throws TransferRefusal {
        consultation.cancel();
        ending(EndReason.REQUESTED, "The transfer was cancelled.");
        call.ifPresent(answered -> RpcAsker.respond(answered, asked.transfer(), Optional.of(leg)));
    }

    /** Somebody in the room pressed a key. */
    void pressed(RemoteParticipant who, DtmfKey key) {
        if (RoomAgents.isOf(who, leg) && consultation.declines(key)) {
            ending(EndReason.CALLEE_DECLINED, "The target of the transfer declined.");
        }
    }

    /** Everybody who could speak with the target has left. */
    void deserted() {
        giveUp(EndReason.AGENT_LEFT, "Everybody who could have spoken with the target has left.");
    }

    private void giveUp(String detail) {
        giveUp(EndReason.REQUESTED, detail);
    }

    private void giveUp(EndReason reason, String detail) {
        if (consultation.giveUp()) {
            ending(reason, detail);
        }
    }

    private void ending(EndReason reason, String detail) {
        patience.begin(SAID_BY, unheard);
        voice.askForEndOf(leg, reason, detail);
    }

    /** Returns the requester, and everybody else who is there and may ask. */
    private Stream<TransferAsker> everybody() {
        Optional<String> told = asker.identity();
        return Stream.concat(Stream.of(asker), here.others().stream()
                .filter(RoomAgents::mayAsk)
                .filter(one -> told.filter(one.identity()::equals).isEmpty())
                .map(one -> new DataAsker(here, one.identity())));
    }

    @Override
    public String name() {
        return asker.name();
    }

    @Override
    public String by() {
        return asker.by();
    }

    @Override
    public void refused(String transfer, TransferRefusal why) {
        hold.end(CallerHold.By.WARM);
        asker.refused(transfer, why);
    }

    @Override
    public void started(String transfer, Optional<CallId> call) {
        everybody().forEach(one -> one.started(transfer, call));
    }

    @Override
    public void succeeded(String transfer, Optional<CallId> call) {
        hold.end(CallerHold.By.WARM);
        completing.ifPresent(rpc -> RpcAsker.respond(rpc, transfer, call));
        everybody().forEach(one -> one.succeeded(transfer, call));
    }

    @Override
    public void failed(String transfer, String detail, OptionalInt status) {
        hold.end(CallerHold.By.WARM);
        completing.ifPresent(rpc -> RpcAsker.fail(rpc, transfer, detail, status));
        everybody().forEach(one -> one.failed(transfer, detail, status));
    }
}
