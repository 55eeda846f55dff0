package dev.trunkline.console.desk;

import dev.trunkline.console.accounts.User;
import dev.trunkline.console.calls.CallIds;
import dev.trunkline.console.desk.DeskTakes.Holder;
import dev.trunkline.console.desk.DeskTakes.Taken;
import dev.trunkline.console.live.DeskCall;
import dev.trunkline.console.live.LiveBoard;
import dev.trunkline.console.live.LiveView;
import dev.trunkline.console.problem.Refused;
import dev.trunkline.events.CallId;
import java.net.URI;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The calls that people answer in the browser. Each call belongs to one person, who gets into its room. Thread-safe. */
public final class Desk {
    /** How long a person who has taken a call may be absent from its room, before entering or after leaving it. */
    static final Duration ABSENCE = Duration.ofSeconds(20);

    private final LiveBoard board;
    private final DeskTakes takes;
    private final Optional<BrowserLiveKit> liveKit;
    private final InstantSource clock;

    /** What a browser needs to enter the room. @param token of {@link DeskTokens} */
    public record Ticket(CallId callId, URI url, String token) {
        /** Leaves the token out. */
        @Override
        public String toString() {
            return "Ticket[" + callId + "]";
        }
    }

    /** @param liveKit empty: calls cannot be taken */
    public Desk(LiveBoard board, DeskTakes takes, Optional<BrowserLiveKit> liveKit, InstantSource clock) {
        this.board = board;
        this.takes = takes;
        this.liveKit = liveKit;
        this.clock = clock;
    }

    /** Whether calls can be taken. */
    public boolean on() {
        return liveKit.isPresent();
    }

    /** Lists the calls that nobody has answered, longest waiting first, and those that the user has. */
    public List<DeskView> list(User user) throws SQLException {
        Holder asking = Holder.of(user);
        Map<CallId, LiveView> shown = new HashMap<>();
        board.atDesks(user).stream().filter(call -> !call.attended()).forEach(call -> shown.put(call.call().callId(), call.call()));
        Map<CallId, Taken> taken = takes.of(shown.keySet(), asking);
        taken.keySet().forEach(callId -> board.view(user, callId).ifPresent(call -> shown.put(callId, call)));
        return shown.values().stream()
                .map(call -> DeskView.of(call, Optional.ofNullable(taken.get(call.callId())), asking))
                .sorted(Comparator.comparing(DeskView::receivedAt).thenComparing(call -> call.callId().value()))
                .toList();
    }

    /**
     * Gives a call to the user, unless somebody else has it. If the user has it already, they get a fresh ticket.
     *
     * @param current whether the board is up to date; if it is not, nobody loses a call for not being in its room
     * @throws Refused if there is no such call, or somebody else has it
     */
    public Ticket take(User user, String id, boolean current) throws SQLException {
        BrowserLiveKit server = server();
        CallId callId = CallIds.of(id)
                .filter(known -> board.find(user, known).isPresent())
                .orElseThrow(current ? Desk::unknown : Desk::notKnown);
        Optional<DeskCall> call = board.atDesk(user, callId);
        Optional<Taken> before = takes.of(callId);
        Holder holder = Holder.of(user);
        Instant now = clock.instant();
        if (before.isEmpty()) {
            if (call.filter(DeskCall::handedOver).isPresent()) {
                throw Refused.conflict("The caller of this call was handed over to somebody else.");
            }
            call.filter(DeskCall::attended).flatMap(known -> known.call().agent()).ifPresent(agent -> {
                throw Refused.conflict("%s in the room has answered this call.".formatted(agent));
            });
        }
        String room = before.map(Taken::room)
                .or(() -> call.flatMap(known -> known.call().room()))
                .orElseThrow(Desk::unknown);
        Taken taken = takes.take(
                new Taken(callId, holder, room, now), call.filter(known -> current).map(known -> lapsed(known, now)).orElse(Instant.EPOCH));
        if (!taken.holder().equals(holder)) {
            throw Refused.conflict("%s has this call.".formatted(taken.holder().account()));
        }
        return new Ticket(callId, server.url(), new DeskTokens(server, clock).enter(room, user.name()));
    }

    /**
     * Lets the user listen to an answered call of somebody else.
     *
     * @param whispers whether the participants in the room, but no phone, hear and see the user; otherwise the user is hidden
     * @param current whether the board is up to date
     * @throws Refused if there is no such call, or it is still ringing
     */
    public Ticket supervise(User user, String id, boolean whispers, boolean current) {
        BrowserLiveKit server = server();
        LiveView call = CallIds.of(id)
                .flatMap(known -> board.view(user, known))
                .orElseThrow(current
                        ? () -> Refused.unknown("There is no live call with this id: GET /api/v1/live lists them.")
                        : Desk::notKnown);
        if (call.state().equals("ringing")) {
            throw Refused.conflict("This call is still ringing.");
        }
        String room = call.room().orElseThrow(() -> Refused.conflict("The room of this call is not known."));
        var tokens = new DeskTokens(server, clock);
        return new Ticket(call.callId(), server.url(), whispers ? tokens.whisper(room, user.name()) : tokens.listen(room, user.name()));
    }

    private BrowserLiveKit server() {
        return liveKit.orElseThrow(() -> Refused.unavailable(
                "The desk is off: the console has no LIVEKIT_URL, LIVEKIT_API_KEY and LIVEKIT_API_SECRET. Ask whoever runs the suite."));
    }

    /** A take of the call from before this time does not keep another person from taking it. */
    static Instant lapsed(DeskCall call, Instant now) {
        Instant latest = now.minus(ABSENCE);
        boolean justLeft = call.leftAt().filter(left -> left.isAfter(latest)).isPresent();
        return call.attended() || justLeft ? Instant.EPOCH : latest;
    }

    /** @throws Refused if the user does not have it */
    public void letGo(User user, String id) throws SQLException {
        CallId callId = CallIds.of(id).orElseThrow(Desk::unknown);
        if (!takes.letGo(callId, Holder.of(user))) {
            throw Refused.unknown("You do not have this call.");
        }
    }

    static Refused notKnown() {
        return Refused.unavailable("The console is not reading Kafka, so it does not know which calls wait: try again in a moment.");
    }

    private static Refused unknown() {
        return Refused.unknown("There is no call with this id at a desk: GET /api/v1/desk lists the waiting calls.");
    }
}
