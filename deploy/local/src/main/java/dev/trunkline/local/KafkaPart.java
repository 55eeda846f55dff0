package dev.trunkline.local;

import dev.trunkline.bus.KafkaAddress;
import dev.trunkline.bus.TopicSetup;
import dev.trunkline.local.aot.AotUse;
import dev.trunkline.local.aot.Jvm;
import dev.trunkline.local.guard.Grants;
import dev.trunkline.local.guard.KafkaGuard;
import dev.trunkline.local.guard.KafkaRights;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;

/** The Kafka of a suite, a process of its own: open to the machine, or guarded with users and their permissions. */
final class KafkaPart {
    private static final int PARTITIONS = 6;

    private final SuiteSettings settings;
    private final Optional<KafkaGuard> guard;

    private KafkaPart(SuiteSettings settings, Optional<KafkaGuard> guard) {
        this.settings = settings;
        this.guard = guard;
    }

    /** @throws IOException if it is to be guarded, and the table of permissions cannot be read or no certificate can be created */
    static KafkaPart of(SuiteSettings settings) throws IOException, InterruptedException {
        if (!settings.kafkaGuarded()) {
            return new KafkaPart(settings, Optional.empty());
        }
        Path folder = settings.state().resolve("kafka-guard");
        return new KafkaPart(settings, Optional.of(
                KafkaGuard.loadOrMake(folder, KafkaRights.of(settings.root()).users(), new SecureRandom())));
    }

    /** Returns the users and their permissions; empty if everybody may do everything. */
    Optional<KafkaGuard> guard() {
        return guard;
    }

    /** Returns the process to start. */
    ChildProcess process(AotUse aot, int port) {
        List<String> arguments = new ArrayList<>(
                List.of(settings.state().resolve("data/kafka").toString(), Integer.toString(port)));
        guard.ifPresent(users -> arguments.add(users.folder().toString()));
        return new ChildProcess(
                Jvm.KAFKA,
                Jvm.kafka().command(aot.flags(Jvm.KAFKA), arguments.toArray(String[]::new)),
                Map.of(),
                settings.log("kafka"),
                new ReadySign.None());
    }

    /** Waits until Kafka answers, and creates missing topics, users and permissions. */
    void prepare(ChildProcess kafka, String bootstrapServers) throws IOException, InterruptedException {
        try {
            KafkaAddress address =
                    guard.isPresent() ? guard.get().adminAddress(bootstrapServers) : KafkaAddress.of(bootstrapServers);
            TopicSetup.ensure(address, PARTITIONS, (short) 1);
            if (guard.isPresent()) {
                Grants.apply(address, guard.get(), KafkaRights.of(settings.root()));
            }
        } catch (ExecutionException e) {
            throw new IOException("Kafka did not start, see " + kafka.log() + ": " + e.getCause().getMessage());
        }
    }
}
