package dev.trunkline.edge.calls;

import dev.trunkline.edge.auth.DigestVerdict;
import dev.trunkline.edge.call.CallFacts;
import dev.trunkline.edge.call.Replies;
import dev.trunkline.edge.trunks.Doorman;
import dev.trunkline.edge.trunks.Entry;
import dev.trunkline.edge.trunks.Gate;
import dev.trunkline.edge.trunks.Quotas;
import dev.trunkline.events.RefusalReason;
import dev.trunkline.events.Trunk;
import dev.trunkline.sip.Door;
import dev.trunkline.sip.ServerTransaction;
import dev.trunkline.sip.message.OutgoingResponse;
import dev.trunkline.sip.message.SipHeader;
import dev.trunkline.sip.message.SipRequest;
import dev.trunkline.sip.net.DropReason;
import dev.trunkline.sip.net.SipTransportKind;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BiConsumer;

/** Decides with whom the edge talks: each request is judged here before it has a transaction (RFC 3261 section 22.1). */
public final class FrontDoor {
    private static final int LONGEST_EMERGENCY_NUMBER = 4;

    private final CallParts parts;
    private final Calls calls;
    private final InviteReader reader;
    private final Refusals refusals;
    private final Doorman doorman;
    private final Gate gate;
    private final Quotas quotas;
    private final DecisionWindow window;

    public FrontDoor(
            CallParts parts, Calls calls, InviteReader reader, Doorman doorman, Gate gate, Quotas quotas, DecisionWindow window) {
        this.quotas = quotas;
        this.window = window;
        this.parts = parts;
        this.calls = calls;
        this.reader = reader;
        this.refusals = new Refusals(parts);
        this.doorman = doorman;
        this.gate = gate;
    }

    /** @param desk takes the admitted requests, each with the trunk if it may begin a call */
    Door judge(SipRequest request, boolean draining, BiConsumer<ServerTransaction, Optional<Trunk>> desk) {
        if (!doorman.lets(request)) {
            return new Door.Closed();
        }
        var open = new Door.Open(transaction -> desk.accept(transaction, Optional.empty()));
        if (request.inDialog()) {
            return inDialog(request, open);
        }
        return switch (request.method()) {
            // Any trunk must learn that it is to go elsewhere; no call is accepted then.
            case SipRequest.INVITE -> draining ? open : beginning(request, desk);
            case SipRequest.OPTIONS -> options(request, draining);
            // Must not be challenged (RFC 3261 section 22.1), and is useless to a sender who does not know the call.
            case SipRequest.CANCEL ->
                calls.ofInvite(request).map(call -> within(call, request, open)).orElseGet(() -> unlessStranger(request, open));
            // These methods are refused for everybody. A method that is to have an effect here must be judged as INVITE
            // is.
            default -> open;
        };
    }

    private Door beginning(SipRequest request, BiConsumer<ServerTransaction, Optional<Trunk>> desk) {
        Entry entry = gate.judge(request);
        if (entry instanceof Entry.Admitted(var trunk, var proven)) {
            admitted(request, proven);
            return window.isFullFor(trunk.id()) && mayBeRefused(request)
                    ? tooMany(request, trunk)
                    : new Door.Open(transaction -> desk.accept(transaction, Optional.of(trunk)));
        }
        return turned(request, entry);
    }

    /** Not a short number, which may be that of an emergency service, and not an INVITE that takes the place of a call. */
    private static boolean mayBeRefused(SipRequest invite) {
        int dialled = invite.requestUser().length();
        return (dialled == 0 || dialled > LONGEST_EMERGENCY_NUMBER) && invite.headers().values(ReplacingInvites.REPLACES).isEmpty();
    }

    /** Publishes no event: load that the suite cannot decide on would only make it slower still. */
    private Door tooMany(SipRequest request, Trunk trunk) {
        var reason = RefusalReason.SUITE_FULL;
        parts.metrics().tooMany(trunk.name());
        return counted(request, Replies.refused(reason.status(), reason, OptionalInt.of(1)));
    }

    /** Answers without keeping any state. */
    private Door counted(SipRequest request, OutgoingResponse reply) {
        parts.metrics().requested(request.method());
        parts.metrics().responded(reply.status());
        return new Door.Turned(reply);
    }

    private void admitted(SipRequest request, boolean proven) {
        if (proven) {
            credentials("right");
            doorman.prove(request.source().address());
        }
    }

    /** Keeps no state of an OPTIONS: its answer is the same each time (RFC 3261 section 11.2). */
    private Door options(SipRequest request, boolean draining) {
        Entry entry = gate.judge(request);
        if (entry instanceof Entry.Admitted(var trunk, var proven)) {
            admitted(request, proven);
            if (!quotas.takesOptions(trunk)) {
                parts.metrics().overQuota(trunk.name(), "options-per-second");
                return new Door.Closed();
            }
        } else if (entry instanceof Entry.Stranger && doorman.isGateway(request.source().address())) {
            return answered(request, draining ? Replies.draining() : Replies.options());
        } else if (!draining || entry instanceof Entry.Stranger) {
            return turned(request, entry);
        }
        return answered(request, Screening.ofOther(request).orElseGet(() -> draining ? Replies.draining() : Replies.options()));
    }

