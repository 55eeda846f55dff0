package dev.trunkline.local.aot;

import dev.trunkline.local.OwnerOnly;
import dev.trunkline.local.Progress;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The caches of a checkout, {@code .trunkline/aot}: a {@link TrainingRun} makes them once after a build, and again when a jar, the
 * JDK or JVM flags have changed.
 */
public final class AotCaches {
    private final Path folder;
    private final Map<String, String> environment;
    private final Trainer trainer;
    private final Progress progress;

    /** Makes caches. */
    interface Trainer {
        /**
         * @param training a working folder; deleted afterwards
         * @return the cache of each JVM that got one, in that folder
         * @throws IOException if there are none; the message says why
         */
        Map<Jvm, Path> run(Path training, List<Jvm> jvms) throws IOException, InterruptedException;
    }

    /** @param environment of this process, from which JVMs also take flags */
    AotCaches(Path folder, Map<String, String> environment, Trainer trainer, Progress progress) {
        this.folder = folder;
        this.environment = Map.copyOf(environment);
        this.trainer = trainer;
        this.progress = progress;
    }

    /** Returns the caches of a checkout. */
    public static AotCaches of(Path root, Map<String, String> environment, Progress progress) {
        return new AotCaches(root.resolve(".trunkline/aot"), environment, new TrainingRun(root, progress), progress);
    }

    /**
     * Returns every JVM that has a cache: those of a suite, and this program's.
     *
     * @throws IOException if one is not built
     */
    public static List<Jvm> jvms(Path root, List<String> services) throws IOException {
        List<Jvm> jvms = new ArrayList<>();
        for (String service : services) {
            jvms.add(Jvm.service(root, service));
        }
        jvms.add(Jvm.demoAgent(root));
        jvms.add(Jvm.kafka());
        jvms.add(Jvm.launcher(TrainedSuite.class.getName()));
        return jvms.stream().filter(Jvm::fromJarsAlone).toList();
    }

    /** Returns the caches that fit, after a training run if there are none. Reports any failure, and the suite starts without caches. */
    public AotUse prepare(List<Jvm> jvms) throws InterruptedException {
        try {
            OwnerOnly.ownFolder(folder.getParent());
            OwnerOnly.ownFolder(folder);
            Optional<String> why = whyToTrain(jvms);
            if (why.isPresent()) {
                train(jvms, why.get());
            }
            return fitting(jvms);
        } catch (IOException e) {
            progress.say("starting without AOT caches: " + e.getMessage());
            return new AotUse.None();
        }
    }

    private Optional<String> whyToTrain(List<Jvm> jvms) throws IOException {
        for (Jvm jvm : jvms) {
            if (cache(jvm).state(madeOf(jvm)) instanceof AotCache.State.ToBeMade(var why)) {
                return Optional.of(why);
            }
        }
        return Optional.empty();
    }

    private void train(List<Jvm> jvms, String why) throws IOException, InterruptedException {
        Path training = folder.resolve("training");
        try (FileChannel channel = FileChannel.open(OwnerOnly.file(folder.resolve("lock")), StandardOpenOption.WRITE)) {
            lock(channel);
            progress.say("making AOT caches (" + why + "): a training run of the suite takes a minute or two, once after each build;"
                    + " TRUNKLINE_AOT=off ./trunkline run starts without them");
            Map<Jvm, Ingredients> all = new LinkedHashMap<>();
            for (Jvm jvm : jvms) {
                all.put(jvm, madeOf(jvm));
            }
            try {
                Map<Jvm, Path> made = trainer.run(training, jvms);
                for (Map.Entry<Jvm, Ingredients> one : all.entrySet()) {
                    keep(cache(one.getKey()), Optional.ofNullable(made.get(one.getKey())), one.getValue());
                }
            } catch (IOException e) {
                for (Map.Entry<Jvm, Ingredients> one : all.entrySet()) {
                    cache(one.getKey()).keepNone(one.getValue());
                }
                progress.say("the training run failed: " + e.getMessage());
            } finally {
                Folders.delete(training);
            }
        }
    }

    /** Locks the channel until it is closed. */
    private static void lock(FileChannel channel) throws IOException {
        try {
            if (channel.tryLock() != null) {
                return;
            }
        } catch (OverlappingFileLockException e) {
            // This process has the lock.
        }
        throw new IOException("another start from this checkout is making them now");
    }

    private static void keep(AotCache cache, Optional<Path> made, Ingredients madeOf) throws IOException {
        if (made.isPresent()) {
            cache.keep(made.get(), madeOf);
        } else {
            cache.keepNone(madeOf);
        }
    }

    private AotUse fitting(List<Jvm> jvms) throws IOException {
        Map<String, Path> caches = new HashMap<>();
        List<String> without = new ArrayList<>();
        for (Jvm jvm : jvms) {
            if (cache(jvm).state(madeOf(jvm)) instanceof AotCache.State.Fits) {
                caches.put(jvm.part(), cache(jvm).file());
            } else {
                without.add(jvm.part());
            }
        }
        if (!without.isEmpty()) {
            progress.say(without.stream().collect(Collectors.joining(", ", "no AOT cache for ", ""))
                    + ": the last training run made none; after `rm -r " + folder + "` the next start tries again");
        }
        return new AotUse.Cached(caches);
    }

    private AotCache cache(Jvm jvm) {
        return new AotCache(folder, jvm.part());
    }

    private Ingredients madeOf(Jvm jvm) throws IOException {
        return Ingredients.of(jvm, environment);
    }
}
