package dev.trunkline.rtc;

import dev.trunkline.rtc.dtls.DtlsIdentity;
import dev.trunkline.rtc.loop.MediaLoop;
import dev.trunkline.rtc.room.RoomSession;
import dev.trunkline.rtc.room.RtcContext;
import dev.trunkline.rtc.room.WarmUp;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * A LiveKit real-time client, audio only: joins rooms, publishes G.711 or Opus, receives every subscribed track.
 *
 * <p>One instance serves any number of rooms. It owns the media loops, one DTLS identity and one HTTP client; a room costs
 * no thread.
 */
public final class LiveKitRtc implements AutoCloseable {

    /** How long closing may take to tell the server about the remaining rooms; after that it is not told. */
    private static final long CLOSE_SECONDS = 3;

    private final RtcContext context;
    private final ExecutorService virtualThreads;
    private final List<MediaLoop> loops;
    private final AtomicInteger turn = new AtomicInteger();
    private final Set<RoomSession> rooms = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    private LiveKitRtc(RtcSettings settings, Clock clock) {
        SecureRandom random = new SecureRandom();
        this.virtualThreads =
                Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("livekit-rtc-", 0).factory());
        HttpClient http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .executor(virtualThreads)
                .connectTimeout(settings.joinTimeout())
                .build();
        this.context =
                new RtcContext(settings, http, DtlsIdentity.create(random, clock), random, clock, virtualThreads);
        this.loops = IntStream.range(0, settings.loops()).mapToObj(i -> MediaLoop.start("media-" + i, settings.faults())).toList();
    }

    public static LiveKitRtc create(RtcSettings settings) {
        return create(settings, Clock.systemUTC());
    }

    /**
     * @param clock for the time in RTCP and in certificates; round-trip times are correct only if it is not adjusted while rooms are
     *     joined
     */
    public static LiveKitRtc create(RtcSettings settings, Clock clock) {
        return new LiveKitRtc(settings, clock);
    }

    /**
     * Does in advance what would slow the first join: cipher selection, handshake classes, codec, signalling. Blocks for about a second.
     */
    public void warmUp() {
        new WarmUp(context, nextLoop()).run();
    }

    /** Returns the media loops in turn. */
    public MediaLoop nextLoop() {
        return loops.get(Math.floorMod(turn.getAndIncrement(), loops.size()));
    }

    /** Returns every media loop, for monitoring. */
    public List<MediaLoop> loops() {
        return loops;
    }

    /**
     * Returns the names of the loops that do not respond within this time, because they have stopped or are stuck; empty if all do.
     * Blocks for at most this time.
     */
    public List<String> silentLoops(Duration atMost) {
        Map<String, CompletableFuture<Void>> beats = new LinkedHashMap<>();
        loops.forEach(loop -> beats.put(loop.name(), loop.beat().toCompletableFuture()));
        CompletableFuture.allOf(beats.values().toArray(CompletableFuture[]::new))
                .completeOnTimeout(null, atMost.toNanos(), TimeUnit.NANOSECONDS).join();
        return beats.entrySet().stream().filter(beat -> !beat.getValue().isDone()).map(Map.Entry::getKey).toList();
    }

    /** How many rooms are joined, being joined or being left. */
    public int rooms() {
        return rooms.size();
    }

    /**
     * Joins a room. The stage completes when media can flow and, if a track is to be published, the server has accepted it;
     * it fails with an {@link RtcException}. A failed join leaves nothing behind, and the listener is not called for its end.
     *
     * <p>Use a new identity for each attempt to join: livekit-server remembers an identity whose UDP path failed, and offers it
     * only TCP, which this library does not support.
     *
     * @param loop     the loop that this room's packets run on, from {@link #nextLoop()} or one of the caller's own
     * @param listener is called from the start of the join, that is, also before the stage completes
     */
    public CompletionStage<Room> join(JoinRequest request, MediaLoop loop, RoomListener listener) {
        if (closed) {
            return CompletableFuture.failedFuture(new RtcException(RtcException.Kind.CLOSED, "LiveKitRtc was closed"));
        }
        try {
            RoomSession session = new RoomSession(context, request, loop, listener, rooms::remove);
            rooms.add(session);
            return session.join();
        } catch (UncheckedIOException e) {
            return CompletableFuture.failedFuture(new RtcException(RtcException.Kind.UNREACHABLE, e.getMessage(), e));
        }
    }

    /** Leaves every room, waits a few seconds at most for that, and stops the loops. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        CompletableFuture<?>[] leaving = rooms.stream()
                .map(room -> room.leave(DisconnectReason.CLIENT_CLOSED).toCompletableFuture())
                .toArray(CompletableFuture[]::new);
        CompletableFuture.allOf(leaving).completeOnTimeout(null, CLOSE_SECONDS, TimeUnit.SECONDS).join();
        loops.forEach(MediaLoop::close);
        context.http().shutdownNow();
        virtualThreads.shutdown();
    }
}
