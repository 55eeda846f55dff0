package dev.trunkline.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.phone.Call;
import dev.trunkline.phone.CallRequest;
import dev.trunkline.phone.CallResult;
import dev.trunkline.phone.Phone;
import dev.trunkline.system.support.Attacks;
import dev.trunkline.system.support.Await;
import dev.trunkline.system.support.Census;
import dev.trunkline.system.support.Ending;
import dev.trunkline.system.support.Redis;
import dev.trunkline.system.support.SuiteExtension;
import dev.trunkline.system.support.SuiteUnderTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Calls that end in every possible way leave nothing behind, and each has exactly one last event. {@code ./trunkline faults} has
 * the long form: 500 calls, 40 at a time.
 */
@Tag("long")
@ExtendWith(SuiteExtension.class)
@Attacks({"sip-edge", "media-relay", "rate-limiter", "agent-dispatcher", "demo-agent"})
class EveryEndIT {
    private static final int CALLS = Integer.getInteger("trunkline.ends.calls", 120);
    private static final int AT_ONCE = Integer.getInteger("trunkline.ends.at-once", 12);
    private static final long SEED = 20_261_128;
    /** A vanished phone is noticed after 12 s of silence; one that was still ringing, when the answer to its INVITE reaches nobody. */
    private static final Duration LAST_ENDS = Duration.ofSeconds(120);
    /** The time that the project promises. */
    private static final Duration BACK_TO_ZERO = Duration.ofSeconds(15);

    private final SuiteUnderTest suite;

    EveryEndIT(SuiteUnderTest suite) {
        this.suite = suite;
    }

    @Test
    void callsThatEndInEveryWayLeaveNothingBehind() throws Exception {
        suite.apply(Ending.DIRECTORY);
        Random random = new Random(SEED);
        List<Ending> endings = mixed(random);
        try (Census census = suite.census(Ending.BEGINNING); Phone phone = suite.phone(); Redis redis = suite.redis()) {
            carryOut(endings, phone, random);
            Await.until(() -> "the last event of each of %d calls; those without: %s".formatted(census.calls().size(), census.open()), LAST_ENDS,
                    () -> census.calls().size() >= CALLS * 9 / 10 && census.open().isEmpty());
            assertBackToZero(redis);
            // Any second last event would have arrived by now.
            Map<String, Long> words = new TreeMap<>();
            census.calls().forEach(call -> words.merge(String.join(" and ", call.lastWords()), 1L, Long::sum));
            System.out.printf("every end: %d calls (seed %d): %s%n", census.calls().size(), SEED, words);
            assertThat(census.calls()).filteredOn(call -> call.lastEvents() != 1).as("calls with several last events").isEmpty();
        }
    }

    private static List<Ending> mixed(Random random) {
        List<Ending> bag = new ArrayList<>();
        for (Ending ending : Ending.values()) {
            bag.addAll(Collections.nCopies(ending.share(), ending));
        }
        List<Ending> endings = new ArrayList<>();
        while (endings.size() < CALLS) {
            Collections.shuffle(bag, random);
            endings.addAll(bag.subList(0, Math.min(bag.size(), CALLS - endings.size())));
        }
        return endings;
    }

    /** Carries out the calls. After a third of them the agent's process is killed, after two thirds the relay's. */
    private void carryOut(List<Ending> endings, Phone phone, Random random) throws Exception {
        Semaphore places = new Semaphore(AT_ONCE);
        Map<Ending, Integer> done = Collections.synchronizedMap(new EnumMap<>(Ending.class));
        List<Future<?>> all = new ArrayList<>();
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < endings.size(); i++) {
                places.acquire();
                if (i == CALLS / 3) {
                    suite.suite().process("demo-agent").kill();
                    suite.suite().restart("demo-agent");
                    awaitAnAnswer(phone);
                } else if (i == 2 * CALLS / 3) {
                    suite.suite().process("media-relay").kill();
                    suite.suite().restart("media-relay");
                    awaitAnAnswer(phone);
                }
                Ending ending = endings.get(i);
                String caller = "+324708700" + (10_000 + i);
                all.add(executor.submit(() -> {
                    try {
                        ending.carryOut(phone, caller, suite);
                        done.merge(ending, 1, Integer::sum);
                    } finally {
                        places.release();
                    }
                    return null;
                }));
                Await.pause(10 + random.nextInt(40));
            }
            for (Future<?> each : all) {
                each.get();
            }
        }
        assertThat(done.keySet()).as("ways to end that were tried").containsExactlyInAnyOrder(Ending.values());
    }

    /** Keeps calling until one call is answered, so that those after it do not all end for the same reason. */
    private static void awaitAnAnswer(Phone phone) {
        Await.until("calls are answered again", Duration.ofSeconds(60), () -> {
            Call call = phone.dial(CallRequest.to(Numbers.IMMEDIATE).from("+32470879999"));
            boolean answered = call.awaitFinal(Duration.ofSeconds(10)) instanceof CallResult.Answered;
            call.hangUp().toCompletableFuture().join();
            return answered;
        });
    }

    private void assertBackToZero(Redis redis) {
        Map<String, Supplier<Double>> places = new TreeMap<>();
        gauge(places, "sip-edge", "trunkline_edge_calls");
        gauge(places, "media-relay", "trunkline_relay_calls");
        gauge(places, "media-relay", "trunkline_relay_ports_used");
        gauge(places, "rate-limiter", "trunkline_limiter_calls");
        gauge(places, "agent-dispatcher", "trunkline_dispatcher_watching");
        places.put("Redis: slots", () -> slots(redis));
        places.put("LiveKit: rooms with somebody in them", this::rooms);
        long end = System.nanoTime() + BACK_TO_ZERO.toNanos();
        Map<String, Double> left = left(places);
        while (!left.isEmpty() && System.nanoTime() < end) {
            Await.pause(250);
            left = left(places);
        }
        assertThat(left).as("what is still taken " + BACK_TO_ZERO.toSeconds() + " s after the last call").isEmpty();
    }

    private void gauge(Map<String, Supplier<Double>> places, String service, String name) {
        places.put(service + ": " + name, () -> suite.gauge(service, name));
    }

    private static Map<String, Double> left(Map<String, Supplier<Double>> places) {
        Map<String, Double> left = new TreeMap<>();
        places.forEach((name, value) -> {
            double now = value.get();
            if (now != 0) {
                left.put(name, now);
            }
        });
        return left;
    }

    private static double slots(Redis redis) {
        try {
            return redis.members("*calls:number:" + Ending.BEGINNING + "*");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private double rooms() {
        try {
            return suite.rooms().occupied("ends").size();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
