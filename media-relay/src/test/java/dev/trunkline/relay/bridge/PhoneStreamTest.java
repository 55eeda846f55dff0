package dev.trunkline.relay.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.relay.bridge.PacketCounts.Kind;
import dev.trunkline.relay.rtp.SequenceMapper;
import dev.trunkline.relay.rtp.SourceLatch;
import dev.trunkline.relay.rtp.TrustedSources;
import dev.trunkline.relay.sdp.MediaDirection;
import dev.trunkline.relay.sdp.PhoneCodec;
import dev.trunkline.rtc.codec.OpusCodec;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.function.LongConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The packets made here for the phone, by the test's clock; without a socket each packet counts as unsent. */
class PhoneStreamTest {
    private static final long MILLI = 1_000_000;

    private record Due(long at, LongConsumer task) {}

    private final PriorityQueue<Due> timers = new PriorityQueue<>((a, b) -> Long.compare(a.at(), b.at()));
    private final List<Long> left = new ArrayList<>();
    private long now;
    private PhoneSide phone;
    private PhoneStream stream;

    private void begin(int ptime) {
        phone = new PhoneSide(
                new SourceLatch(new TrustedSources(Optional.empty(), false)),
                new LifeWatch(Duration.ofSeconds(12), Duration.ofMinutes(30)),
                TestMedia.of(PhoneCodec.PCMU, 0, ptime, new InetSocketAddress("203.0.113.5", 4000), MediaDirection.SENDRECV));
        stream = new PhoneStream(
                phone, new PhonePort(Optional.empty()), 7, new SequenceMapper(0, 0, 8_000), new Codecs(OpusCodec.detect()),
                (nanos, task) -> timers.add(new Due(now + nanos, task)));
    }

    private void note() {
        while (left.size() < phone.counts.get(Kind.UNSENT)) {
            left.add(now / MILLI);
        }
    }

    private void runTimers(long until) {
        while (!timers.isEmpty() && timers.peek().at() <= until) {
            Due due = timers.poll();
            now = due.at();
            due.task().accept(now);
            note();
        }
        now = until;
    }

    private void speak(int frames) {
        for (int i = 0; i < frames; i++) {
            stream.encode(new short[160], now / MILLI * 8, now);
            note();
            runTimers(now + 20 * MILLI);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 20, 30, 40, 60})
    void packetsLeaveAtTheirOwnIntervalAndAreStampedByTheirSamples(int ptime) {
        begin(ptime);
        speak(120);
        assertThat(left.size()).isBetween(2_400 / ptime - 2, 2_400 / ptime);
        for (int i = 1; i < left.size(); i++) {
            assertThat(left.get(i) - left.get(i - 1)).isEqualTo(ptime);
        }
        // A report at the moment of the last packet has that packet's timestamp: this many samples after the first packet's.
        long last = stream.timestampAt(left.getLast() * MILLI);
        assertThat(last).isEqualTo((left.size() - 1L) * ptime * 8);
        assertThat(timers.size()).isLessThanOrEqualTo(1);
    }

    @Test
    void afterAKeyTheRowBeginsAnew() {
        begin(30);
        speak(10);
        stream.key(new byte[4], now / MILLI * 8, true, now);
        note();
        runTimers(now + 200 * MILLI);
        int before = left.size();
        speak(10);
        assertThat(left.subList(before, left.size())).hasSizeBetween(5, 6);
        for (int i = before + 1; i < left.size(); i++) {
            assertThat(left.get(i) - left.get(i - 1)).isEqualTo(30);
        }
    }

    @Test
    void whatWaitsIsForgottenWhenTheStreamIsClosed() {
        begin(10);
        stream.encode(new short[160], 0, 0);
        note();
        assertThat(left).hasSize(1);
        stream.close();
        runTimers(100 * MILLI);
        assertThat(left).hasSize(1);
    }
}
