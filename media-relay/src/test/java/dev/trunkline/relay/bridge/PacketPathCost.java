package dev.trunkline.relay.bridge;

import com.sun.management.ThreadMXBean;
import dev.trunkline.relay.ports.PortPool;
import dev.trunkline.relay.ports.PortRange;
import dev.trunkline.rtc.AudioCodec;
import dev.trunkline.rtc.codec.OpusCodec;
import dev.trunkline.rtc.codec.OpusEncoder;
import dev.trunkline.rtc.loop.MediaLoop;
import dev.trunkline.rtc.srtp.SrtpWarmUp;
import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;

/**
 * Measures what a call's packets cost the media loop: processor time (and the kernel's share of it) and octets allocated, over a fixed
 * number of packets that arrive at the pace of a call. Phones and media server are excluded, and so are ICE, DTLS and
 * signalling of a room ({@code HoldRooms} of livekit-rtc measures those).
 *
 * <pre>
 *   java -cp … dev.trunkline.relay.bridge.PacketPathCost [opus|g711] [calls=30] [seconds=20]
 * </pre>
 */
public final class PacketPathCost {
    private static final int WARM_SECONDS = 8;
    private static final int FRAMES_A_SECOND = 50;
    private static final long FRAME_NANOS = 1_000_000_000L / FRAMES_A_SECOND;

    private PacketPathCost() {}

    public static void main(String[] args) throws Exception {
        AudioCodec spoken = args.length > 0 && args[0].equals("opus") ? AudioCodec.OPUS : AudioCodec.PCMU;
        int calls = args.length > 1 ? Integer.parseInt(args[1]) : 30;
        int seconds = args.length > 2 ? Integer.parseInt(args[2]) : 20;
        // A relay does this too before it is ready.
        SrtpWarmUp.run();
        OpusCodec opus = OpusCodec.detect();
        MediaLoop loop = MediaLoop.start("measured-loop");
        Thread measured = threadOf(loop);
        var pool = new PortPool(new PortRange(20_000, 29_999), Duration.ZERO, Clock.systemUTC(), new Random(1));
        var shop = new MediaShop(
                opus, Duration.ofHours(1), Duration.ofHours(1), 10, true, Clock.systemUTC(), System::nanoTime, new Random(2),
                (kind, by) -> { }, (where, fault) -> fault.printStackTrace());
        List<BridgedCall> all = new ArrayList<>();
        for (int i = 0; i < calls; i++) {
            all.add(new BridgedCall(shop, loop, pool, spoken));
        }
        List<byte[]> room = spoken == AudioCodec.OPUS ? opusFrames(opus) : List.of(tone());
        talk(all, room, WARM_SECONDS * FRAMES_A_SECOND);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long id = measured.threadId();
        long cpu = threads.getThreadCpuTime(id);
        long user = threads.getThreadUserTime(id);
        long allocated = threads.getThreadAllocatedBytes(id);
        long phones = phones(all);
        long server = server(all);
        talk(all, room, seconds * FRAMES_A_SECOND);
        cpu = threads.getThreadCpuTime(id) - cpu;
        user = threads.getThreadUserTime(id) - user;
        allocated = threads.getThreadAllocatedBytes(id) - allocated;
        phones = phones(all) - phones;
        server = server(all) - server;
        long sent = 2L * calls * seconds * FRAMES_A_SECOND;
        System.out.printf(
                "%s %s, %d calls, %d packets: %.2f us a packet (kernel %.2f), %.3f %% of a core a call, %.1f B a packet; heard %.1f %% by the phones, %.1f %% by the server%n",
                spoken, opus.name(), calls, sent, cpu / 1e3 / sent, (cpu - user) / 1e3 / sent,
                100.0 * cpu / 1e9 / seconds / calls, (double) allocated / sent, 200.0 * phones / sent,
                200.0 * server / sent);
        System.exit(0);
    }

    private static long phones(List<BridgedCall> calls) {
        return calls.stream().mapToLong(BridgedCall::toPhone).sum();
    }

    private static long server(List<BridgedCall> calls) {
        return calls.stream().mapToLong(BridgedCall::toServer).sum();
    }

    private static Thread threadOf(MediaLoop loop) {
        CompletableFuture<Thread> thread = new CompletableFuture<>();
        loop.execute(() -> thread.complete(Thread.currentThread()));
        return thread.join();
    }

    /** Makes phones and server send in turn, spread over each 20 ms. */
    private static void talk(List<BridgedCall> calls, List<byte[]> room, int frames) throws Exception {
        byte[] tone = tone();
        long due = System.nanoTime();
        long step = FRAME_NANOS / (2L * calls.size());
        for (int frame = 0; frame < frames; frame++) {
            for (BridgedCall call : calls) {
                call.phoneSays(tone);
                await(due += step);
                call.roomPlays(room.get(frame % room.size()));
                await(due += step);
                call.listen();
            }
        }
    }

    private static void await(long due) {
        for (long wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
            LockSupport.parkNanos(wait);
        }
    }

    private static byte[] tone() {
        byte[] codes = new byte[160];
        Arrays.fill(codes, (byte) 0x21);
        return codes;
    }

    /** Returns Opus frames as LiveKit's agents send them: 48 kHz, tuned for voice, each frame different. */
    static List<byte[]> opusFrames(OpusCodec opus) {
        List<byte[]> frames = new ArrayList<>();
        byte[] packet = new byte[OpusEncoder.MAX_FRAME_BYTES];
        short[] pcm = new short[960];
        var random = new Random(3);
        try (OpusEncoder encoder = opus.encoder(48_000, 32_000, 9, true)) {
            for (int frame = 0; frame < 100; frame++) {
                for (int i = 0; i < pcm.length; i++) {
                    double at = (frame * 960 + i) / 48_000.0;
                    double voice = Math.sin(2 * Math.PI * 180 * at) + 0.5 * Math.sin(2 * Math.PI * 1_140 * at);
                    pcm[i] = (short) (5_000 * voice * (1 + Math.sin(2 * Math.PI * 4 * at)) / 2 + 300 * random.nextGaussian());
                }
                frames.add(Arrays.copyOf(packet, encoder.encode(pcm, 0, pcm.length, packet, 0)));
            }
        }
        return frames;
    }
}
