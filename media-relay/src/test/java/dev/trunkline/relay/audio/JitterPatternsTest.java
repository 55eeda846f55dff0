package dev.trunkline.relay.audio;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Jitter as in real networks, with packets of 10 to 60 ms, through buffer and decoder to the beat of 20 ms: what is heard, what
 * is concealed, and how long it takes. The test sets the time.
 */
class JitterPatternsTest {
    private static final long MILLI = 1_000_000;
    private static final int SECONDS = 60;

    /** The delay of each packet in a network, in ms. */
    private enum Network {
        /** A wired network. */
        STEADY {
            @Override
            double delay(int packet, int ptime, Random random) {
                return random.nextDouble() * 2;
            }
        },
        /** A wireless LAN: every second the medium is busy for 45 ms, and then the waiting packets arrive in a burst. */
        WIRELESS {
            @Override
            double delay(int packet, int ptime, Random random) {
                int inSecond = packet * ptime % 1_000;
                return random.nextDouble() * 4 + Math.max(0, 45 - inSecond);
            }
        },
        /** A mobile network: slots of 10 ms and an occasional retransmission. */
        MOBILE {
            @Override
            double delay(int packet, int ptime, Random random) {
                return random.nextInt(2) * 10 + (random.nextInt(60) == 0 ? 30 : 0) + random.nextDouble() * 3;
            }
        },
        /** A sender whose clock is 150 millionths slow. */
        SLOW_CLOCK {
            @Override
            double delay(int packet, int ptime, Random random) {
                return packet * ptime * 0.00015 + random.nextDouble() * 3;
            }
        },
        /** A sender whose clock is 150 millionths fast. */
        FAST_CLOCK {
            @Override
            double delay(int packet, int ptime, Random random) {
                return 100 - packet * ptime * 0.00015 + random.nextDouble() * 3;
            }
        },
        /** Every ten seconds a route fails for a quarter of a second, which is more than the buffer may hold back. */
        STALLING {
            @Override
            double delay(int packet, int ptime, Random random) {
                int inTenSeconds = (packet * ptime + 5_000) % 10_000;
                return random.nextDouble() * 3 + Math.max(0, 250 - inTenSeconds);
            }
        };

        abstract double delay(int packet, int ptime, Random random);
    }

    /** Counts the concealed audio; each sample contains the number of its packet. */
    private static final class Listening implements FrameDecoder {
        private final int samples;
        private int decoded;
        private int concealed;

        private Listening(int ptime) {
            samples = ptime * 8;
        }

        @Override
        public int sampleRate() {
            return 8_000;
        }

        @Override
        public int decode(byte[] payload, int offset, int length, short[] pcm, int at) {
            decoded++;
            int number = (payload[offset] & 0xff) << 8 | payload[offset + 1] & 0xff;
            java.util.Arrays.fill(pcm, at, at + samples, (short) number);
            return samples;
        }

        @Override
        public int conceal(short[] pcm, int at, int wanted) {
            concealed += wanted / 8;
            java.util.Arrays.fill(pcm, at, at + wanted, (short) -1);
            return wanted;
        }
    }

    private record Arrival(int packet, double at) {}

    /** @param longest longest delay between speaking a packet's first sample and playing it, in ms, excluding the first seconds */
    private record Heard(int decoded, int concealedMillis, double longest, double mean) {}

    private static Heard listen(Network network, int ptime, double lossPercent) {
        var random = new Random(7L * ptime + network.ordinal());
        List<Arrival> arrivals = new ArrayList<>();
        int packets = SECONDS * 1_000 / ptime;
        for (int i = 0; i < packets; i++) {
            if (random.nextDouble() * 100 >= lossPercent) {
                arrivals.add(new Arrival(i, i * ptime + network.delay(i, ptime, random)));
            }
        }
        arrivals.sort(Comparator.comparingDouble(Arrival::at));
        var decoder = new Listening(ptime);
        var queue = new SpeakerQueue(8_000, decoder);
        int next = 0;
        double longest = 0;
        double sum = 0;
        int frames = 0;
        for (int beat = 1; beat < SECONDS * 50 - 10; beat++) {
            double now = beat * 20 + random.nextDouble() * 2;
            for (; next < arrivals.size() && arrivals.get(next).at() <= now; next++) {
                int packet = arrivals.get(next).packet();
                queue.put(packet & 0xffff, packet * ptime * 8L, new byte[] {(byte) (packet >> 8), (byte) packet}, 0, 2,
                        (long) (arrivals.get(next).at() * MILLI));
            }
            if (queue.draw((long) (now * MILLI))) {
                int packet = queue.frame()[0];
                if (packet >= 0 && beat > 500) {
                    longest = Math.max(longest, now - packet * ptime);
                    sum += now - packet * ptime;
                    frames++;
                }
                queue.taken();
            }
        }
        return new Heard(decoder.decoded, decoder.concealed, longest, sum / frames);
    }

    @ParameterizedTest
    @CsvSource({
        "STEADY, 10, 0.1", "STEADY, 20, 0.1", "STEADY, 30, 0.1", "STEADY, 40, 0.1", "STEADY, 60, 0.1",
        "WIRELESS, 10, 1", "WIRELESS, 20, 1", "WIRELESS, 30, 1", "WIRELESS, 40, 1", "WIRELESS, 60, 2",
        "MOBILE, 10, 1", "MOBILE, 20, 1", "MOBILE, 30, 1", "MOBILE, 40, 1", "MOBILE, 60, 1",
        "SLOW_CLOCK, 20, 0.5", "SLOW_CLOCK, 60, 0.5", "FAST_CLOCK, 20, 0.5", "FAST_CLOCK, 60, 0.5",
        "STALLING, 20, 3", "STALLING, 40, 3", "STALLING, 60, 3"
    })
    void littleIsFilledInAndTheDelayStaysSmall(Network network, int ptime, double mostConcealedPercent) {
        Heard heard = listen(network, ptime, 0);
        assertThat(heard.concealedMillis() / (SECONDS * 10.0)).isLessThan(mostConcealedPercent);
        // A packet takes ptime to be spoken, the network adds its delay, the buffer up to 60 ms, and the beat 20 ms.
        double network60 = network == Network.FAST_CLOCK ? 100 : network == Network.STALLING ? 250 : 50;
        assertThat(heard.mean()).isLessThan(2 * ptime + network60 + 80);
        assertThat(heard.longest()).isLessThan(2 * ptime + network60 + 150);
    }

    @ParameterizedTest
    @CsvSource({"10", "20", "40", "60"})
    void whatIsLostIsFilledInOnce(int ptime) {
        Heard heard = listen(Network.MOBILE, ptime, 5);
        assertThat(heard.concealedMillis() / (SECONDS * 10.0)).isBetween(3.0, 7.5);
    }

    @Test
    void aQuietNetworkIsNotMadeToWaitForAnother() {
        assertThat(listen(Network.STEADY, 20, 0).mean()).isLessThan(listen(Network.WIRELESS, 20, 0).mean());
        assertThat(listen(Network.STEADY, 20, 0).mean()).isLessThan(60);
    }
}
