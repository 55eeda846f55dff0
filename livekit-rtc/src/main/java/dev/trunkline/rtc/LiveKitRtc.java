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
 * <p>One of these serves any number of rooms. It owns the media loops, one DTLS identity and one HTTP client; a room costs
 * no thread.
 */
public final class LiveKitRtc implements AutoCloseable {

    /** What is left of a room when the process ends is told to the server within this, or not at all. */
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

    /** @param clock for the time in RTCP and in certificates; one that is not set while rooms are entered keeps round trips right */
    public static LiveKitRtc create(RtcSettings settings, Clock clock) {
        return new LiveKitRtc(settings, clock);
    }

    /**
     * Pays what the first join would pay: cipher choice, handshake classes, codec, signalling. Blocks for about a second.
     */
    public void warmUp() {
        new WarmUp(context, nextLoop()).run();
    }

    /** The media loops take turns. */
    public MediaLoop nextLoop() {
        return loops.get(Math.floorMod(turn.getAndIncrement(), loops.size()));
    }

    /** Every media loop, for whoever watches over them. */
    public List<MediaLoop> loops() {
        return loops;
    }

    /**
     * The names of the loops that give no sign of life within this time, as they have stopped or are stuck; empty where all is
     * well. Waits for as long at most.
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
     * Joins a room. The stage completes when media can flow and, if a track is to be published, the server has taken it;
     * it fails with an {@link RtcException}. A failed join leaves nothing behind, and a listener hears of no end of it.
     *
     * <p>Use a new identity for each attempt to join: livekit-server remembers one whose UDP path failed, and offers it
     * TCP only, which this library does not speak.
     *
     * @param loop     the loop that this room's packets live on, from {@link #nextLoop()} or one of the caller's own
     * @param listener is called from the join on, also before the stage completes
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

    /** Leaves every room, waits for that a few seconds at most, and stops the loops. */
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
