package dev.trunkline.relay.calls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.bus.SerialQueue;
import dev.trunkline.relay.audio.Beeper.Signal;
import dev.trunkline.relay.dtmf.DtmfKey;
import dev.trunkline.relay.pin.PinEntry;
import dev.trunkline.relay.pin.PinEntry.Verdict;
import dev.trunkline.relay.pin.PinThrottle;
import dev.trunkline.rtc.loop.MediaLoop;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Callers whose earlier calls are remembered, before the room. Everything except the timers runs on the test's thread. */
class PinGateTest {
    private static final String CALLER = PinThrottle.key("rule-1", "f00d");

    private final MediaLoop loop = MediaLoop.start("test-loop");
    private final AtomicLong millis = new AtomicLong();
    private final PinThrottle throttle = new PinThrottle(millis::get);
    private final List<Verdict> judged = new CopyOnWriteArrayList<>();
    private final List<Signal> signals = new CopyOnWriteArrayList<>();
    private final PinGate gate = new PinGate(
            "call=1", new PinEntry("4711"), signals::add, loop, new SerialQueue(Runnable::run, fault -> {}), throttle, CALLER,
            judged::add);

    @AfterEach
    void stop() {
        loop.close();
    }

    private void press(String digits) {
        for (String digit : digits.split("")) {
            assertThat(gate.takes(DtmfKey.ofDigit(digit).orElseThrow())).isTrue();
        }
    }

    private void wrongBefore(int times) {
        for (int i = 0; i < times; i++) {
            throttle.wrong(CALLER);
        }
    }

    @Test
    void aCallerWhoWasNeverWrongIsAskedAtOnce() {
        press("4711");
        assertThat(judged).containsExactly(Verdict.LET_IN);
    }

    @Test
    void aCallerWhoWasWrongBeforeWaitsAndKeysCountForNothingMeanwhile() throws Exception {
        wrongBefore(3);
        press("4711");
        assertThat(judged).isEmpty();
        long until = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (judged.isEmpty() && System.nanoTime() < until) {
            Thread.sleep(100);
            press("4711");
        }
        assertThat(judged).containsExactly(Verdict.LET_IN);
        assertThat(throttle.callers()).isZero();
        assertThat(signals.getLast()).isEqualTo(Signal.ASK);
    }

    @Test
    void aCallerWhoIsNotHeardYetIsToldSoAtOnceAndWithEachKey() {
        wrongBefore(3);
        gate.begin();
        assertThat(signals).containsExactly(Signal.WAIT);
        press("47");
        assertThat(signals).containsExactly(Signal.WAIT, Signal.WAIT, Signal.WAIT);
    }

    @Test
    void aCallerWhoIsHeardIsAskedOnce() {
        gate.begin();
        press("47");
        assertThat(signals).containsExactly(Signal.ASK);
    }

    @Test
    void aCallerWhoWasWrongTooOftenIsSentAwayUnasked() {
        wrongBefore(9);
        gate.begin();
        assertThat(judged).containsExactly(Verdict.REFUSED);
        press("4711");
        assertThat(judged).containsExactly(Verdict.REFUSED);
    }

    @Test
    void theNinthWrongTryIsTheLastAlsoWhereTheCallHadOneLeft() throws Exception {
        wrongBefore(1);
        press("0000");
        wrongBefore(7);
        press("1111");
        assertThat(judged).containsExactly(Verdict.REFUSED);
    }

    @Test
    void aGateOfACallThatIsOverLeavesNoTimer() throws Exception {
        gate.begin();
        assertThat(loop.timers()).isEqualTo(1);
        gate.shut();
        assertThat(loop.timers()).isZero();
    }
}
