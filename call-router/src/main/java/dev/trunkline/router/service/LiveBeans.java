package dev.trunkline.router.service;

import dev.trunkline.bus.ContainedFaults;
import dev.trunkline.bus.KafkaAddress;
import dev.trunkline.router.directory.Directory;
import dev.trunkline.router.live.LiveCallTable;
import dev.trunkline.router.live.LiveCalls;
import dev.trunkline.router.live.LiveTopic;
import dev.trunkline.router.metrics.RouterMetrics;
import dev.trunkline.router.snapshot.CurrentDirectory;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;

/** Wires the list of live calls, and starts and stops reading it. */
public class LiveBeans {

    @Produces
    @Singleton
    LiveCallTable table(RouterMetrics metrics) {
        var table = new LiveCallTable();
        metrics.watchLiveCalls(table::size);
        return table;
    }

    @Produces
    @Singleton
    LiveTopic topic(
            LiveCallTable table,
            KafkaAddress kafka,
            RouterSettings settings,
            RouterMetrics metrics,
            Clock clock,
            ContainedFaults faults) {
        var topic = new LiveTopic(table, kafka, settings.instance(), clock, faults);
        metrics.watchLiveTopic(() -> topic.deafFor().toSeconds());
        return topic;
    }

    @Produces
    @Singleton
    LiveCalls calls(LiveCallTable table, LiveTopic topic, CurrentDirectory directory) {
        return new LiveCalls(
                table, () -> directory.get().orElseGet(Directory::empty), topic::begun, topic::readAt, topic::complete);
    }

    void start(@Observes StartupEvent event, LiveTopic topic) {
        topic.start();
    }

    void stop(@Observes ShutdownEvent event, LiveTopic topic) {
        topic.close();
    }
}
