package dev.trunkline.local.aot;

import dev.trunkline.local.Progress;
import dev.trunkline.local.Suite;
import dev.trunkline.local.SuiteSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;

/**
 * The program of a {@link TrainingRun}: it starts a suite whose parts record what they do, places some calls, runs the commands of
 * {@code ./trunkline}, and stops the suite. It also records itself, because it does what {@code ./trunkline run} and the commands do.
 * It exits when its standard input ends, so it is never left behind if the process that started it dies.
 */
public final class TrainedSuite {
    /** Marks the lines that report on the run, because the JVM prints other lines too. */
    static final String TOLD = "training: ";

    private TrainedSuite() {}

    /** @param args the folder of the training run */
    public static void main(String[] args) {
        Thread main = Thread.currentThread();
        Thread.ofPlatform().daemon().name("training-stop").start(() -> interruptAtEndOfInput(main));
        Progress progress = new Said();
        int code = 0;
        try {
            run(Path.of(System.getProperty("trunkline.root")), Path.of(args[0]), progress);
        } catch (IOException e) {
            progress.say(e.getMessage());
            code = 1;
        } catch (InterruptedException e) {
            code = 1;
        }
        System.exit(code);
    }

    private static void run(Path root, Path folder, Progress progress) throws IOException, InterruptedException {
        var settings = SuiteSettings.of(root, folder.resolve("state"), TrainingPorts.settings(new SecureRandom()));
        try (Suite suite = Suite.start(settings, new AotUse.Recorded(folder), progress)) {
            progress.say("the suite is up; placing calls and running commands");
            new TrainingCalls(suite).run();
            progress.say("stopping; each part writes what it recorded");
        }
    }

    private static void interruptAtEndOfInput(Thread main) {
        try {
            while (System.in.read() >= 0) {
                // Nobody writes; this waits for the end of the input.
            }
        } catch (IOException e) {
            // Counts as the end of the input.
        }
        main.interrupt();
    }

    /** Prints no line for each part that starts or stops. */
    private static final class Said implements Progress {
        @Override
        public void say(String line) {
            if (!line.endsWith("has stopped")) {
                System.out.println(TOLD + line);
            }
        }

        @Override
        public void started(String part) {}
    }
}
