package dev.trunkline.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.local.Progress;
import dev.trunkline.local.Supervisor;
import dev.trunkline.phone.Answering;
import dev.trunkline.phone.AnsweringPhone;
import dev.trunkline.phone.AudioSource;
import dev.trunkline.phone.Call;
import dev.trunkline.phone.CallRequest;
import dev.trunkline.phone.CallResult;
import dev.trunkline.phone.Phone;
import dev.trunkline.phone.PhoneSettings;
import dev.trunkline.phone.sip.Header;
import dev.trunkline.system.support.Attacks;
import dev.trunkline.system.support.Await;
import dev.trunkline.system.support.CalledPhone;
import dev.trunkline.system.support.Census;
import dev.trunkline.system.support.SuiteExtension;
import dev.trunkline.system.support.SuiteUnderTest;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Callers are transferred to targets that answer, do not answer, or hang up, and hang up themselves at any moment. Meanwhile relay
 * and edge are killed, and the launcher's supervisor restarts them. Nothing is left behind, and each call and leg has one last
 * event. {@code ./trunkline faults} has the long form: 500 hand-offs, 20 at a time.
 */
@Tag("long")
@ExtendWith(SuiteExtension.class)
@Attacks({"sip-edge", "media-relay"})
class HandOffsIT {
    private static final int HANDOFFS = Integer.getInteger("trunkline.handoffs", 24);
    private static final int AT_ONCE = Integer.getInteger("trunkline.handoffs.at-once", 5);
    /** Kills of relay and edge in turns: fewer would miss some moments; with more, the supervisor considers a part broken. */
    private static final int KILLS = Math.max(2, HANDOFFS / 50);
    private static final List<String> KILLED = List.of("media-relay", "sip-edge");
    private static final long SEED = 20_261_129;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** A call that was ringing when its edge died ends when the edge's replacement looks for the calls left behind. */
    private static final Duration LAST_ENDS = Duration.ofSeconds(90);
    private static final Duration RINGING = Duration.ofSeconds(10);
    /** If an edge answered a call and died before it published anything about the call, there are no events of it. */
    private static final Duration HEARD_OF = Duration.ofSeconds(5);
    private static final String NUMBER = "+3225551770";
    private static final String ADDRESS = "127.0.0.1";
    private static final int FIRST_PORT = 19_100;
    /** Longer than any target takes to decline or to answer. */
    private static final int LONGEST_TALK_MILLIS = 2_500;

    /** The targets to which callers are transferred. */
    private enum Target {
        ANSWERS(Answering.after(Duration.ofMillis(150)).saying(AudioSource.tone(950))),
        RINGS_LONG(Answering.after(Duration.ofMillis(1_200)).saying(AudioSource.tone(950))),
        HANGS_UP(Answering.after(Duration.ofMillis(100)).talkingFor(Duration.ofMillis(300))),
        HANGS_UP_AT_ONCE(Answering.after(Duration.ZERO).talkingFor(Duration.ZERO)),
        BUSY(Answering.refusing(486, Duration.ZERO)),
        MISSING(Answering.refusing(404, Duration.ZERO)),
        DECLINES(Answering.refusing(603, Duration.ofMillis(300))),
        BROKEN(Answering.refusing(500, Duration.ZERO)),
        SILENT(Answering.never());

        private final Answering answering;

        Target(Answering answering) {
            this.answering = answering;
        }

        String trunk() {
            return "it-ho-" + name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        int port() {
            return FIRST_PORT + ordinal();
        }
    }

    private final SuiteUnderTest suite;

    HandOffsIT(SuiteUnderTest suite) {
        this.suite = suite;
    }

    @Test
    void handOffsThatEndInEveryWayLeaveNothingBehind() throws Exception {
        var random = new Random(SEED);
        Map<Target, AnsweringPhone> phones = new EnumMap<>(Target.class);
        try (Census census = suite.census(NUMBER); Phone phone = suite.phone()) {
            for (Target target : Target.values()) {
                phones.put(target, AnsweringPhone.open(PhoneSettings.answering(ADDRESS, target.port()), target.answering));
            }
            suite.apply(directory());
            for (Target target : Target.values()) {
                CalledPhone.awaitUp(suite, target.trunk());
            }
            try (Supervisor supervisor = suite.suite().supervised(new Words())) {
                handOver(phone, random);
                KILLED.forEach(this::awaitReady);
            }
            Await.until(() -> "the last event of each of %d calls; those without: %s".formatted(census.calls().size(), census.open()), LAST_ENDS,
                    () -> census.calls().size() >= HANDOFFS && census.open().isEmpty());
            assertNothingLeft();
            Map<String, Long> words = new TreeMap<>();
            census.calls().forEach(call -> words.merge(String.join(" and ", call.lastWords()), 1L, Long::sum));
            System.out.printf("hand-offs: %d of %d calls and legs, %d kills (seed %d): %s%n",
                    HANDOFFS, census.calls().size(), KILLS, SEED, words);
            assertThat(census.calls()).filteredOn(call -> call.lastEvents() != 1).as("calls with several last events").isEmpty();
            assertThat(census.calls().size()).as("callers, and legs for many of them").isGreaterThan(HANDOFFS + HANDOFFS / 4);
        } finally {
            phones.values().forEach(AnsweringPhone::close);
        }
    }

