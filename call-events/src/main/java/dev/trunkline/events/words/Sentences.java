package dev.trunkline.events.words;

import dev.trunkline.events.*;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** One sentence for each event of a call, for people who read it afterwards. */
public final class Sentences {
    private static final String NOBODY_CAME = "Nobody at the desk came within the rule's patience.";

    /** Whether a person at a desk was to answer the call, and not an agent. */
    private final boolean desk;
    /** Whether the suite made the call. */
    private final boolean out;
    private final List<Envelope> events;

    private Sentences(boolean desk, boolean out, List<Envelope> events) {
        this.desk = desk;
        this.out = out;
        this.events = events;
    }

    /** @param events of one call, in order */
    public static Sentences about(List<Envelope> events) {
        boolean desk = events.stream().anyMatch(event -> event.record() instanceof CallRouted route && isDesk(route));
        boolean out = events.stream().anyMatch(event -> event.record() instanceof CallRouted route && route.outgoing().isPresent());
        return new Sentences(desk, out, events);
    }

    private static boolean isDesk(CallRouted route) {
        return route.entry().map(RoomEntry::desk).orElse(false);
    }

    public String of(CallRecord record) {
        return switch (record) {
            case InviteReceived e -> invited(e);
            case CallRouted e when e.outgoing().isPresent() -> dialled(e, e.outgoing().get());
            case CallRouted e when e.forward().isPresent() -> forwarded(e, e.forward().get());
            case CallRouted e -> routed(e);
            case CallForwarded e -> "forwarded to %s by rule %s: %s".formatted(e.target(), e.rule().name(), e.why());
            case CallAdmitted e -> "admitted: " + counts(e.counts());
            case CallRejected e -> "refused, %d %s%s".formatted(e.status(), e.reason().code(),
                    e.counts().isEmpty() ? "" : ": " + counts(e.counts()));
            case RoomGiven e -> e.room().map("agents wait in room %s, which is given to the call"::formatted)
                    .orElse("no agent waits: the call has a room of its own");
            case MediaOffered e when e.sdpAnswer().isPresent() -> "the phone answers our offer of revision " + e.revision();
            case MediaOffered e when e.sdpOffer().isEmpty() -> "the phone asks for an offer, revision " + e.revision();
            case MediaOffered e -> "the phone offers other media, revision " + e.revision();
            case MediaReady e when e.participantSid().isEmpty() ->
                "a port for the phone, %s; the caller must enter the PIN before room %s".formatted(e.codec(), e.room());
            case MediaReady e -> e.revision() == 0
                    ? "in room %s with a port for the phone, %s".formatted(e.room(), e.codec())
                    : "answers the offer of revision %d, %s".formatted(e.revision(), e.codec());
            case MediaRefused e -> "the phone's offer of revision %d cannot be taken, %s: %s; the call goes on as it was".formatted(
                    e.revision(), e.reason().code(), e.detail());
            case MediaLost e -> "%s is lost (%s): another relay is wanted, offer %d".formatted(e.relay(), e.detail(), e.revision());
            case AgentDispatched e -> "LiveKit took the dispatch of agent %s, %d ms after it was wanted%s".formatted(e.agent(),
                    e.tookMillis(), e.attempt().orElse(1) > 1 ? ", attempt " + e.attempt().getAsInt() : "");
            case AgentJoined e -> "%s (%s) answers, %d ms after the relay began to join".formatted(e.agent(), who(e.kind()), e.tookMillis());
            case AgentLeft e -> "%s (%s) left after %.1f s, %s%s".formatted(e.agent(), who(e.kind()), e.stayedMillis() / 1000.0,
                    e.why(), e.alone() ? "; the caller is alone in the room" : "");
            case AgentUnavailable e when e.patienceSeconds() == 0 -> "%s: %s".formatted(nobody(), e.why());
            case AgentUnavailable e -> "%s within %d s: %s".formatted(nobody(), e.patienceSeconds(), e.why());
            case AgentWanted e -> "%s wants to give the caller back to %s".formatted(e.by(), e.agent().map("agent "::concat).orElse("the agent"));
            case AgentMissed e -> "no agent within %d s for a caller who was to be given back: %s".formatted(e.patienceSeconds(), e.why());
            case CallAnswered e when out -> "whoever was called answered, %d ms after the route".formatted(e.setupMillis());
            case CallAnswered e -> "answered with 200 (%s)".formatted(e.policy().code());
            case CallHeld e -> e.by().map("the caller is held by %s and hears the waiting sound"::formatted).orElse("put on hold by the phone");
            case CallResumed e when e.by().isPresent() -> "the caller is held no more%s%s".formatted(
                    afterHold(e), e.detail().map(": "::concat).orElse(""));
            case CallResumed e -> "taken off hold by the phone" + afterHold(e);
            case CallAnnounced e -> "the caller was told %s%s for %.1f s%s".formatted(e.name(), e.language().isEmpty() ? "" : " (" + e.language() + ")",
                    e.playedMillis() / 1000.0, e.complete() ? "" : ", not to its end: " + e.detail());
            case MessageRecorded e -> "a message of %.1f s was recorded (%s)".formatted(e.millis() / 1000.0, e.ended().code());
            case MessageDeleted e -> "the message was deleted (%s)".formatted(e.why().code());
            case DtmfReceived e -> e.fromCaller() ? "a key was pressed on the phone" : "a key came from the room";
            case HeadersChanged ignored -> "the participant's attributes have changed what a BYE or a REFER is to have";
            case CallHeartbeat e -> "up: %s".formatted(media(e.media()));
            case LegRinging e -> "%d from gateway %s%s".formatted(e.status(), e.gateway(),
                    e.earlyMedia() ? ": the other side is to be heard already" : "");
            case LegFailed e -> "gateway %s answered %d: %s".formatted(e.gateway(), e.status(), e.detail());
            case TransferRequested e -> "%s asks for the caller to be handed over%s%s".formatted(e.requestedBy(),
                    e.way().map(way -> ", " + way.code()).orElse(""), e.outboundTrunk().map(", by trunk "::concat).orElse(""));
            case TransferStarted e -> "the transfer is tried by %s%s%s".formatted(e.way().code(),
                    e.leg().map(leg -> ", as call " + leg).orElse(""),
                    e.outboundTrunk().map(trunk -> ", by trunk " + trunk.name()).orElse(""));
            case TransferConsulting e -> "the target answered in call %s and speaks with the agent; the caller waits".formatted(e.leg());
            case TransferSucceeded e -> "the caller has the target, by %s%s%s".formatted(e.way().code(),
                    e.leg().map(leg -> ", in call " + leg).orElse(""), e.agentsStay() ? "; the agents stay" : "");
            case TransferFailed e -> "the transfer did not come about%s: %s".formatted(
                    e.status().isPresent() ? ", " + e.status().getAsInt() : "", e.detail());
            case CallJoined e -> "its phone joined the call with call %s and is gone; the two end together".formatted(e.with());
            case CallEnded e -> "ended, %s%s%s".formatted(e.reason().code(),
                    e.detail().isBlank() ? "" : " (" + e.detail() + ")",
                    e.media().map(media -> "; " + media(media)).orElse(""));
            case TransferCall e -> "%s asks for the caller to be handed over".formatted(e.requestedBy());
            case CompleteTransfer e -> "%s asks for the caller to be joined with the target".formatted(e.requestedBy());
            case JoinCalls e -> "call %s says: %s".formatted(e.from(), joining(e.step()));
            case AnswerCall e -> "%s asks for the answer: %s".formatted(e.requestedBy(), e.detail());
            case EndCall e -> "%s asks for the end, %s: %s".formatted(e.requestedBy(), e.reason().code(), e.detail());
        };
    }