    /** Answers with this response only; for OPTIONS no state is kept. */
    private Door answered(SipRequest request, OutgoingResponse reply) {
        if (request.method().equals(SipRequest.OPTIONS) && !request.inDialog()) {
            return counted(request, reply);
        }
        return new Door.Open(transaction -> {
            parts.metrics().requested(transaction.request().method());
            refusals.answer(transaction, reply);
        });
    }

    private Door inDialog(SipRequest request, Door open) {
        return calls.ofDialog(request)
                .map(call -> within(call, request, open))
                .orElseGet(() -> unlessStranger(request, open));
    }

    private Door within(Call call, SipRequest request, Door open) {
        return inItsWay(call, request).map(entry -> turned(request, entry)).orElse(open);
    }

    /** Whether an ACK, which has no response, comes from the trunk of its call; if not, it is counted. */
    boolean believes(Call call, SipRequest ack) {
        Optional<Entry> entry = inItsWay(call, ack);
        if (entry.isPresent()) {
            parts.metrics().foreign(ack.method());
        }
        return entry.isEmpty();
    }

    private Optional<Entry> inItsWay(Call call, SipRequest request) {
        if (call.origin().isEmpty()) {
            // An outbound call that was not answered has no dialog that anybody could know.
            return Optional.of(new Entry.Foreign());
        }
        Origin origin = call.origin().get();
        boolean inTheClear = origin.transport() == SipTransportKind.TLS && request.source().transport() != SipTransportKind.TLS;
        if (inTheClear) {
            // Anybody can forge that source on a datagram.
            return Optional.of(new Entry.Foreign());
        }
        // Neither can be challenged for credentials (RFC 3261 section 22.1).
        boolean unaskable = request.method().equals(SipRequest.ACK) || request.method().equals(SipRequest.CANCEL);
        return gate.judge(request, origin.trunkId(), origin.address())
                .map(entry -> unaskable && !(entry instanceof Entry.Stranger) ? new Entry.Foreign() : entry);
    }

    private Door unlessStranger(SipRequest request, Door open) {
        return doorman.isStranger(request.source().address()) ? new Door.Closed() : open;
    }

    private Door turned(SipRequest request, Entry entry) {
        return switch (entry) {
            case Entry.Admitted admitted -> throw new IllegalStateException("an admitted request is not refused");
            case Entry.Stranger() -> {
                // Its trunk was removed while the request was being read.
                parts.metrics().dropped(DropReason.UNKNOWN_SOURCE);
                if (request.inDialog() || request.method().equals(SipRequest.CANCEL)) {
                    parts.metrics().foreign(request.method());
                }
                yield new Door.Closed();
            }
            case Entry.Foreign() -> {
                parts.metrics().foreign(request.method());
                yield answered(request, OutgoingResponse.of(403).with(SipHeader.reason(403, "another trunk's call")));
            }
            case Entry.Challenged(var challenges, var why) -> challenged(request, challenges, why);
            case Entry.Malformed(var what) -> {
                credentials("malformed");
                yield answered(request, OutgoingResponse.of(400).with(SipHeader.reason(400, what)));
            }
            case Entry.Refused(var trunk, var looked) -> {
                credentials(looked ? "wrong" : "throttled");
                yield wrong(request, looked ? trunk : Optional.empty());
            }
        };
    }

    private Door challenged(SipRequest request, List<String> challenges, DigestVerdict.Why why) {
        credentials(why.name().toLowerCase(Locale.ROOT));
        OutgoingResponse reply = Replies.refused(
                RefusalReason.CREDENTIALS_MISSING.status(), RefusalReason.CREDENTIALS_MISSING, OptionalInt.empty());
        for (String challenge : challenges) {
            reply = reply.with(new SipHeader("WWW-Authenticate", challenge));
        }
        return counted(request, reply);
    }

    /** @param trunk whose call it would have been; no event is published for others, else anybody could fill the suite's topics */
    private Door wrong(SipRequest request, Optional<Trunk> trunk) {
        var reason = RefusalReason.CREDENTIALS_WRONG;
        boolean begins = request.method().equals(SipRequest.INVITE) && !request.inDialog();
        if (!begins || trunk.isEmpty()) {
            return answered(request, Replies.refused(reason.status(), reason, OptionalInt.empty()));
        }
        return new Door.Open(transaction -> {
            parts.metrics().requested(request.method());
            CallFacts facts = reader.read(request, trunk.get(), parts.tags().get(), transaction.waited());
            String where = "trunk=%s from %s".formatted(trunk.get().id(), request.source().text());
            refusals.refuse(transaction, facts, reason, where, List.of());
        });
    }

    private void credentials(String outcome) {
        parts.metrics().credentials(outcome);
    }
}