    private static String directory() {
        var trunks = new StringBuilder();
        for (Target target : Target.values()) {
            trunks.append("""
                      - {name: %s, organisation: handoffs, gateways: [{host: %s, port: %d, transport: udp}],
                         caller_id: {number: "%s"}, dialling: {country: BE, form: as-dialled}}
                    """.formatted(target.trunk(), ADDRESS, target.port(), NUMBER));
        }
        return """
                organisations:
                  - name: handoffs
                    caller_rate: {calls: 100000, window_seconds: 3600}
                    config: {calls_out: {max_concurrent: 1000, max_per_hour: 100000}}
                    numbers:
                      - {phone_number: "%s", max_concurrent_calls: 1000}
                rules:
                  - {name: handoffs, organisation: handoffs, trunks: [demo], numbers: ["%s"], type: individual, room_prefix: handoffs,
                     agents: [{name: demo, metadata: {scenario: echo}}], answer_policy: on-agent, patience_seconds: 20}
                outbound_trunks:
                """.formatted(NUMBER, NUMBER) + trunks;
    }

    private void handOver(Phone phone, Random random) throws Exception {
        var places = new Semaphore(AT_ONCE);
        List<Future<?>> all = new ArrayList<>();
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < HANDOFFS; i++) {
                places.acquire();
                if (i > 0 && i % (HANDOFFS / (KILLS + 1)) == 0 && i / (HANDOFFS / (KILLS + 1)) <= KILLS) {
                    kill(KILLED.get((i / (HANDOFFS / (KILLS + 1)) - 1) % KILLED.size()));
                }
                Target target = Target.values()[i % Target.values().length];
                boolean byPhone = random.nextInt(4) == 0;
                int talk = random.nextInt(LONGEST_TALK_MILLIS);
                String caller = "+324708920" + (10_000 + i);
                all.add(executor.submit(() -> {
                    try {
                        handOver(phone, caller, target, byPhone, talk);
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
    }

    /**
     * @param byPhone whether the caller's REFER asks for the transfer, rather than a program
     * @param talkMillis until the caller hangs up, if it has not lost the call by then
     */
    private void handOver(Phone phone, String caller, Target target, boolean byPhone, int talkMillis) throws Exception {
        Call call = answered(phone, caller);
        if (!isHeardOf(call)) {
            call.hangUp();
            return;
        }
        if (byPhone) {
            call.send("REFER", List.of(
                    new Header("Refer-To", "<sip:2" + (10 + target.ordinal()) + "@" + ADDRESS + ">"),
                    new Header("Contact", "<sip:phone@" + ADDRESS + ":5999>")), "");
        } else {
            suite.asAdmin().send("POST", "/calls/" + suite.events().of(call).callId() + "/transfer",
                    "{\"to\": \"201\", \"trunk\": \"%s\", \"way\": \"bridge\", \"ringing_seconds\": 1}".formatted(target.trunk()));
        }
        call.awaitEnd(Duration.ofMillis(talkMillis));
        call.hangUp();
        call.awaitEnd(PATIENCE);
    }

    /** Kills a part once both are ready, so the calls affected by the previous kill have ended or recovered by then. */
    private void kill(String part) throws InterruptedException {
        KILLED.forEach(this::awaitReady);
        suite.suite().process(part).kill();
    }

    private void awaitReady(String part) {
        Await.until(part + " is ready", PATIENCE, () -> suite.suite().process(part).isAlive() && suite.isReady(part));
    }

    private boolean isHeardOf(Call call) {
        long end = System.nanoTime() + HEARD_OF.toNanos();
        while (!suite.events().knows(call.callId()) && System.nanoTime() < end) {
            Await.pause(50);
        }
        return suite.events().knows(call.callId());
    }

    private record Words() implements Progress {
        @Override
        public void say(String line) {
            System.out.println("hand-offs: " + line);
        }

        @Override
        public void started(String part) {}
    }

    /**
     * A busy machine may refuse callers (deadline, 503), who then call again. So do callers whose edge died while their call was ringing:
     * they get 503 when the edge is back.
     */
    private static Call answered(Phone phone, String caller) {
        var up = new AtomicReference<Call>();
        Await.until("the caller is answered", PATIENCE, () -> {
            up.set(phone.dial(CallRequest.to(NUMBER).from(caller).saying(AudioSource.tone(700))));
            boolean answered = up.get().awaitFinal(RINGING) instanceof CallResult.Answered;
            if (!answered) {
                up.get().hangUp();
            }
            return answered;
        });
        return up.get();
    }

    private void assertNothingLeft() {
        Await.until(() -> "every place is free again: " + taken(), PATIENCE, () -> taken().isEmpty());
    }

    private Map<String, Double> taken() {
        Map<String, Double> taken = new TreeMap<>();
        taken.put("calls of the edge", suite.gauge("sip-edge", "trunkline_edge_calls"));
        taken.put("calls of the relay", suite.gauge("media-relay", "trunkline_relay_calls"));
        taken.put("ports", suite.gauge("media-relay", "trunkline_relay_ports_used"));
        taken.put("slots", suite.gauge("rate-limiter", "trunkline_limiter_calls"));
        taken.put("watches", suite.gauge("agent-dispatcher", "trunkline_dispatcher_watching"));
        taken.put("rooms", rooms());
        taken.values().removeIf(count -> count == 0);
        return taken;
    }

    private double rooms() {
        try {
            return suite.rooms().occupied("handoffs").size();
        } catch (IOException e) {
            return Double.NaN;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Double.NaN;
        }
    }
}
