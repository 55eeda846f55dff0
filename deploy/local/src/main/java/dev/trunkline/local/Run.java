package dev.trunkline.local;

import dev.trunkline.local.SuiteSettings.SettingException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** {@code ./trunkline run}: starts the suite, says where everything is, and stops it when told to. */
public final class Run {
    private Run() {}

    /** Arguments: none. The checkout and the state folder come as system properties from the script. */
    public static void main(String[] args) {
        CountDownLatch stopped = new CountDownLatch(1);
        Thread main = Thread.currentThread();
        // The hook interrupts a start that is under way, and then waits for the orderly stop in run().
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            main.interrupt();
            try {
                stopped.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }));
        int code = run(System.getenv());
        stopped.countDown();
        System.exit(code);
    }

    private static int run(Map<String, String> environment) {
        Instant begin = Instant.now();
        Path root = Path.of(System.getProperty("trunkline.root", "")).toAbsolutePath();
        Path state = Optional.ofNullable(environment.get("TRUNKLINE_STATE"))
                .map(Path::of)
                .orElse(root.resolve(".trunkline"))
                .toAbsolutePath();
        try (Suite suite = Suite.start(SuiteSettings.of(root, state, environment), new ConsoleProgress(begin))) {
            Duration took = Duration.between(begin, Instant.now());
            System.out.printf("ready in %.1f s%n%n%s%n", took.toMillis() / 1000.0, AddressTable.of(suite));
            Thread.sleep(Long.MAX_VALUE);
        } catch (SettingException | IOException e) {
            System.err.println("trunkline: " + e.getMessage());
            return 1;
        } catch (InterruptedException e) {
            System.out.println("stopped");
        }
        return 0;
    }

    private record ConsoleProgress(Instant begin) implements Progress {
        @Override
        public void say(String line) {
            System.out.printf("%6.1f s  %s%n", Duration.between(begin, Instant.now()).toMillis() / 1000.0, line);
        }

        @Override
        public void started(String part) {
            say(part + " is up");
        }
    }
}
