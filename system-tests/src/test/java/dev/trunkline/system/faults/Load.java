package dev.trunkline.system.faults;

import dev.trunkline.phone.AudioSource;
import dev.trunkline.phone.Call;
import dev.trunkline.phone.CallRequest;
import dev.trunkline.phone.CallResult;
import dev.trunkline.phone.Phone;
import dev.trunkline.system.support.Await;
import dev.trunkline.system.support.SuiteUnderTest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Calls that are held, and beside them others that come and go all the time. */
public final class Load implements AutoCloseable {
    /** The prefix of all numbers called here. */
    public static final String BEGINNING = "+322555214";
    static final String ROOMS = "faults";
    /** A number that is answered at once. */
    private static final String HELD = BEGINNING + "0";
    /** A number that is answered when the agent is there. */
    private static final String CHURNED = BEGINNING + "1";
    private static final int TONE = 700;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    /** An INVITE is repeated for 32 s (RFC 3261 17.1.1.2): a later answer belongs to another call. */
    private static final Duration ANY_ANSWER = Duration.ofSeconds(35);
    private static final Duration PROBE = Duration.ofSeconds(8);
    private static final long LOOK_MILLIS = 50;
    private static final long TALK_MILLIS = 1_500;
    private static final long MORE_TONE_MILLIS = 300;

    /** The organisation of these numbers, and rules by which their calls from the trunk {@code demo} are answered with an echo. */
    public static final String DIRECTORY = """
            organisations:
              - name: faults
                caller_rate: {calls: 100000, window_seconds: 3600}
                numbers:
                  - {phone_number: "%1$s", max_concurrent_calls: 1000}
                  - {phone_number: "%2$s", max_concurrent_calls: 1000}
            rules:
              - {name: faults-held, organisation: faults, trunks: [demo], numbers: ["%1$s"], type: individual, room_prefix: %3$s,
                 agents: [{name: demo, metadata: {scenario: echo}}], answer_policy: immediate, patience_seconds: 30}
              - {name: faults-churned, organisation: faults, trunks: [demo], numbers: ["%2$s"], type: individual, room_prefix: %3$s,
                 agents: [{name: demo, metadata: {scenario: echo}}], answer_policy: on-agent, patience_seconds: 20}
            """.formatted(HELD, CHURNED, ROOMS);

    private static final AtomicInteger CALLERS = new AtomicInteger();

    private final Phone phone;
    private final List<HeldCall> held = new ArrayList<>();
    private final Queue<Call> placed = new ConcurrentLinkedQueue<>();
    private final ExecutorService churning = Executors.newVirtualThreadPerTaskExecutor();
    private volatile boolean stopped;

    private Load(Phone phone) {
        this.phone = phone;
    }

    /** Adds the numbers to the suite's directory; once per run. */
    static void prepare(SuiteUnderTest suite) throws Exception {
        suite.apply(DIRECTORY);
    }

    /**
     * @param phone is closed with the load
     * @param held number of calls that are up, and hear themselves, when this returns
     * @param churning number of calls that come and go beside them at any moment
     */
    public static Load start(Phone phone, int held, int churning) {
        Load load = new Load(phone);
        try {
            load.hold(held);
            for (int i = 0; i < churning; i++) {
                load.churning.submit(load::churn);
            }
            load.churning.submit(load::listen);
            return load;
        } catch (RuntimeException | AssertionError e) {
            load.close();
            throw e;
        }
    }

    private void hold(int calls) {
        for (int i = 0; i < calls; i++) {
            held.add(new HeldCall(dial(HELD), TONE));
            // As fast as a busy machine can set them up.
            Await.pause(LOOK_MILLIS);
        }
        for (HeldCall call : held) {
            call.call().awaitAnswer(PATIENCE);
            Await.until("a held call hears its tone", PATIENCE, () -> hears(call.call()));
        }
    }

    /** Sets up one call that hears itself, to be held by the caller of this method. */
    static HeldCall hold(Phone phone) {
        Call call = dial(phone, HELD);
        call.awaitAnswer(PATIENCE);
        Await.until("a held call hears its tone", PATIENCE, () -> hears(call));
        return new HeldCall(call, TONE);
    }

    private Call dial(String number) {
        Call call = dial(phone, number);
        placed.add(call);
        return call;
    }

    private static Call dial(Phone phone, String number) {
        String caller = "+3247095" + (1_000 + CALLERS.incrementAndGet() % 9_000);
        return phone.dial(CallRequest.to(number).from(caller).saying(AudioSource.tone(TONE)));
    }

    private static boolean hears(Call call) {
        return call.media().heardMillis(TONE) >= MORE_TONE_MILLIS;
    }

    private void churn() {
        while (!stopped) {
            Call call = dial(CHURNED);
            switch (call.awaitFinal(ANY_ANSWER)) {
                case CallResult.Answered answered -> {
                    Await.pause(TALK_MILLIS);
                    hangUp(call);
                }
                // A refused caller retries in a moment.
                case CallResult.Refused refused -> Await.pause(TALK_MILLIS);
                default -> call.cancel();
            }
        }
    }

    private void listen() {
        while (!stopped) {
            held.forEach(HeldCall::listen);
            Await.pause(LOOK_MILLIS);
        }
    }

    /** Returns whether a new call is answered and hears itself. */
    public boolean probe() {
        Call call = dial(HELD);
        boolean answered = call.awaitFinal(PROBE) instanceof CallResult.Answered;
        long end = System.nanoTime() + PROBE.toNanos();
        while (answered && !hears(call) && System.nanoTime() < end) {
            Await.pause(LOOK_MILLIS);
        }
        boolean heard = answered && hears(call);
        if (answered) {
            hangUp(call);
        } else {
            call.cancel();
        }
        return heard;
    }

    /** Returns the calls that are held. */
    public List<HeldCall> held() {
        return held;
    }

    /** Returns every call so far. */
    public List<Call> placed() {
        return List.copyOf(placed);
    }

    /** Stops new calls, lets those under way end, and hangs up the held calls. */
    public void stop() {
        stopped = true;
        churning.shutdown();
        held.stream().map(HeldCall::call).filter(Call::isUp).forEach(Load::hangUp);
        try {
            if (!churning.awaitTermination(2 * ANY_ANSWER.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("calls that came and went do not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A BYE is repeated for 32 s, so an edge that comes back by then answers it. */
    private static void hangUp(Call call) {
        call.hangUp().toCompletableFuture().completeOnTimeout(null, ANY_ANSWER.toSeconds(), TimeUnit.SECONDS).exceptionally(failed -> null).join();
    }

    @Override
    public void close() {
        stopped = true;
        churning.shutdownNow();
        phone.close();
    }
}
