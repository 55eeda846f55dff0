package dev.trunkline.console.live;

import dev.trunkline.console.accounts.Allowed;
import dev.trunkline.console.accounts.ApiKeys;
import dev.trunkline.console.accounts.CurrentSession;
import dev.trunkline.console.accounts.Role;
import dev.trunkline.console.accounts.Sessions;
import dev.trunkline.console.accounts.User;
import dev.trunkline.console.problem.Refused;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.smallrye.mutiny.subscription.BackPressureStrategy;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The ongoing calls, as a list and as a stream. */
@Path("/live")
@Tag(name = "Live calls", description = "The calls that hold a slot at this moment; a tenant sees its own.")
public class LiveResource {
    private static final Duration BETWEEN_BEATS = Duration.ofSeconds(15);
    /** Minimum time between two reports of changed counts. */
    private static final Duration BETWEEN_COUNTS = Duration.ofMillis(500);
    /** Changes that may wait for a slow reader; beyond that its stream ends, and its browser reconnects. */
    private static final int WAITING = 65_536;
    /** Most concurrent streams. */
    private static final int STREAMS = 500;

    private final LiveBoard board;
    private final LiveTopics topics;
    private final CurrentSession current;
    private final Sessions sessions;
    private final ApiKeys keys;
    private final Semaphore streams = new Semaphore(STREAMS);

    public record Shown(List<LiveView> calls, LiveBoard.Counts counts) {}

    public LiveResource(LiveBoard board, LiveTopics topics, CurrentSession current, Sessions sessions, ApiKeys keys) {
        this.board = board;
        this.topics = topics;
        this.current = current;
        this.sessions = sessions;
        this.keys = keys;
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @Allowed({Role.ADMIN, Role.TENANT, Role.DESK, Role.SUPPORT})
    @Operation(summary = "List live calls")
    @Blocking
    public Shown list(@QueryParam("organisation") Optional<String> organisation, @QueryParam("number") Optional<String> number) {
        if (!topics.reading()) {
            throw Refused.unavailable("The console is not reading Kafka, so it does not know which calls are live: try again in a moment.");
        }
        return new Shown(board.list(current.user(), organisation, number), board.counts(current.user()));
    }

    @GET
    @Path("/stream")
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @Allowed({Role.ADMIN, Role.TENANT, Role.DESK, Role.SUPPORT})
    @Operation(
            summary = "Follow live calls",
            description = "Server-sent events: `call`, first for each ongoing call and then for each new or changed one; `gone`; `counts`."
                    + " A `beat` every 15 s, whose absence tells a page that its network is lost. The stream ends with the session or"
                    + " the key.")
    @Blocking
    public Multi<OutboundSseEvent> stream(@Context Sse sse) {
        if (!streams.tryAcquire()) {
            throw Refused.unavailable("Too many pages follow live calls: close some, or ask GET /api/v1/live.");
        }
        User user = current.user();
        String token = current.token();
        boolean byKey = current.byKey();
        var changed = new AtomicBoolean(true);
        Multi<OutboundSseEvent> changes = Multi.createFrom().<LiveBoard.Change>emitter(
                        emitter -> emitter.onTermination(board.listen(user, change -> {
                            changed.set(true);
                            emitter.emit(change);
                        })), BackPressureStrategy.ERROR)
                .onOverflow().buffer(WAITING)
                .map(change -> event(sse, change));
        Multi<OutboundSseEvent> counts = Multi.createFrom().ticks().every(BETWEEN_COUNTS)
                .onOverflow().drop()
                .filter(tick -> changed.getAndSet(false))
                .map(tick -> json(sse, "counts", board.counts(user)));
        Multi<OutboundSseEvent> beats = Multi.createFrom().ticks().every(BETWEEN_BEATS)
                .onOverflow().drop()
                .emitOn(Infrastructure.getDefaultWorkerPool())
                .onItem().invoke(tick -> requireSession(token, byKey))
                .map(tick -> json(sse, "beat", Map.of()));
        return Multi.createBy().merging().streams(changes, counts, beats)
                .onTermination().invoke(streams::release);
    }

    private void requireSession(String token, boolean byKey) {
        try {
            if (byKey ? !keys.stands(token) : !sessions.stands(token)) {
                throw Refused.stranger("The session has ended, or the key was revoked.");
            }
        } catch (SQLException e) {
            throw Refused.unavailable("The console's database does not answer.");
        }
    }

    private static OutboundSseEvent event(Sse sse, LiveBoard.Change change) {
        return switch (change) {
            case LiveBoard.Change.Shown shown -> json(sse, "call", shown.call());
            case LiveBoard.Change.Gone gone -> json(sse, "gone", Map.of("callId", gone.callId()));
        };
    }

    private static OutboundSseEvent json(Sse sse, String name, Object data) {
        return sse.newEventBuilder().name(name).mediaType(MediaType.APPLICATION_JSON_TYPE).data(data).build();
    }
}
