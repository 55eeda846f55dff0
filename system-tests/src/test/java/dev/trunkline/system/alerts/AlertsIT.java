package dev.trunkline.system.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.phone.AudioSource;
import dev.trunkline.phone.Call;
import dev.trunkline.phone.CallRequest;
import dev.trunkline.phone.Phone;
import dev.trunkline.system.support.Alone;
import dev.trunkline.system.support.Await;
import dev.trunkline.system.support.Prometheus.Firing;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * A Prometheus with the shipped configuration and rules scrapes a whole suite, in a faster time ({@link FasterTime}), while everything
 * that an alert is for goes wrong in it, one after the other ({@link Scenes}). It needs the machine for itself: on one that is busy with
 * other things, services do not answer within the second that Prometheus then waits for them.
 */
@Tag("long")
@Alone
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class AlertsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** Longer than the longest time over which a rule looks back, an hour, is in Prometheus' time. */
    private static final Duration ALL_GONE = Duration.ofSeconds(300);
    /** Longer than any service's death is pending. */
    private static final int WARM_UP = 30;
    private static final Duration CALM = Duration.ofSeconds(8);

    private static WatchedSuite suite;
    private static List<List<Cause>> all;

    @BeforeAll
    static void start() throws Exception {
        Path folder = Path.of("target", "alerts").toAbsolutePath();
        all = Scenes.all(Sabotage.in(folder));
        suite = WatchedSuite.start(Path.of("..").toAbsolutePath().normalize(), folder);
        // The first calls of a suite take longest, and the causes come several at once.
        for (int i = 0; i < WARM_UP; i++) {
            suite.awaitAnswered();
        }
    }

    @AfterAll
    static void stop() {
        if (suite != null) {
            suite.close();
        }
    }

    /** Returns the causes of the alerts that {@code -Dtrunkline.alerts} names, separated by commas, or all. */
    private static List<List<Cause>> asked() {
        Set<String> names = Arrays.stream(System.getProperty("trunkline.alerts", "").split(","))
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toSet());
        return all.stream()
                .map(scene -> scene.stream()
                        .filter(cause -> names.isEmpty() || cause.alerts().stream().anyMatch(names::contains))
                        .toList())
                .filter(scene -> !scene.isEmpty())
                .toList();
    }

    @Test
    @Order(1)
    void everyAlertHasACauseOrAReasonToHaveNone() {
        Await.until("Prometheus has loaded the rules", PATIENCE, () -> !suite.prometheus().rules().isEmpty());
        Stream<String> causes = all.stream().flatMap(List::stream).flatMap(cause -> cause.alerts().stream());
        List<String> caused = Stream.concat(causes, ProcessCauses.NOT_IN_FASTER_TIME.keySet().stream()).toList();
        assertThat(caused).containsExactlyInAnyOrderElementsOf(suite.prometheus().rules());
    }

    @Test
    @Order(2)
    void noneFiresWhileAllIsWell() throws Exception {
        Await.until("every service is scraped", PATIENCE, () -> scraped().containsAll(WatchedSuite.SERVICES));
        try (Phone phone = suite.phone()) {
            Call call = phone.dial(CallRequest.to(WatchedSuite.ECHO).from("+32470170001").saying(AudioSource.tone(700)));
            call.awaitAnswer(PATIENCE);
            Await.pause(CALM.toMillis());
            assertThat(suite.prometheus().firing()).isEmpty();
            call.hangUp().toCompletableFuture().join();
        }
    }

    private static Set<String> scraped() {
        return suite.prometheus().result("up == 1").valueStream()
                .map(series -> series.at("/metric/service").asText())
                .collect(Collectors.toSet());
    }

    @Test
    @Order(3)
    void eachFiresByItsCauseAndIsGoneAfterIt() throws Exception {
        long begin = System.nanoTime();
        var run = new AlertRun(suite);
        for (List<Cause> scene : asked()) {
            run.play(scene);
        }
        Await.until(() -> "no alert fires any more, but these do: " + suite.prometheus().firing(), ALL_GONE,
                () -> suite.prometheus().firing().isEmpty());
        System.out.printf("alerts: all gone %d s after the first cause began%n", (System.nanoTime() - begin) / 1_000_000_000);
        assertThat(run.failures()).isEmpty();
    }

    /** The rule's services, and the labels of the shipped configuration, are those that there are. */
    @Test
    @Order(4)
    void everyServiceThatIsKilledIsDown() throws Exception {
        for (String service : WatchedSuite.SERVICES) {
            suite.process(service).kill();
        }
        Set<String> down = new TreeSet<>();
        Await.until(() -> "that each service is down; these are: " + down, PATIENCE, () -> {
            suite.prometheus().firing().stream().filter(firing -> firing.alert().equals("TrunklineServiceDown"))
                    .map(Firing::service).forEach(down::add);
            return down.containsAll(WatchedSuite.SERVICES);
        });
    }
}
