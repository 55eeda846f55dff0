package dev.trunkline.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.events.CallEnded;
import dev.trunkline.events.CallEvent;
import dev.trunkline.events.EndReason;
import dev.trunkline.phone.Call;
import dev.trunkline.phone.CallEnd;
import dev.trunkline.phone.CallRequest;
import dev.trunkline.phone.Phone;
import dev.trunkline.system.support.Alone;
import dev.trunkline.system.support.Await;
import dev.trunkline.system.support.CallLog;
import dev.trunkline.system.support.SuiteExtension;
import dev.trunkline.system.support.SuiteUnderTest;
import dev.trunkline.system.support.ToneWorker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Calls whose agents, run by LiveKit's Python worker, are killed at random moments. {@code -Dtrunkline.dying.calls=100} for the long
 * form, {@code -Dtrunkline.dying.seed} for other moments.
 */
@Tag("long")
@Alone
@ExtendWith(SuiteExtension.class)
class DyingAgentsIT {
    private static final int CALLS = Integer.getInteger("trunkline.dying.calls", 20);
    private static final int AT_ONCE = Integer.getInteger("trunkline.dying.at-once", 10);
    private static final long SEED = Long.getLong("trunkline.dying.seed", 3261L);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** The project's promises for each call, and for the suite after the last one. */
    private static final double MOST_SILENCE_MILLIS = 1_000;
    private static final long MOST_OFF_MILLIS = 200;
    private static final Duration SLOTS_FREE = Duration.ofSeconds(15);
    private static final int TONE = 900;
    private static final String REPLACED = "+3225551730";
    private static final String HANGS_UP = "+3225551731";

    private final SuiteUnderTest suite;

    DyingAgentsIT(SuiteUnderTest suite) {
        this.suite = suite;
    }

    /** How a call ends after its agents' deaths. */
    private enum Ending {
        PHONE_HANGS_UP(REPLACED, EndReason.CALLER_HUNG_UP),
        AGENT_CLOSES_THE_ROOM(REPLACED, EndReason.ROOM_CLOSED),
        RULE_HANGS_UP(HANGS_UP, EndReason.AGENT_LEFT);

        private final String number;
        private final EndReason reason;

        Ending(String number, EndReason reason) {
            this.number = number;
            this.reason = reason;
        }
    }

    @Test
    void noCallerIsSilentForASecondEverySlotIsFreeAgainAndEachLastEventIsRight() throws Exception {
        suite.apply("""
                organisations:
                  - name: dying
                    caller_rate: {calls: 100000, window_seconds: 3600}
                    numbers:
                      - {phone_number: "+3225551730", max_concurrent_calls: 100}
                      - {phone_number: "+3225551731", max_concurrent_calls: 100}
                rules:
                  - {name: dying-replaced, organisation: dying, trunks: [demo], numbers: ["+3225551730"], type: individual,
                     room_prefix: dying, agents: [{name: mortal}], patience_seconds: 60}
                  - {name: dying-hang-up, organisation: dying, trunks: [demo], numbers: ["+3225551731"], type: individual,
                     room_prefix: dying, agents: [{name: mortal}], patience_seconds: 60, when_agent_leaves: hang_up}
                """);
        List<String> faults = new ArrayList<>();
        try (Phone phone = suite.phone(); ToneWorker worker = suite.toneWorker("mortal", TONE, 200).awaitRegistered()) {
            Random random = new Random(SEED);
            Semaphore places = new Semaphore(AT_ONCE);
            List<Future<List<String>>> calls = new ArrayList<>();
            try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
                for (int i = 0; i < CALLS; i++) {
                    Random moments = new Random(random.nextLong());
                    String caller = "+324708800" + (10_000 + i);
                    places.acquire();
                    Callable<List<String>> life = () -> {
                        try {
                            return live(phone, worker, caller, moments);
                        } finally {
                            places.release();
                        }
                    };
                    calls.add(executor.submit(life));
                }
                for (Future<List<String>> call : calls) {
                    faults.addAll(call.get());
                }
            }
            Await.until("no slot is taken any more, and no relay has a call", SLOTS_FREE,
                    () -> suite.gauge("rate-limiter", "trunkline_limiter_calls") == 0
                            && suite.gauge("media-relay", "trunkline_relay_calls") == 0);
        }
        System.out.printf("dying agents: %d calls (seed %d), %d faults%n", CALLS, SEED, faults.size());
        assertThat(faults).isEmpty();
    }

    /** Carries out one call. @return what was wrong with it */
    private List<String> live(Phone phone, ToneWorker worker, String caller, Random moments) {
        Ending ending = Ending.values()[moments.nextInt(Ending.values().length)];
        int deaths = ending == Ending.RULE_HANGS_UP ? 1 : 1 + moments.nextInt(2);
        Call call = phone.dial(CallRequest.to(ending.number).from(caller).listeningFor(TONE));
        try {
            call.awaitAnswer(PATIENCE);
            CallLog log = suite.events().of(call);
            String what = "call " + log.callId() + " (" + ending + ", " + deaths + " deaths): ";
            for (int i = 0; i < deaths; i++) {
                awaitTone(call, call.media().heardMillis(TONE) + 100);
                Await.pause(moments.nextInt(3_000));
                worker.killAgentOf(log.callId());
            }
            if (ending != Ending.RULE_HANGS_UP) {
                awaitTone(call, call.media().heardMillis(TONE) + 1_500);
            }
            switch (ending) {
                case PHONE_HANGS_UP -> call.hangUp();
                case AGENT_CLOSES_THE_ROOM -> call.sendDtmf('#');
                case RULE_HANGS_UP -> {}
            }
            CallEnd end = call.awaitEnd(PATIENCE).orElseThrow(() -> new AssertionError(what + "never ended"));
            return faults(what, call, end, log, ending);
        } catch (AssertionError | IllegalStateException e) {
            call.hangUp();
            return List.of(ending + " of " + suite.events().of(call).callId() + ": " + e.getMessage());
        }
    }

    private static List<String> faults(String what, Call call, CallEnd end, CallLog log, Ending ending) {
        List<String> faults = new ArrayList<>();
        double silence = call.media().longestSilenceMillis();
        if (silence > MOST_SILENCE_MILLIS) {
            faults.add(what + "silent for " + Math.round(silence) + " ms");
        }
        CallEnded ended = log.await(CallEnded.class);
        if (log.events().stream().filter(CallEvent::isLast).count() != 1) {
            faults.add(what + "several last events");
        }
        if (ended.reason() != ending.reason) {
            faults.add(what + "ended by " + ended.reason() + ", not by " + ending.reason);
        }
        long seen = end.upNanos() / 1_000_000;
        if (Math.abs(seen - ended.durationMillis()) > MOST_OFF_MILLIS) {
            faults.add(what + "the event says " + ended.durationMillis() + " ms, the phone saw " + seen);
        }
        ended.summary().filter(summary -> Math.abs(summary.talkMillis() - seen) > MOST_OFF_MILLIS).ifPresent(summary ->
                faults.add(what + "the summary says " + summary.talkMillis() + " ms of talk, the phone saw " + seen));
        return faults;
    }

    /** Waits for the next agent's tone: after an agent's death, only a few packets still under way carry its tone. */
    private static void awaitTone(Call call, long millis) {
        Await.until("the phone hears " + TONE + " Hz", PATIENCE, () -> call.media().heardMillis(TONE) >= millis || !call.isUp());
    }
}
