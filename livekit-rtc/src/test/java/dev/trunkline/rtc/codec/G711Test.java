package dev.trunkline.rtc.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Every code and every sample against the definition: decision and output values of ITU-T G.711, tables 1 and 2. */
class G711Test {

    /**
     * Tables 1 and 2 as numbers: the values at the end of each of the eight segments, which are then divided into
     * sixteen equal steps; 14 bits for µ-law, 13 for A-law.
     */
    private static double[] decisionValues(G711 law) {
        double[] values = new double[129];
        if (law == G711.PCMU) {
            // 0, 1, 3, 5 … 31; then segments that end at 95, 223, 479, 991, 2015, 4063, 8159
            for (int i = 1; i <= 16; i++) {
                values[i] = 2 * i - 1;
            }
            fill(values, 16, new double[] {31, 95, 223, 479, 991, 2015, 4063, 8159});
        } else {
            // steps of 2 up to 64; then segments that end at 128, 256, 512, 1024, 2048, 4096
            for (int i = 1; i <= 32; i++) {
                values[i] = 2 * i;
            }
            fill(values, 32, new double[] {64, 128, 256, 512, 1024, 2048, 4096});
        }
        return values;
    }

    private static void fill(double[] values, int from, double[] ends) {
        for (int segment = 1; segment < ends.length; segment++) {
            double step = (ends[segment] - ends[segment - 1]) / 16;
            for (int i = 1; i <= 16; i++) {
                values[from + 16 * (segment - 1) + i] = ends[segment - 1] + step * i;
            }
        }
    }

    private static int scale(G711 law) {
        return law == G711.PCMU ? 4 : 8;
    }

    /** Returns the number of the quantizing interval, 0 to 127, that contains a magnitude. */
    private static int interval(double[] decisions, double magnitude) {
        int interval = 0;
        while (interval < 127 && magnitude >= decisions[interval + 1]) {
            interval++;
        }
        return interval;
    }

    /** Returns the character signal: sign and interval number, inverted as the law requires. */
    private static byte code(G711 law, boolean negative, int interval) {
        int signal = (negative ? 0 : 0x80) | interval;
        return (byte) (law == G711.PCMU ? signal ^ 0x7f : signal ^ 0x55);
    }

    @ParameterizedTest
    @EnumSource
    void all256CodesDecodeToTheOutputValueOfTheirInterval(G711 law) {
        double[] decisions = decisionValues(law);
        for (int interval = 0; interval < 128; interval++) {
            double output = law == G711.PCMU && interval == 0
                    ? 0 : (decisions[interval] + decisions[interval + 1]) / 2;
            short sample = (short) (output * scale(law));
            assertThat(law.decode(code(law, false, interval))).as("+%d", interval).isEqualTo(sample);
            assertThat(law.decode(code(law, true, interval))).as("-%d", interval).isEqualTo((short) -sample);
        }
    }

    @ParameterizedTest
    @EnumSource
    void all65536SamplesEncodeToTheIntervalTheyLieIn(G711 law) {
        double[] decisions = decisionValues(law);
        for (int sample = Short.MIN_VALUE; sample <= Short.MAX_VALUE; sample++) {
            // Negative samples become their one's complement, and bits that the law does not have are cut off, as in
            // G.191.
            int magnitude = (sample < 0 ? ~sample : sample) / scale(law);
            byte expected = code(law, sample < 0, interval(decisions, magnitude));
            assertThat(law.encode((short) sample)).as("%s %d", law, sample).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @EnumSource
    void decodingAndEncodingGivesEachCodeBack(G711 law) {
        for (int code = 0; code < 256; code++) {
            byte expected = law == G711.PCMU && code == 0x7f ? (byte) 0xff : (byte) code; // µ-law has two zeros
            assertThat(law.encode(law.decode((byte) code))).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @CsvSource({"PCMU,0xff,0", "PCMU,0x00,-32124", "PCMU,0x80,32124", "PCMA,0xd5,8", "PCMA,0x55,-8",
            "PCMA,0xaa,32256", "PCMA,0x2a,-32256"})
    void wellKnownCodes(G711 law, int code, short sample) {
        assertThat(law.decode((byte) code)).isEqualTo(sample);
        assertThat(law.encode(sample)).isEqualTo((byte) code);
    }

    @ParameterizedTest
    @EnumSource
    void crossingTheLawsKeepsTheSampleWithinAStep(G711 law) {
        for (int code = 0; code < 256; code++) {
            short here = law.decode((byte) code);
            short there = law.other().decode(law.cross((byte) code));
            int step = Math.max(16, Math.abs(here) / 16);
            assertThat(Math.abs(here - there)).as("%s code %d", law, code).isLessThanOrEqualTo(step);
            assertThat(law.cross((byte) code)).isEqualTo(law.other().encode(here));
        }
    }

    @ParameterizedTest
    @EnumSource
    void silenceIsSilentInBothLaws(G711 law) {
        assertThat(Math.abs(law.decode(law.silence()))).isLessThanOrEqualTo((short) 8);
        assertThat(Math.abs(law.other().decode(law.cross(law.silence())))).isLessThanOrEqualTo((short) 8);
    }

    @ParameterizedTest
    @EnumSource
    void arraysAreTheSameAsOneByOneAndStayInTheirBounds(G711 law) {
        short[] pcm = new short[164];
        for (int i = 0; i < pcm.length; i++) {
            pcm[i] = (short) (i * 199 - 16_000);
        }
        byte[] codes = new byte[164];
        law.encode(pcm, 2, 160, codes, 3);
        assertThat(codes[2]).isZero();
        assertThat(codes[163]).isZero();
        short[] back = new short[164];
        law.decode(codes, 3, 160, back, 1);
        byte[] crossed = codes.clone();
        law.cross(crossed, 3, 160, crossed, 3);
        for (int i = 0; i < 160; i++) {
            assertThat(codes[3 + i]).isEqualTo(law.encode(pcm[2 + i]));
            assertThat(back[1 + i]).isEqualTo(law.decode(codes[3 + i]));
            assertThat(crossed[3 + i]).isEqualTo(law.cross(codes[3 + i]));
        }
        assertThat(back[161]).isZero();
        assertThatThrownBy(() -> law.decode(codes, 5, 160, back, 0)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> law.encode(pcm, 0, 160, codes, 5)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void eachIsTheOthersOther() {
        assertThat(G711.PCMU.other()).isEqualTo(G711.PCMA);
        assertThat(G711.PCMA.other()).isEqualTo(G711.PCMU);
    }
}