    /** Says how long the hold lasted, if its beginning is known: holds by phone and room are independent. */
    private String afterHold(CallResumed over) {
        Optional<Instant> since = Optional.empty();
        for (Envelope event : events) {
            if (event.record() == over) {
                return since.map(begun -> " after %.1f s".formatted(Duration.between(begun, event.time()).toMillis() / 1000.0)).orElse("");
            }
            if (event.record() instanceof CallHeld held && held.by().isPresent() == over.by().isPresent()) {
                since = Optional.of(event.time());
            }
        }
        return "";
    }

    private static String joining(JoinStep step) {
        return switch (step) {
            case WANTED -> "its phone wants the two to be joined";
            case PROMISED -> "they can be joined, it waits for the offer";
            case OFFERED -> "this is its relay's offer";
            case ANSWERED -> "this is its relay's answer";
            case OVER -> "it is over, or the two are not joined";
        };
    }

    /** Describes what became of the call, in one or two sentences. */
    public String outcome() {
        for (Envelope event : events.reversed()) {
            switch (event.record()) {
                case CallRejected e -> {
                    return "Refused with %d %s by %s: %s%s".formatted(e.status(), e.reason().code(), e.by(),
                            desk && e.reason() == RefusalReason.NO_AGENT ? NOBODY_CAME : e.text(),
                            e.retryAfterSeconds().isPresent()
                                    ? " (Retry-After %d s)".formatted(e.retryAfterSeconds().getAsInt()) : "");
                }
                case CallEnded e -> {
                    return "%s Ended by %s, %s: %s".formatted(
                            talk(e), e.by(), e.reason().code(),
                            desk && e.reason() == EndReason.NO_AGENT ? NOBODY_CAME : e.reason().sentence());
                }
                default -> {}
            }
        }
        boolean answered = events.stream().anyMatch(event -> event.record() instanceof CallAnswered);
        return answered
                ? "Answered, and no end is known yet: the call is up."
                : "Neither answered nor refused yet: the call is under way, or who had it is gone.";
    }

