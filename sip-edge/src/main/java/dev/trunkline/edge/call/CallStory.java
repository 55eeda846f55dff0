package dev.trunkline.edge.call;

import dev.trunkline.edge.call.Effect.Transaction;
import dev.trunkline.events.AgentJoined;
import dev.trunkline.events.AgentLeft;
import dev.trunkline.events.CallAdmitted;
import dev.trunkline.events.CallAnnounced;
import dev.trunkline.events.CallAnswered;
import dev.trunkline.events.CallEnded;
import dev.trunkline.events.CallEvent;
import dev.trunkline.events.CallForwarded;
import dev.trunkline.events.CallHeartbeat;
import dev.trunkline.events.CallRejected;
import dev.trunkline.events.CallRouted;
import dev.trunkline.events.CallSummary;
import dev.trunkline.events.EndCall;
import dev.trunkline.events.EndReason;
import dev.trunkline.events.Envelope;
import dev.trunkline.events.InviteReceived;
import dev.trunkline.events.LegFailed;
import dev.trunkline.events.LegRinging;
import dev.trunkline.events.MediaLost;
import dev.trunkline.events.MediaLost.Attendance;
import dev.trunkline.events.MediaReady;
import dev.trunkline.events.MediaStats;
import dev.trunkline.events.OrganisationRef;
import dev.trunkline.events.RuleRef;
import dev.trunkline.events.TransferFailed;
import dev.trunkline.events.TransferStarted;
import dev.trunkline.events.TransferSucceeded;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The summary of a whole call that its last event carries. It is folded over the call's inputs and effects, and for a call of
 * an earlier process over its events.
 *
 * <pre>
 *   the call                           ended
 *   was never answered                 when its caller heard the final response
 *   lost its media                     when the last packet was heard, as the relay reports
 *   lost its relay                     when its phone was last heard, or its relay sent its last heartbeat, if that is later
 *   ended in any other way             now: at the BYE
 * </pre>
 *
 * @param known everything except the end, whose value here has no meaning; empty while the invite is not known
 * @param carried what another relay must know if the relay that has the call is lost
 * @param answeredAt when the 200 was sent
 * @param closedAt when the INVITE got another final response
 * @param heardAt when the relay last heard the phone
 * @param mediaUntil when the talk ended, if that was before the call's end
 * @param quality the relay's last statistics
 */
