package dev.trunkline.local;

import dev.trunkline.local.SuiteSettings.SettingException;
import dev.trunkline.local.aot.AotCaches;
import dev.trunkline.local.aot.AotRefusals;
import dev.trunkline.local.aot.AotSetting;
import dev.trunkline.local.aot.AotUse;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** {@code ./trunkline run}: starts the suite, prints its addresses, and stops it on request. */
public final class Run {
    private Run() {}

    /** Takes no arguments. The script passes the checkout and the state folder as system properties. */
    public static void main(String[] args) {
        if (args.length > 0) {
            System.err.println("trunkline run: \"" + args[0]
                    + "\" is not an option; the settings are environment variables, see ./trunkline run --help");
            System.exit(2);
        }
        System.setProperty(OwnerOnly.OWN_SESSION, "true");
        Path root = Path.of(System.getProperty("trunkline.root", "")).toAbsolutePath();
        Path state = Optional.ofNullable(System.getenv("TRUNKLINE_STATE"))
                .map(Path::of)
                .orElse(root.resolve(".trunkline"))
                .toAbsolutePath();
        StopSignals signals = StopSignals.interrupting(Thread.currentThread(), () -> endAtOnce(state));
        int code = run(root, state, System.getenv());
        System.exit(code == 0 ? signals.exitCode() : code);
    }

    private static int run(Path root, Path state, Map<String, String> environment) {
        try {
            SuiteSettings settings = SuiteSettings.of(root, state, environment);
            AotUse aot = aot(settings, environment);
            return start(settings, aot);
        } catch (SettingException | IOException e) {
            System.err.println("trunkline: " + e.getMessage());
            return 1;
        } catch (InterruptedException e) {
            System.out.println("stopped");
            return 0;
        }
    }

    /** Creates the caches before any part of the suite starts, because they belong to the build rather than to a state folder. */
    private static AotUse aot(SuiteSettings settings, Map<String, String> environment) throws IOException, InterruptedException {
        if (!AotSetting.isOn(environment)) {
            return new AotUse.None();
        }
        // If the suite cannot start, its user should know before the training run.
        Progress progress = new ConsoleProgress(Instant.now());
        try (SuiteLock ignored = SuiteLock.take(OwnerOnly.ownFolder(settings.state()))) {
            Suite.makeRoom(settings, progress);
        }
        return AotCaches.of(settings.root(), environment, progress)
                .prepare(AotCaches.jvms(settings.root(), Services.names(settings)));
    }

    private static void tellRefused(Suite suite, AotUse aot, Predicate<String> which) {
        for (String part : AotRefusals.of(aot, suite.running().pids())) {
            if (which.test(part)) {
                System.out.printf("%s runs without its AOT cache, which its JVM rejected: see %s%n", part, suite.process(part).log());
            }
        }
    }

    private static int start(SuiteSettings settings, AotUse aot) throws IOException, InterruptedException {
        Instant begin = Instant.now();
        Progress progress = new ConsoleProgress(begin);
        try (Suite suite = Suite.start(settings, aot, progress)) {
            Duration took = Duration.between(begin, Instant.now());
            // The console's JVM has only just started, and is checked when it is ready.
            tellRefused(suite, aot, part -> !part.equals(Services.CONSOLE));
            System.out.printf("ready in %.1f s%n%n%s%n", took.toMillis() / 1000.0, AddressTable.of(suite));
            try (Supervisor ignored = suite.supervised(progress)) {
                awaitConsole(suite, progress);
                tellRefused(suite, aot, Services.CONSOLE::equals);
                Thread.sleep(Long.MAX_VALUE);
            }
            return 0;
        }
    }

    /** Waits for the console after "ready", because calls do not need it. If it fails, the rest of the suite continues. */
    private static void awaitConsole(Suite suite, Progress progress) throws InterruptedException {
        if (suite.consoleUrl().isEmpty()) {
            return;
        }
        try {
            suite.awaitConsole();
        } catch (IOException e) {
            progress.say("nobody can sign in yet: " + e.getMessage());
        }
    }

    /** Handles the second Ctrl-C: waits for nothing, and callers hear nothing. */
    private static void endAtOnce(Path state) {
        System.out.println("stopped immediately; ongoing calls are given up at the next start");
        ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
        try {
            RunningSuite.forget(state);
        } catch (IOException e) {
            System.err.println("trunkline: the state folder could not be tidied: " + e.getMessage());
        }
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