    /** A caller who was answered only to be asked for a PIN has talked to nobody. */
    private static String talk(CallEnded e) {
        if (!e.answered()) {
            return "Never answered.";
        }
        return e.reason() == EndReason.PIN_WRONG
                ? "Answered for the PIN alone, talked to nobody."
                : "Answered, talked for %.1f s.".formatted(e.durationMillis() / 1000.0);
    }

    /** @param kind LiveKit's kind of a participant */
    private static String who(String kind) {
        return kind.equals("standard") ? "a person" : kind;
    }

    private String nobody() {
        return desk ? "nobody at the desk" : "no agent";
    }

    public static List<TraceStep> decision(CallRecord record) {
        return switch (record) {
            case CallRouted e -> e.trace();
            case CallForwarded e -> e.trace();
            case TransferStarted e -> e.trace();
            case TransferFailed e -> e.trace();
            case CallRejected e -> e.trace();
            default -> List.of();
        };
    }

    private static String invited(InviteReceived e) {
        return "INVITE from %s on trunk %s for %s%s, %s".formatted(
                e.source(), e.trunk().name(), e.called(),
                e.calledAsReceived().equals(e.called()) ? "" : " (dialled as " + e.calledAsReceived() + ")",
                e.caller().anonymous() ? "the caller is anonymous" : "caller " + e.caller().pseudonym().substring(0, 8) + "…");
    }

    private static String routed(CallRouted e) {
        String agents = isDesk(e) ? "a person there answers" : e.agents().isEmpty()
                ? "LiveKit's own dispatch"
                : e.agents().stream().map(Agent::name).collect(Collectors.joining(", ", e.agents().size() == 1 ? "agent " : "agents ", ""));
        return "rule %s of %s: room %s, %s, %s, patience %d s".formatted(
                e.rule().name(), e.organisation().name(), e.room(), agents,
                answered(e),
                e.patienceSeconds());
    }

    private static String forwarded(CallRouted e, ForwardPlan plan) {
        return "rule %s of %s: on to %s, into room %s, answered %s".formatted(
                e.rule().name(), e.organisation().name(), ForwardWords.of(plan), e.room(),
                e.answerPolicy() == AnswerPolicy.IMMEDIATE ? "at once" : "when one of them answers");
    }

    private static String dialled(CallRouted e, OutgoingLeg leg) {
        return "out by trunk %s for %s, as %s, %s%s%s: room %s, may ring %d s".formatted(
                e.invite().trunk().name(), e.organisation().name(), e.number(), leg.purpose().code(),
                leg.parent().map(parent -> " of call " + parent).orElse(""), leg.emergency() ? ", an emergency" : "", e.room(),
                leg.ringingSeconds());
    }

    private static String answered(CallRouted e) {
        return switch (e.answerPolicy()) {
            case IMMEDIATE -> "answered at once";
            case ON_AGENT -> "answered when " + (isDesk(e) ? "a person" : "an agent")
                    + switch (e.waitFor().orElse(WaitFor.PUBLISHED_OR_LISTENING)) {
                        case PUBLISHED_OR_LISTENING -> " publishes or listens";
                        case LISTENING -> " listens";
                    };
        };
    }

    private static String counts(List<AdmissionCount> counts) {
        return counts.isEmpty()
                ? "nothing was counted"
                : counts.stream()
                        .map(count -> count.what() + " " + count.count()
                                + (count.limit().isPresent() ? " of " + count.limit().getAsInt() : ""))
                        .collect(Collectors.joining(", "));
    }

    private static String media(MediaStats media) {
        return "%d packets from the phone, %d to it, %d lost, MOS %.1f".formatted(
                media.packetsReceived(), media.packetsSent(), media.lost(), media.mos());
    }
}