public record CallStory(
        Optional<CallSummary> known,
        Carried carried,
        Optional<Instant> answeredAt,
        Optional<Instant> closedAt,
        Optional<Instant> heardAt,
        Optional<Instant> mediaUntil,
        Optional<MediaStats> quality) {

    /**
     * @param readyAt when it reported that it has media, by its own clock
     * @param participantSid of the caller in the room
     */
    public record Relay(String name, Instant readyAt, String participantSid) {}

    /**
     * @param relay that has the call
     * @param leftBehind the participant of a relay that was lost
     * @param admission with the room that the call is in
     * @param announced whether the route's announcement has been played to the caller
     * @param attended whoever answers the caller in the room
     * @param transfer by which the caller is being transferred
     */
    record Carried(
            Optional<Relay> relay,
            Optional<String> leftBehind,
            Optional<CallAdmitted> admission,
            boolean announced,
            Optional<Attendance> attended,
            Optional<String> transfer) {
        static final Carried NOTHING = new Carried(
                Optional.empty(), Optional.empty(), Optional.empty(), false, Optional.empty(), Optional.empty());

        Carried admitted(CallAdmitted by) {
            return new Carried(relay, leftBehind, Optional.of(by), announced, attended, transfer);
        }

        Carried by(Relay which, String room) {
            return new Carried(Optional.of(which), Optional.empty(), admission.map(known -> known.in(room)), announced, attended, transfer);
        }

        /** The participant stays in the room for as long as LiveKit waits for it. */
        Carried byNobody() {
            return new Carried(Optional.empty(), relay.map(Relay::participantSid), admission, announced, attended, transfer);
        }

        Carried told() {
            return new Carried(relay, leftBehind, admission, true, attended, transfer);
        }

        Carried transferring(Optional<String> by) {
            return new Carried(relay, leftBehind, admission, announced, attended, by);
        }

        Carried attended(Optional<Attendance> by) {
            return new Carried(relay, leftBehind, admission, announced, by, transfer);
        }

        /** Returns the same after that participant has left. */
        Carried left(String sid) {
            return attended(attended.filter(there -> !there.participantSid().equals(sid)));
        }

        /** Returns the same after the end of that transfer. */
        Carried transferred(String id) {
            return transferring(transfer.filter(open -> !open.equals(id)));
        }
    }

    /** The story of which nothing is known. */
    public static final CallStory NONE = new CallStory(
            Optional.empty(), Carried.NOTHING, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(),
            Optional.empty());

    public static CallStory of(InviteReceived invite) {
        return NONE.known(CallSummary.of(invite, invite.receivedAt()));
    }

    /** Returns the story after an input of the call. */
    public CallStory after(CallInput input) {
        return switch (input) {
            case CallInput.Told(var envelope) -> after(envelope);
            case CallInput.RelayLost(var lost, var detail, var lastSaid) when isRelay(lost) ->
                until(later(heardAt, lastSaid));
            default -> this;
        };
    }

    /** Returns the story after an event of the call, whichever service published it. */
    public CallStory after(Envelope envelope) {
        return switch (envelope.record()) {
            case InviteReceived invite -> known.isPresent() ? this : known(CallSummary.of(invite, invite.receivedAt()));
            case CallRouted route -> routed(route);
            case CallAdmitted admitted -> routed(admitted.route()).carrying(carried.admitted(admitted));
            case CallForwarded forwarded -> forwarded(forwarded);
            case MediaReady ready when carried.relay().isEmpty() ->
                new CallStory(
                        known.map(whole -> whole.in(ready.room())), carried.by(new Relay(ready.relay(), envelope.time(), ready.participantSid()), ready.room()),
                        answeredAt, closedAt, heardAt, Optional.empty(), quality);
            case MediaLost lost -> carrying(carried.byNobody());
            case CallAnnounced told -> carrying(carried.told());
            case TransferStarted started -> carrying(carried.transferring(Optional.of(started.transfer())));
            // Whoever takes the call now answers the caller in place of those in the room.
            case TransferSucceeded done -> carrying(carried.transferred(done.transfer()).attended(Optional.empty()));
            case TransferFailed failed -> carrying(carried.transferred(failed.transfer()));
            case AgentJoined joined -> known.map(whole -> known(whole.by(joined.agent()))).orElse(this).carrying(carried.attended(
                    Optional.of(new Attendance(joined.agent(), joined.participantSid(), joined.kind(), envelope.time()))));
            case AgentLeft left -> carrying(carried.left(left.participantSid()));
            case LegRinging rings -> rang(envelope.time());
            case CallAnswered answered -> answered(envelope.time());
            // If the relay does not report when it heard the phone, it at least has the phone.
            case CallHeartbeat beat when isRelay(beat.relay()) ->
                new CallStory(known, carried, answeredAt, closedAt, later(heardAt, beat.lastHeardAt().or(() -> Optional.of(envelope.time()))),
                        mediaUntil, Optional.of(beat.media()));
            case EndCall command -> until(command.mediaUntil());
            default -> this;
        };
    }

    /** The relay that has the call; empty while none has. */
    public Optional<Relay> relay() {
        return carried.relay();
    }

    /** Whether the caller is being transferred. */
    public boolean transferring() {
        return carried.transfer().isPresent();
    }

    private boolean isRelay(String name) {
        return relay().map(Relay::name).filter(name::equals).isPresent();
    }

    /** Returns what another relay must know to take the call over; empty for a call whose admission or answer is not known. */
    public Optional<MediaLost> wanting(Effect.WantRelay wanted) {
        return carried.admission().flatMap(admission -> answeredAt.map(at -> new MediaLost(
                admission.callId(), wanted.relay(), wanted.revision(), wanted.detail(), wanted.description(),
                carried.leftBehind().or(() -> carried.relay().map(Relay::participantSid)).orElse(""), at, carried.announced(), carried.attended(),
                admission)));
    }

    private CallStory carrying(Carried other) {
        return new CallStory(known, other, answeredAt, closedAt, heardAt, mediaUntil, quality);
    }

    /** Returns the story after an effect was carried out for the call, at that moment. */
    public CallStory after(Effect done, Instant now) {
        return switch (done) {
            case Effect.Respond(var which, var reply) when which == Transaction.INVITE && reply.status() > 100 ->
                reply.status() < 200 ? rang(now) : reply.status() < 300 ? this : closed(now);
            case Effect.PublishAnswered answered -> answered(now);
            case Effect.Publish(LegRinging rings, var owners, var cause) -> rang(now);
            case Effect.Publish(LegFailed failed, var owners, var cause) -> closed(now);
            case Effect.WantRelay wanted -> carrying(carried.byNobody());
            default -> this;
        };
    }

    /** 180 is no event: a call that an earlier process admitted counts as ringing since its admission. */
    public CallStory rang(Instant at) {
        return known.filter(whole -> whole.ringingAt().isEmpty()).map(whole -> known(whole.rang(at))).orElse(this);
    }

    /** Returns the story of a call that ended for its caller at that moment, before its answer. */
    public CallStory closed(Instant at) {
        return closedAt.isPresent()
                ? this
                : new CallStory(known, carried, answeredAt, Optional.of(at), heardAt, mediaUntil, quality);
    }

    /** Returns the last event with the whole call; any other event unchanged. */
    public CallEvent complete(CallEvent event, Instant now) {
        return switch (event) {
            case CallEnded ended -> complete(ended, endedAt(ended.reason(), now));
            case CallRejected refusal ->
                whole(closedAt.orElse(now)).<CallEvent>map(refusal::with).orElse(refusal);
            default -> event;
        };
    }

    private CallEnded complete(CallEnded ended, Instant at) {
        var end = new CallEnded(
                ended.callId(), ended.by(), ended.reason(), ended.detail(), ended.answered(), talkMillis(at), quality,
                ended.sipReason());
        return whole(at).map(end::with).orElse(end);
    }

    private Instant endedAt(EndReason reason, Instant now) {
        if (answeredAt.isEmpty()) {
            return closedAt.orElse(now);
        }
        Instant talked = mediaUntil.orElseGet(() -> switch (reason) {
            case MEDIA_TIMEOUT -> heardAt.orElse(now);
            // Nothing shows that anybody was heard.
            case RELAY_LOST -> heardAt.or(() -> answeredAt).orElse(now);
            default -> now;
        });
        // Each process has a clock of its own.
        Instant earliest = answeredAt.get();
        return talked.isBefore(earliest) ? earliest : talked.isAfter(now) ? now : talked;
    }

    private long talkMillis(Instant end) {
        return answeredAt.map(from -> Math.max(0, Duration.between(from, end).toMillis())).orElse(0L);
    }

    private Optional<CallSummary> whole(Instant end) {
        return known.map(so -> new CallSummary(
                so.direction(), so.purpose(), so.trunk(), so.called(), so.caller(), so.organisation(), so.number(), so.rule(),
                so.room(), so.agent(), so.receivedAt(), so.ringingAt(), so.answeredAt(), end, so.setupMillis(), talkMillis(end),
                quality, so.parent()));
    }

    private CallStory routed(CallRouted route) {
        if (route.outgoing().isPresent()) {
            return known.isPresent() ? this : NONE.known(CallSummary.of(route, route.invite().receivedAt())).over(this);
        }
        CallStory invited = known.isPresent() ? this : of(route.invite()).over(this);
        return invited.owned(route.organisation(), route.number(), route.rule(), Optional.of(route.room()));
    }

    private CallStory forwarded(CallForwarded to) {
        CallStory invited = known.isPresent() ? this : of(to.invite()).over(this);
        return invited.owned(to.organisation(), to.number(), to.rule(), Optional.empty());
    }

    /** Returns the same invite with what else is known. */
    private CallStory over(CallStory other) {
        return new CallStory(known, other.carried, other.answeredAt, other.closedAt, other.heardAt, other.mediaUntil, other.quality);
    }

    private CallStory owned(OrganisationRef organisation, String number, RuleRef rule, Optional<String> room) {
        return known.map(so -> known(new CallSummary(
                        so.direction(), so.purpose(), so.trunk(), so.called(), so.caller(), Optional.of(organisation),
                        Optional.of(number), Optional.of(rule), room, so.agent(), so.receivedAt(), so.ringingAt(), so.answeredAt(),
                        so.endedAt(), so.setupMillis(), so.talkMillis(), so.quality(), so.parent())))
                .orElse(this);
    }

    private CallStory answered(Instant at) {
        return answeredAt.isPresent()
                ? this
                : new CallStory(known.map(whole -> whole.answered(at)), carried, Optional.of(at), closedAt, heardAt, mediaUntil, quality);
    }

    private CallStory until(Optional<Instant> end) {
        return new CallStory(known, carried, answeredAt, closedAt, heardAt, end.or(() -> mediaUntil), quality);
    }

    private CallStory known(CallSummary whole) {
        return new CallStory(Optional.of(whole), carried, answeredAt, closedAt, heardAt, mediaUntil, quality);
    }

    private static Optional<Instant> later(Optional<Instant> one, Optional<Instant> other) {
        return one.filter(at -> other.isEmpty() || at.isAfter(other.get())).or(() -> other);
    }
}
