package dev.trunkline.system.faults;

import dev.trunkline.local.ChildProcess;
import dev.trunkline.system.support.Await;
import dev.trunkline.system.support.Faketime;
import dev.trunkline.system.support.SuiteUnderTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * Sets the clock of one service repeatedly while it runs; the clocks of the others, of Kafka and of LiveKit are unchanged. For that the
 * service is restarted with a clock that can be set, and afterwards without it.
 *
 * <pre>
 *   right --&gt; an hour ahead --&gt; right --&gt; an hour behind --&gt; right
 * </pre>
 */
record ClockJumps(String service) implements Fault.Blow {
    static final Duration LEAP = Duration.ofHours(1);
    /** How long the clock stays at each setting. */
    static final Duration STAYS = Duration.ofSeconds(15);
    private static final Duration RESTART = Duration.ofSeconds(60);
    private static final Duration NOTICED = Duration.ofSeconds(10);
    /** The message that a service logs. */
    private static final String SET = "the machine's clock was set";

    @Override
    public Fault.Scene prepare(SuiteUnderTest suite) throws Exception {
        Path file = file(suite);
        Faketime.set(file, Duration.ZERO);
        ChildProcess process = suite.suite().process(service);
        try {
            process.startsWith(Faketime.environment(file, suite.target()));
        } catch (IOException e) {
            throw new Fault.NotHereException(e.getMessage());
        }
        try {
            startAgain(suite, process);
        } catch (RuntimeException | AssertionError e) {
            process.startsWith(Map.of());
            throw e;
        }
        return () -> {
            process.startsWith(Map.of());
            startAgain(suite, process);
        };
    }

    private static Path file(SuiteUnderTest suite) {
        return suite.target().resolve("clock-that-is-set").toAbsolutePath();
    }

    /** Kills the process, which the launcher restarts. */
    private static void startAgain(SuiteUnderTest suite, ChildProcess process) throws InterruptedException {
        long before = process.pid();
        process.kill();
        Await.until(process.name() + " is up again", RESTART,
                () -> process.isAlive() && process.pid() != before && suite.isReady(process.name()));
    }

    @Override
    public void strike(SuiteUnderTest suite) throws Exception {
        set(suite, LEAP);
        set(suite, Duration.ZERO);
        set(suite, LEAP.negated());
        set(suite, Duration.ZERO);
    }

    /** Sets the clock, and checks a wrong setting by the service's log: without an effect on the clock there would be no fault. */
    private void set(SuiteUnderTest suite, Duration ahead) throws Exception {
        Path log = suite.suite().process(service).log();
        long told = Files.size(log);
        Faketime.set(file(suite), ahead);
        if (!ahead.isZero()) {
            Await.until(service + " sees that its clock was set", NOTICED, () -> since(log, told).contains(SET));
        }
        Await.pause(STAYS.toMillis());
        // A service that restarts because of the jump notices the next jump only when it is up.
        Await.until(service + " is ready", RESTART, () -> isUp(suite));
    }

    private boolean isUp(SuiteUnderTest suite) {
        return suite.suite().process(service).isAlive() && suite.isReady(service);
    }

    private static String since(Path log, long told) {
        try (var channel = Files.newByteChannel(log)) {
            channel.position(Math.min(told, channel.size()));
            var text = ByteBuffer.allocate((int) Math.min(1 << 20, channel.size() - channel.position()));
            channel.read(text);
            return new String(text.array(), 0, text.position(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
