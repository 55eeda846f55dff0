package dev.trunkline.edge.outbound;

import dev.trunkline.events.OutboundTrunk;
import dev.trunkline.events.destinations.Reached;
import dev.trunkline.events.destinations.Redirects;
import dev.trunkline.events.destinations.Target;
import dev.trunkline.sip.message.NameAddr;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The targets to which the other side redirects one outbound call (RFC 3261 section 8.1.3.4): contacts of its 3xx in the order of
 * their q, those of a further 3xx before what is left of them. Each is judged as the call's own target was: by the hosts, the
 * numbering plan and the destinations of its trunk. No place is called twice, and at most {@value #MOST} are called. Sends nothing
 * itself; thread-safe.
 */
final class Redirection {
    /** INVITEs in addition to the first. */
    static final int MOST = 5;
    /** Contacts of one response that are considered. */
    static final int MOST_CONTACTS = 10;

    private static final int MULTIPLE_CHOICES = 300;
    private static final int MOVED_TEMPORARILY = 302;
    private static final int GLOBAL = 600;
    private static final int WHOLE = 1_000;

    private final OutboundTrunk trunk;
    private final Optional<Redirects> allowed;
    /** Guarded by this, as is all of the state. */
    private final Set<Place> called = new HashSet<>();
    private final Deque<Place> waiting = new ArrayDeque<>();
    private int followed;
    private Optional<String> why = Optional.empty();

    /**
     * The next target.
     *
     * @param user user part of the Request-URI, as the trunk wants it
     * @param host where it is to be called, in lower case: a gateway of the trunk, or its domain; empty if none was named
     */
    record Place(String user, String host) {
        /** Hides the target. */
        @Override
        public String toString() {
            return "Place[…]";
        }
    }

    /** @param allowed empty if none is followed */
    Redirection(OutboundTrunk trunk, Optional<Redirects> allowed) {
        this.trunk = trunk;
        this.allowed = allowed;
    }

    /**
     * Returns what a final response leads to.
     *
     * @param at where the INVITE was sent
     * @param contacts values of its Contact
     * @return the next target; empty if the call is over
     */
    synchronized Optional<Place> after(Place at, int status, List<String> contacts) {
        called.add(at);
        if (isRedirect(status)) {
            redirected(contacts);
        } else if (status >= GLOBAL) {
            waiting.clear();
        }
        Place next = waiting.poll();
        while (next != null && isCalled(next)) {
            why = Optional.of("The other side redirected the call to an address that was already called.");
            next = waiting.poll();
        }
        if (next != null && followed == MOST) {
            why = Optional.of("The other side redirected the call more than %d times.".formatted(MOST));
            return Optional.empty();
        }
        if (next != null) {
            followed++;
            called.add(next);
        }
        return Optional.ofNullable(next);
    }

    /** Why the last 3xx is not followed, one sentence without a number; empty if there was none, and if none is followed. */
    synchronized Optional<String> why(int status) {
        return isRedirect(status) ? why : Optional.empty();
    }

    private static boolean isRedirect(int status) {
        // 305 asks for a proxy and 380 for a service: neither names another callee.
        return status >= MULTIPLE_CHOICES && status <= MOVED_TEMPORARILY;
    }

    private boolean isCalled(Place place) {
        return called.contains(place) || place.host().isEmpty() && called.stream().anyMatch(known -> known.user().equals(place.user()));
    }

    private void redirected(List<String> values) {
        if (allowed.isEmpty()) {
            return;
        }
        List<NameAddr> contacts = NameAddr.all(values).stream()
                .limit(MOST_CONTACTS)
                .sorted(Comparator.comparingInt(Redirection::thousandths).reversed())
                .toList();
        why = Optional.of("The other side redirected the call without a target.");
        // Each is put before those that were put there before it.
        contacts.reversed().forEach(contact -> judged(contact).ifPresent(waiting::push));
    }

    private Optional<Place> judged(NameAddr contact) {
        Optional<Target> target = Target.read(contact.uri());
        if (target.isEmpty()) {
            return refused(" to an address that cannot be called");
        }
        if (allowed.get() == Redirects.EXTENSIONS && !target.get().isInternal()) {
            return refused(", but phones that ask by REFER may call only extensions of their PBX");
        }
        return switch (Reached.by(trunk, target.get())) {
            case Reached.Public(var number, var user, var read, var words) -> Optional.of(new Place(user, target.get().host().orElse("")));
            case Reached.Internal(var user, var words) -> Optional.of(new Place(user, target.get().host().orElse("")));
            case Reached.Not(var reason, var read, var words) ->
                    refused(" to a target that trunk %s does not call (%s)".formatted(trunk.name(), reason.code()));
        };
    }

    private Optional<Place> refused(String where) {
        why = Optional.of("The other side redirected the call%s.".formatted(where));
        return Optional.empty();
    }

    /** RFC 3261 section 25.1: qvalue; an invalid one counts as the lowest, and a missing one as the highest. */
    private static int thousandths(NameAddr contact) {
        String q = contact.parameter("q").map(String::strip).orElse("1");
        boolean sound = !q.isEmpty() && q.length() <= 5 && (q.charAt(0) == '0' || q.charAt(0) == '1') && (q.length() == 1 || q.charAt(1) == '.')
                && q.chars().skip(2).allMatch(c -> c >= '0' && c <= '9');
        if (!sound) {
            return 0;
        }
        int value = (q.charAt(0) - '0') * WHOLE;
        int place = WHOLE / 10;
        for (int i = 2; i < q.length(); i++) {
            value += (q.charAt(i) - '0') * place;
            place /= 10;
        }
        return Math.min(WHOLE, value);
    }
}
