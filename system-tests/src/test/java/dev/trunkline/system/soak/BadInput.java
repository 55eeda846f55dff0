package dev.trunkline.system.soak;

import dev.trunkline.fuzz.FuzzFigures;
import dev.trunkline.fuzz.FuzzOptions;
import dev.trunkline.fuzz.FuzzRun;
import dev.trunkline.hostile.RawSip;
import dev.trunkline.system.support.Garbage;
import dev.trunkline.system.support.SuiteUnderTest;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Small doses of what nobody should send: damaged SIP and RTP from the address of a trunk ({@code ./trunkline fuzz}, a few messages a
 * second, with a call beside it that must not be affected), and malformed messages from an address that belongs to no trunk.
 */
final class BadInput implements AutoCloseable {
    private static final String TRUNK_BESIDE = "127.0.0.1";
    private static final int A_SECOND = 2;
    private static final long STRANGER_PAUSE_MILLIS = 1_000;
    private static final long LAST_SECONDS = 90;

    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final Future<FuzzFigures> fuzz;
    private final Future<Integer> stranger;
    private volatile boolean stopped;

    private BadInput(SuiteUnderTest suite, Duration time, long seed) {
        FuzzOptions options = new FuzzOptions(time, seed, SoakDirectory.HOSTILE, TRUNK_BESIDE, SoakDirectory.ECHO, A_SECOND);
        fuzz = executor.submit(() -> new FuzzRun(options, suite.suite().running()).run());
        stranger = executor.submit(() -> strange(suite));
    }

    static BadInput start(SuiteUnderTest suite, Duration time, long seed) {
        return new BadInput(suite, time, seed);
    }

    /**
     * What was sent.
     *
     * @param sip damaged messages of the trunk
     * @param rtp damaged packets
     * @param strange messages from no trunk
     * @param complaints what was wrong with the call beside it
     */
    record Sent(long sip, long rtp, int strange, List<String> complaints) {}

    private int strange(SuiteUnderTest suite) throws IOException, InterruptedException {
        int sent = 0;
        try (RawSip raw = RawSip.open(SoakDirectory.STRANGER, suite.edge())) {
            while (!stopped) {
                for (byte[] datagram : Garbage.messages(raw).values()) {
                    if (!stopped) {
                        raw.send(datagram);
                        sent++;
                        Thread.sleep(STRANGER_PAUSE_MILLIS);
                    }
                }
            }
        }
        return sent;
    }

    /** Sends no more; returns when the trunk's run is over, which ends by itself. If it could not be made, that is a complaint. */
    Sent stop() throws InterruptedException {
        stopped = true;
        try {
            FuzzFigures figures = fuzz.get(LAST_SECONDS, TimeUnit.SECONDS);
            return new Sent(
                    figures.byUdp() + figures.byTcp(), figures.rtp(), stranger.get(LAST_SECONDS, TimeUnit.SECONDS), figures.complaints());
        } catch (ExecutionException | TimeoutException e) {
            return new Sent(0, 0, 0, List.of("no bad input was sent: " + e));
        }
    }

    @Override
    public void close() {
        stopped = true;
        executor.shutdownNow();
    }
}
