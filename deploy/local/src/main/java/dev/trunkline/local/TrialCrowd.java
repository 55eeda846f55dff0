package dev.trunkline.local;

import dev.trunkline.phone.Call;
import dev.trunkline.phone.CallRequest;
import dev.trunkline.phone.CallResult;
import dev.trunkline.phone.Phone;
import dev.trunkline.phone.PhoneSettings;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Places calls to a number that nobody has, as many concurrently as the suite refuses in time, until the suite refuses as many per
 * second as a busy trunk sends. Each second it also calls the demo agent once, and hangs up when the call is answered. The JVMs of a
 * new suite compile their code for several seconds under the first load; with these calls, that load does not come from callers.
 */
final class TrialCrowd {
    private static final int NOT_FOUND = 404;
    private static final int AT_ONCE = 24;
    /** Refused in one second: a quarter more than the 200 that a suite should sustain from the moment when it reports that it is ready. */
    private static final int ENOUGH = 250;
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final Duration LAST_ANSWERS = Duration.ofSeconds(5);

    private final Semaphore places = new Semaphore(AT_ONCE);
    private final AtomicInteger refused = new AtomicInteger();
    private final AtomicInteger otherwise = new AtomicInteger();
    private final AtomicInteger answered = new AtomicInteger();

    private TrialCrowd() {}

    /**
     * Places the calls, and reports the result.
     *
     * @param agent number of the demo agent
     * @param caller number that calls the demo agent
     * @param longest maximum duration, after which the suite is ready even if it is not warm; zero for no calls
     */
    static void place(String address, int port, String agent, String caller, Duration longest, Progress progress) throws IOException, InterruptedException {
        if (longest.isPositive()) {
            new TrialCrowd().call(address, port, agent, caller, longest, progress);
        }
    }

    private void call(String address, int port, String agent, String caller, Duration longest, Progress progress) throws IOException, InterruptedException {
        progress.say("placing trial calls for at most " + longest.toSeconds()
                + " s, until the suite is warm (TRUNKLINE_WARM_UP=0 skips them)");
        int calls = 0;
        int aSecond = 0;
        long begin = System.nanoTime();
        try (Phone phone = Phone.open(PhoneSettings.calling(address, port).bindTo(address))) {
            while (aSecond < ENOUGH && System.nanoTime() - begin < longest.toNanos()) {
                int before = refused.get();
                talk(phone, agent, caller);
                long second = System.nanoTime() + SECOND;
                while (System.nanoTime() - second < 0 && places.tryAcquire(second - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                    dial(phone, calls++);
                }
                aSecond = refused.get() - before;
            }
            places.tryAcquire(AT_ONCE, LAST_ANSWERS.toMillis(), TimeUnit.MILLISECONDS);
        }
        progress.say("%,d trial calls were refused as expected%s, %d in the last second, and %d were answered: %s".formatted(
                refused.get(),
                otherwise.get() == 0 ? "" : " and %,d ended otherwise".formatted(otherwise.get()),
                aSecond,
                answered.get(),
                aSecond < ENOUGH ? "this machine takes longer to warm up" : "the suite is warm"));
    }

    private void dial(Phone phone, int number) {
        Call call = phone.dial(CallRequest.to(DemoNumbers.UNKNOWN).from("+3247%07d".formatted(number)).header(TrialCall.HEADER, "1"));
        call.result().whenComplete((result, failure) -> {
            boolean notFound = result instanceof CallResult.Refused answer && answer.status() == NOT_FOUND;
            (notFound ? refused : otherwise).incrementAndGet();
            places.release();
        });
    }

    /** Calls the demo agent. A call that still rings at the end is cancelled when the phone closes. */
    private void talk(Phone phone, String agent, String caller) {
        Call call = phone.dial(CallRequest.to(agent).from(caller).header(TrialCall.HEADER, "1"));
        call.result().thenAccept(result -> {
            if (result instanceof CallResult.Answered) {
                answered.incrementAndGet();
                call.hangUp();
            }
        });
    }
}
