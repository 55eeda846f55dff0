package dev.trunkline.rtc;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import dev.trunkline.rtc.codec.G711;
import dev.trunkline.rtc.server.LiveKitServer;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Measures the cost of a room: holds rooms that send a G.711 packet every 20 ms and receive it back from an echo in another
 * process, and prints the CPU, threads and memory of this process, not including the server and the echo.
 *
 * <pre>
 *   java -cp … dev.trunkline.rtc.HoldRooms [rooms=30] [seconds=30]
 * </pre>
 */
public final class HoldRooms {

    private static final Duration FRAME = Duration.ofMillis(20);
    private static final int SAMPLES = 160;
    private static final int WARM_SECONDS = 10;
    private static final int JOIN_SECONDS = 20;

    private HoldRooms() {
    }

    public static void main(String[] args) throws Exception {
        if (args.length > 0 && args[0].equals("echo")) {
            echo(URI.create(args[1]), List.of(args).subList(2, args.length));
            return;
        }
        int rooms = args.length > 0 ? Integer.parseInt(args[0]) : 30;
        int seconds = args.length > 1 ? Integer.parseInt(args[1]) : 30;
        try (LiveKitServer server = LiveKitServer.start();
                LiveKitRtc rtc = LiveKitRtc.create(settings().withLoops(1))) {
            rtc.warmUp();
            Process echo = startEcho(server, rooms);
            try {
                hold(rtc, server, rooms, seconds);
            } finally {
                echo.destroy();
            }
        }
    }

    private static void hold(LiveKitRtc rtc, LiveKitServer server, int rooms, int seconds) throws Exception {
        AtomicLong heard = new AtomicLong();
        List<Room> joined = new ArrayList<>();
        long slowest = 0;
        for (int i = 0; i < rooms; i++) {
            long started = System.nanoTime();
            joined.add(get(rtc.join(request(server.url(), server.token("hold-" + i, "caller")), rtc.nextLoop(),
                    new RoomListener() {
                        @Override
                        public void audioReceived(RemoteAudioTrack track, RtpPacket packet) {
                            heard.incrementAndGet();
                        }
                    })));
            slowest = Math.max(slowest, System.nanoTime() - started);
        }
        joined.forEach(HoldRooms::talk);
        Thread.sleep(Duration.ofSeconds(WARM_SECONDS));
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long loop = threadOf(joined.getFirst());
        long loopBefore = threads.getThreadCpuTime(loop);
        long allocatedBefore = threads.getThreadAllocatedBytes(loop);
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        long cpuBefore = system.getProcessCpuTime();
        long heardBefore = heard.get();
        long sentBefore = sent(joined);
        long before = System.nanoTime();
        Thread.sleep(Duration.ofSeconds(seconds));
        double elapsed = System.nanoTime() - before;
        double cpu = (system.getProcessCpuTime() - cpuBefore) / elapsed * 100;
        double packets = heard.get() - heardBefore + sent(joined) - sentBefore;
        System.out.printf("rooms                  %d, each sends and hears G.711, 50 packets a second each way%n", rooms);
        System.out.printf("machine                %d processors, %s, Java %s%n", system.getAvailableProcessors(),
                System.getProperty("os.arch"), Runtime.version());
        System.out.printf("CPU a room             %.2f %% of a core (%.1f %% in all)%n", cpu / rooms, cpu);
        System.out.printf("media loop a packet    %.2f us, %.1f octets allocated%n",
                (threads.getThreadCpuTime(loop) - loopBefore) / 1e3 / packets,
                (threads.getThreadAllocatedBytes(loop) - allocatedBefore) / packets);
        System.out.printf("heard                  %.1f %% of what was sent%n",
                100.0 * (heard.get() - heardBefore) / (sent(joined) - sentBefore));
        System.out.printf("platform threads       %d%n", ManagementFactory.getThreadMXBean().getThreadCount());
        System.out.printf("slowest join           %d ms%n", TimeUnit.NANOSECONDS.toMillis(slowest));
        System.gc();
        System.out.printf("heap in use            %d MiB%n",
                ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() >> 20);
        System.out.println("not measured           phones, Opus, loss, other machines, the server's and the echo's CPU");
    }

    private static long threadOf(Room room) throws Exception {
        CompletableFuture<Long> thread = new CompletableFuture<>();
        room.loop().execute(() -> thread.complete(Thread.currentThread().threadId()));
        return thread.get();
    }

    private static long sent(List<Room> rooms) {
        return rooms.stream().mapToLong(room -> room.stats().sent().packets()).sum();
    }

    private static void talk(Room room) {
        byte[] tone = new byte[SAMPLES];
        for (int i = 0; i < SAMPLES; i++) {
            tone[i] = G711.PCMU.encode((short) (8000 * Math.sin(2 * Math.PI * 400 * i / 8000)));
        }
        long[] sent = new long[1];
        long started = System.nanoTime();
        Runnable[] frame = new Runnable[1];
        frame[0] = () -> {
            // Scheduled relative to the start, so that late timers do not slow the stream down.
            long next = started + (sent[0] + 1) * FRAME.toNanos();
            room.loop().schedule(Duration.ofNanos(Math.max(0, next - System.nanoTime())), frame[0]);
            room.audio().orElseThrow().send((int) sent[0] & 0xffff, sent[0] * SAMPLES & 0xffff_ffffL, sent[0] == 0,
                    tone, 0, SAMPLES);
            sent[0]++;
        };
        room.loop().execute(frame[0]);
    }

    private static Process startEcho(LiveKitServer server, int rooms) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElse("java"), "-cp", System.getProperty("java.class.path"),
                HoldRooms.class.getName(), "echo", server.url().toString()));
        for (int i = 0; i < rooms; i++) {
            command.add(server.token("hold-" + i, "echo"));
        }
        Process echo = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        echo.inputReader().readLine();
        return echo;
    }

    /** Joins every room and sends back the audio that it receives. */
    private static void echo(URI url, List<String> tokens) throws Exception {
        LiveKitRtc rtc = LiveKitRtc.create(settings().withLoops(1));
        for (String token : tokens) {
            Room[] room = new Room[1];
            room[0] = get(rtc.join(request(url, token), rtc.nextLoop(), new RoomListener() {
                @Override
                public void audioReceived(RemoteAudioTrack track, RtpPacket packet) {
                    if (room[0] != null) {
                        room[0].audio().orElseThrow().send(packet.sequence(), packet.timestamp(), packet.marker(),
                                packet.buffer(), packet.payloadOffset(), packet.payloadLength());
                    }
                }
            }));
        }
        System.out.println("echoing");
        System.out.flush();
        Thread.sleep(Duration.ofHours(1));
    }

    private static RtcSettings settings() throws Exception {
        return RtcSettings.defaults().withBindAddress(InetAddress.getByName("127.0.0.1"));
    }

    private static JoinRequest request(URI url, String token) {
        return JoinRequest.of(url, token).publishing(new AudioPublication("voice", List.of(AudioCodec.PCMU)));
    }

    private static Room get(CompletionStage<Room> joining) throws Exception {
        return joining.toCompletableFuture().get(JOIN_SECONDS, TimeUnit.SECONDS);
    }
}
