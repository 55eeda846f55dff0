package dev.trunkline.relay.service;

import dev.trunkline.bus.ContainedFaults;
import dev.trunkline.bus.KafkaAddress;
import dev.trunkline.relay.RelayMetrics;
import dev.trunkline.relay.RelaySettings;
import dev.trunkline.relay.calls.MediaRelay;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** A relay that one test has to itself, with any settings and clock. */
final class OwnRelay implements AutoCloseable {
    final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    final MediaRelay relay;

    OwnRelay(KafkaAddress kafka, URI liveKit, Clock clock, Map<String, String> more) throws InterruptedException {
        Map<String, String> values = new HashMap<>(Map.of(
                "trunkline.kafka", kafka.bootstrapServers(),
                "trunkline.instance", "relay-own",
                "trunkline.seal-key", Surroundings.SEAL_KEY,
                "trunkline.livekit.url", liveKit.toString(),
                "trunkline.livekit.api-key", Surroundings.API_KEY,
                "trunkline.livekit.api-secret", Surroundings.API_SECRET));
        values.putAll(more);
        RelaySettings settings = new SmallRyeConfigBuilder()
                .withMapping(RelaySettings.class)
                .withConverter(Duration.class, 200, new DurationConverter())
                .withSources(new PropertiesConfigSource(values, "test", 100))
                .build()
                .getConfigMapping(RelaySettings.class);
        relay = MediaRelay.create(settings, new RelayMetrics(registry), new ContainedFaults(registry), clock);
        Thread.ofVirtual().start(relay::start);
        Await.untilTrue("the relay takes calls", Duration.ofSeconds(60), () -> relay.hindrance().isEmpty());
    }

    int gauge(String name) {
        Gauge gauge = registry.get(name).gauge();
        return (int) gauge.value();
    }

    double faults() {
        return registry.find("trunkline.contained.faults").counters().stream().mapToDouble(counter -> counter.count()).sum();
    }

    /** Returns the resources that calls may have left behind. */
    String leftOver() {
        return "calls %d, ports %d, rooms %d, timers %d, sockets %d".formatted(
                gauge("trunkline.relay.calls"), gauge("trunkline.relay.ports.used"), gauge("trunkline.relay.rooms"),
                gauge("trunkline.relay.timers"), gauge("trunkline.relay.sockets"));
    }

    @Override
    public void close() {
        relay.close();
    }
}
