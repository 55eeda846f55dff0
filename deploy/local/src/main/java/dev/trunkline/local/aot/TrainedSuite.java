package dev.trunkline.local.aot;

import dev.trunkline.local.Progress;
import dev.trunkline.local.Suite;
import dev.trunkline.local.SuiteSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;

/**
 * The program of a {@link TrainingRun}: a suite whose parts record what they do, some calls to it, the commands of
 * {@code ./trunkline}, and its end. This process records itself too: it does what {@code ./trunkline run} and the commands do. It
 * ends when its standard input does, so that none is left behind whatever becomes of who started it.
 */
public final class TrainedSuite {
    /** Before what is to be told of the run: its JVM says other things beside. */
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
            progress.say("the suite is up; calls and commands");
            new TrainingCalls(suite).run();
            progress.say("stopping; each part writes what it recorded");
        }
    }

    private static void interruptAtEndOfInput(Thread main) {
        try {
            while (System.in.read() >= 0) {
                // Nobody writes; the end is what is waited for.
            }
        } catch (IOException e) {
            // As good as its end.
        }
        main.interrupt();
    }

    /** Parts that come and go are not worth a line each. */
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
