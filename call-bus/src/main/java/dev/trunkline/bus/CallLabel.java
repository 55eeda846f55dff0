package dev.trunkline.bus;

import dev.trunkline.events.CallAdmitted;
import dev.trunkline.events.CallEnded;
import dev.trunkline.events.CallForwarded;
import dev.trunkline.events.CallId;
import dev.trunkline.events.CallRejected;
import dev.trunkline.events.CallRouted;
import dev.trunkline.events.CallSummary;
import dev.trunkline.events.Envelope;
import dev.trunkline.events.InviteReceived;
import dev.trunkline.events.OrganisationRef;
import dev.trunkline.events.TrunkRef;
import java.util.Optional;

/**
 * How a log line names the call that it is about, in the same way in each service:
 * {@code call=<id> organisation=<name> trunk=<name>}, without the parts that are not known. The line's message follows.
 */
public final class CallLabel {
    /** Maximum number of characters of a name; longer names are cut. */
    static final int LONGEST_NAME = 80;

    private final String text;

    private CallLabel(Object call, Optional<String> organisation, Optional<String> trunk) {
        var label = new StringBuilder(96).append("call=").append(call);
        organisation.ifPresent(name -> append(label, " organisation=", name));
        trunk.ifPresent(name -> append(label, " trunk=", name));
        text = label.toString();
    }

    /** A call of which only the id is known. */
    public static CallLabel of(CallId call) {
        return new CallLabel(call, Optional.empty(), Optional.empty());
    }

    /** A call whose organisation is not known yet. */
    public static CallLabel of(CallId call, TrunkRef trunk) {
        return new CallLabel(call, Optional.empty(), Optional.of(trunk.name()));
    }

    public static CallLabel of(CallId call, OrganisationRef organisation, TrunkRef trunk) {
        return new CallLabel(call, Optional.of(organisation.name()), Optional.of(trunk.name()));
    }

    /** A call for which a summary may exist. */
    public static CallLabel of(CallId call, Optional<CallSummary> known) {
        return new CallLabel(
                call, known.flatMap(CallSummary::organisation).map(OrganisationRef::name), known.map(so -> so.trunk().name()));
    }

    /** The call of an event, with what the event contains about it. */
    public static CallLabel of(Envelope envelope) {
        return switch (envelope.record()) {
            case InviteReceived invite -> of(invite);
            case CallRouted route -> of(route);
            case CallForwarded forwarded -> of(forwarded.callId(), forwarded.organisation(), forwarded.invite().trunk());
            case CallAdmitted admitted -> of(admitted);
            case CallRejected refusal -> of(refusal);
            case CallEnded ended -> of(ended.callId(), ended.summary());
            default -> of(envelope.callId());
        };
    }

    public static CallLabel of(CallRejected refusal) {
        return new CallLabel(
                refusal.callId(), refusal.organisation().map(OrganisationRef::name), Optional.of(refusal.trunk().name()));
    }

    public static CallLabel of(InviteReceived invite) {
        return of(invite.callId(), invite.trunk());
    }

    /** A call whose organisation may be known. */
    public static CallLabel of(InviteReceived invite, Optional<OrganisationRef> organisation) {
        return new CallLabel(invite.callId(), organisation.map(OrganisationRef::name), Optional.of(invite.trunk().name()));
    }

    public static CallLabel of(CallRouted route) {
        return of(route.callId(), route.organisation(), route.invite().trunk());
    }

    public static CallLabel of(CallAdmitted admitted) {
        return of(admitted.route());
    }

    /** A name is text that a tenant chose: it stays one word of one line. */
    private static void append(StringBuilder label, String key, String name) {
        label.append(key);
        boolean plain = !name.isEmpty() && name.chars().allMatch(c -> c > ' ' && c != '"' && !breaksALine(c));
        if (!plain) {
            label.append('"');
        }
        name.chars().limit(LONGEST_NAME).forEach(c ->
                label.append(c == '"' ? '\'' : breaksALine(c) ? ' ' : (char) c));
        if (name.length() > LONGEST_NAME) {
            label.append('…');
        }
        if (!plain) {
            label.append('"');
        }
    }

    /** Control characters, and the line and paragraph separators of Unicode. */
    private static boolean breaksALine(int c) {
        return Character.isISOControl(c) || c == 0x2028 || c == 0x2029;
    }

    @Override
    public String toString() {
        return text;
    }
}
