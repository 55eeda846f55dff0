package dev.trunkline.system.faults;

import dev.trunkline.phone.Call;
import dev.trunkline.phone.CallEnd;
import dev.trunkline.phone.CallResult;
import dev.trunkline.system.support.Await;
import dev.trunkline.system.support.Census;
import dev.trunkline.system.support.SuiteUnderTest;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/** Carries out one fault under load, and measures what happens to the calls. */
final class FaultRun {
    private static final Duration RECOVERY = Duration.ofSeconds(90);
    /** Time within which a vanished phone, and a call that was ringing when its edge died, are noticed. */
    private static final Duration LAST_ENDS = Duration.ofSeconds(90);
    private static final Duration BACK_TO_ZERO = Duration.ofSeconds(30);
    /** Time within which a second last event would come, if there were one. */
    private static final long STRAGGLERS_MILLIS = 2_000;
    /** A call whose phone heard something more recently than this has audio. */
    private static final long HEARS_MILLIS = 1_000;

    private final SuiteUnderTest suite;
    private final int held;
    private final int churning;

    FaultRun(SuiteUnderTest suite, int held, int churning) {
        this.suite = suite;
        this.held = held;
        this.churning = churning;
    }

    /** Runs a fault. @throws Fault.NotHereException if this machine lacks what the fault needs */
    Finding of(Fault fault) throws Exception {
        try (Fault.Scene scene = fault.blow().prepare(suite); Census census = suite.census(Load.BEGINNING); Load load = Load.start(suite.phone(), held, churning)) {
            long begun = System.nanoTime();
            fault.blow().strike(suite);
            long faultMillis = since(begun);
            OptionalLong recovered = awaitRecovery(load, begun);
            load.stop();
            awaitEnds(census);
            Map<String, Double> left = new Places(suite).left(BACK_TO_ZERO);
            Await.pause(STRAGGLERS_MILLIS);
            return finding(fault, load, census, faultMillis, recovered, left);
        }
    }

    private OptionalLong awaitRecovery(Load load, long begun) {
        long end = System.nanoTime() + RECOVERY.toNanos();
        while (System.nanoTime() < end) {
            if (SuiteUnderTest.SERVICES.stream().allMatch(this::isUp)
                    && load.held().stream().filter(call -> call.call().isUp()).allMatch(call -> call.silentMillis() < HEARS_MILLIS)
                    && load.probe()) {
                return OptionalLong.of(since(begun));
            }
            Await.pause(250);
        }
        return OptionalLong.empty();
    }

    private boolean isUp(String service) {
        return suite.suite().process(service).isAlive() && suite.isReady(service);
    }

    private static long since(long nanos) {
        return (System.nanoTime() - nanos) / 1_000_000;
    }

    private static void awaitEnds(Census census) {
        long end = System.nanoTime() + LAST_ENDS.toNanos();
        while (!census.open().isEmpty() && System.nanoTime() < end) {
            Await.pause(250);
        }
    }

    private Finding finding(Fault fault, Load load, Census census, long faultMillis, OptionalLong recovered, Map<String, Double> left) {
        Map<String, Integer> lost = new TreeMap<>();
        load.held().forEach(call -> call.lostBy().ifPresent(reason -> lost.merge(reason, 1, Integer::sum)));
        Map<String, Integer> cut = new TreeMap<>();
        Map<String, Integer> refused = new TreeMap<>();
        int unheardOf = 0;
        for (Call call : load.placed()) {
            switch (call.result().toCompletableFuture().getNow(new CallResult.TimedOut(Duration.ZERO))) {
                case CallResult.Answered answered -> {
                    if (load.held().stream().noneMatch(held -> held.call() == call)) {
                        cutBy(call, cut);
                    }
                    if (!suite.events().knows(call.callId())) {
                        unheardOf++;
                    }
                }
                case CallResult.Refused answer -> refused.merge(Reasons.of(answer), 1, Integer::sum);
                case CallResult.TimedOut none -> refused.merge("no answer", 1, Integer::sum);
                case CallResult.Cancelled cancelled -> refused.merge("given up", 1, Integer::sum);
                case CallResult.Vanished vanished -> {}
            }
        }
        long silence = load.held().stream().filter(call -> call.lostBy().isEmpty()).mapToLong(HeldCall::longestSilenceMillis).max().orElse(0);
        int twice = (int) census.calls().stream().filter(call -> call.lastEvents() > 1).count();
        if (twice > 0) {
            census.calls().stream().filter(call -> call.lastEvents() > 1).forEach(call -> System.out.println("faults: ended twice: " + call));
        }
        census.open().forEach((id, call) -> System.out.println("faults: without an end: " + id + " " + call));
        return new Finding(fault, load.held().size(), load.placed().size(), lost, cut, refused, silence, faultMillis, recovered,
                census.open().size(), twice, unheardOf, left);
    }

    private static void cutBy(Call call, Map<String, Integer> cut) {
        CallEnd end = call.ended().toCompletableFuture().getNow(null);
        if (end != null && end.by() == CallEnd.By.FAR_END) {
            cut.merge(end.reason().map(Reasons::code).orElse("BYE without a reason"), 1, Integer::sum);
        }
    }
}
