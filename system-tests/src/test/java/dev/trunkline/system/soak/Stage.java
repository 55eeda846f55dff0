package dev.trunkline.system.soak;

import dev.trunkline.phone.AudioSource;
import dev.trunkline.phone.Call;
import dev.trunkline.phone.CallEnd;
import dev.trunkline.phone.CallRequest;
import dev.trunkline.phone.CallResult;
import dev.trunkline.phone.Codec;
import dev.trunkline.phone.Phone;
import dev.trunkline.system.support.SuiteUnderTest;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What callers can do, and the record of what became of each call. Thread-safe. */
final class Stage {
    static final Duration PATIENCE = Duration.ofSeconds(40);

    private static final int TONE = 700;
    /** A call that was up for as long as this has heard its agent, even on a busy machine. */
    private static final long MUTE_AFTER_MILLIS = 15_000;
    private static final long BRIEFLY_MILLIS = 8_000;
    private static final long HEARD_OF_MILLIS = 5_000;
    /** Text of a Reason header (RFC 3326): the suite's own code. */
    private static final Pattern CODE = Pattern.compile("text=\"([^\"]{1,60})\"");

    private final SuiteUnderTest suite;
    private final Phone phone;
    private final Events events;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final long begun = System.nanoTime();
    private final AtomicInteger callers = new AtomicInteger();
    private final ConcurrentHashMap<Call, Dialled> up = new ConcurrentHashMap<>();
    private final Queue<Placed> placed = new ConcurrentLinkedQueue<>();

    private record Dialled(Deed deed, long seconds) {}

    Stage(SuiteUnderTest suite, Phone phone, Events events) {
        this.suite = suite;
        this.phone = phone;
        this.events = events;
    }

    /** Ends every talk and every pause. */
    void stop() {
        stopping.countDown();
    }

    boolean isStopping() {
        return stopping.getCount() == 0;
    }

    /** Places a call from a number that was not used for the last hours. */
    Call dial(Deed deed, String number) {
        String caller = "+32471" + (100_000 + callers.incrementAndGet() % 900_000);
        Call call = phone.dial(CallRequest.to(number).from(caller).offering(Codec.PCMU, Codec.TELEPHONE_EVENT).saying(AudioSource.tone(TONE)));
        up.put(call, new Dialled(deed, (System.nanoTime() - begun) / 1_000_000_000));
        return call;
    }

    boolean isAnswered(Call call) {
        return call.awaitFinal(PATIENCE) instanceof CallResult.Answered;
    }

    void talkBriefly(Call call) {
        talk(call, BRIEFLY_MILLIS);
    }

    /** Talks for that time if the call is answered, or until it is over or everything is to end. */
    void talk(Call call, long millis) {
        if (isAnswered(call)) {
            long end = System.nanoTime() + millis * 1_000_000;
            while (call.isUp() && !isStopping() && System.nanoTime() < end) {
                pause(Math.clamp((end - System.nanoTime()) / 1_000_000, 1, 250));
            }
        }
    }

    /** Waits until it rings, and a moment longer. */
    void ring(Call call) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (call.provisionals().stream().noneMatch(response -> response.status() == 180)
                && !call.result().toCompletableFuture().isDone() && System.nanoTime() < end) {
            sleep(50);
        }
        pause(1_500);
    }

    /** Waits for that time, or until everything is to end. */
    void pause(long millis) {
        try {
            stopping.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    void hangUp(Call call) {
        if (call.isUp()) {
            reply(call.hangUp());
        }
    }

    void awaitEnd(Call call) {
        call.awaitEnd(PATIENCE);
    }

    void closeRoomOf(Call call) throws IOException, InterruptedException {
        Optional<String> room = heardOf(call).flatMap(Events.Story::room);
        if (room.isPresent()) {
            suite.rooms().close(room.get());
        }
    }

    /** Asks for a transfer to the phone of this trunk, as a program does. */
    void transfer(Call call, String trunk) throws IOException, InterruptedException {
        Optional<Events.Story> story = heardOf(call);
        if (story.isPresent()) {
            suite.asAdmin().send("POST", "/calls/" + story.get().callId() + "/transfer",
                    "{\"to\": \"201\", \"trunk\": \"%s\", \"way\": \"bridge\", \"ringing_seconds\": 5}".formatted(trunk));
        }
    }

    private Optional<Events.Story> heardOf(Call call) {
        long end = System.nanoTime() + HEARD_OF_MILLIS * 1_000_000;
        Optional<Events.Story> story = events.ofSip(call.callId());
        while ((story.isEmpty() || story.get().room().isEmpty()) && System.nanoTime() < end) {
            sleep(50);
            story = events.ofSip(call.callId());
        }
        return story;
    }

    /** Waits for a response, at most as long as a request is repeated. */
    static <T> void reply(CompletionStage<T> stage) {
        stage.toCompletableFuture().completeOnTimeout(null, PATIENCE.toSeconds(), TimeUnit.SECONDS).exceptionally(failed -> null).join();
    }

    /** Notes what became of a call that its deed has left. */
    void over(Call call) {
        CallResult result = call.awaitFinal(PATIENCE);
        if (call.isUp()) {
            reply(call.hangUp());
        }
        Dialled dialled = up.remove(call);
        PhoneSaw seen = seen(call, result);
        placed.add(new Placed(call.callId(), dialled.deed().name(), dialled.seconds(), seen, isMute(call, seen), dialled.deed().expected()));
    }

    private static boolean isMute(Call call, PhoneSaw seen) {
        return seen instanceof PhoneSaw.Answered
                && call.request().callee().equals(SoakDirectory.ECHO)
                && call.ended().toCompletableFuture().getNow(null) instanceof CallEnd end
                && end.upNanos() > MUTE_AFTER_MILLIS * 1_000_000
                && call.media().heardMillis(TONE) == 0;
    }

    private static PhoneSaw seen(Call call, CallResult result) {
        return switch (result) {
            case CallResult.Answered answered -> {
                CallEnd end = call.awaitEnd(PATIENCE).orElse(new CallEnd(CallEnd.By.PHONE, Optional.empty(), 0));
                yield end.by() == CallEnd.By.VANISHED
                        ? new PhoneSaw.Vanished()
                        : new PhoneSaw.Answered(end.by() == CallEnd.By.FAR_END, end.reason().map(Stage::code));
            }
            case CallResult.Refused refusal -> new PhoneSaw.Refused(refusal.status(), refusal.reasonHeader().map(Stage::code));
            case CallResult.Cancelled cancelled -> new PhoneSaw.Cancelled(cancelled.answeredFirst());
            case CallResult.Vanished vanished -> new PhoneSaw.Vanished();
            case CallResult.TimedOut none -> new PhoneSaw.NoAnswer();
        };
    }

    private static String code(String header) {
        Matcher text = CODE.matcher(header);
        return text.find() ? text.group(1) : header;
    }

    /** Returns the calls that are over. */
    Collection<Placed> placed() {
        return placed;
    }

    /** Returns how many calls are answered now. */
    long callsUp() {
        return up.keySet().stream().filter(Call::isUp).count();
    }

    private static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
