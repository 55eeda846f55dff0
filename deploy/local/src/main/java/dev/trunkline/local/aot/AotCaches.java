package dev.trunkline.local.aot;

import dev.trunkline.local.OwnerOnly;
import dev.trunkline.local.Progress;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
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
 * The caches of a checkout, {@code .trunkline/aot}: made once after a build, by a {@link TrainingRun}, and made again when a jar,
 * the JDK or JVM flags changed.
 */
public final class AotCaches {
    private final Path root;
    private final Path folder;
    private final Map<String, String> environment;
    private final Progress progress;

    /** @param environment of this process */
    public AotCaches(Path root, Map<String, String> environment, Progress progress) {
        this.root = root;
        this.folder = root.resolve(".trunkline/aot");
        this.environment = Map.copyOf(environment);
        this.progress = progress;
    }

    /**
     * The caches that fit what is built here, after a training run if there are none. Whatever goes wrong is said, and the suite
     * starts without them.
     *
     * @param services that have a cache each
     */
    public AotUse prepare(List<String> services) throws InterruptedException {
        try {
            List<Jvm> jvms = jvms(services);
            OwnerOnly.ownFolder(root.resolve(".trunkline"));
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

    private List<Jvm> jvms(List<String> services) throws IOException {
        List<Jvm> jvms = new ArrayList<>();
        for (String service : services) {
            jvms.add(Jvm.service(root, service));
        }
        jvms.add(Jvm.demoAgent(root));
        jvms.add(Jvm.kafka());
        jvms.add(Jvm.launcher(TrainedSuite.class.getName()));
        return jvms.stream().filter(Jvm::fromJarsAlone).toList();
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
        try (FileChannel channel = FileChannel.open(
                        OwnerOnly.file(folder.resolve("lock")), StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            if (lock == null) {
                throw new IOException("another start of this checkout makes them now");
            }
            progress.say("making AOT caches (" + why + "): a training run of the suite, about a minute, once after each build;"
                    + " TRUNKLINE_AOT=off ./trunkline run starts without");
            Map<Jvm, Ingredients> all = new LinkedHashMap<>();
            for (Jvm jvm : jvms) {
                all.put(jvm, madeOf(jvm));
            }
            try {
                Map<Jvm, Path> made = new TrainingRun(root, folder.resolve("training"), progress).run(jvms);
                for (Map.Entry<Jvm, Ingredients> one : all.entrySet()) {
                    keep(cache(one.getKey()), Optional.ofNullable(made.get(one.getKey())), one.getValue());
                }
            } catch (IOException e) {
                for (Map.Entry<Jvm, Ingredients> one : all.entrySet()) {
                    cache(one.getKey()).keepNone(one.getValue());
                }
                progress.say("the training run failed: " + e.getMessage());
            } finally {
                TrainingRun.delete(folder.resolve("training"));
            }
        }
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
            progress.say(without.stream().collect(Collectors.joining(", ", "no AOT cache of ", ""))
                    + ": the last training run made none; `rm -r " + folder + "` has the next start try again");
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
