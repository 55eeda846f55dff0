package dev.trunkline.demoagent.echo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.demoagent.greeting.Greeting;
import dev.trunkline.rtc.AudioCodec;
import dev.trunkline.rtc.codec.G711;
import dev.trunkline.rtc.codec.OpusCodec;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class TranslatorTest {
    private final OpusCodec opus = OpusCodec.concentus();
    private final Greeting greeting = new Greeting(opus);
    private final byte[] out = new byte[Translator.MOST_BYTES];

    private int translate(AudioCodec from, AudioCodec to, byte[] payload) {
        try (Translator translator = Translator.between(from, to, opus)) {
            return translator.translate(payload, 0, payload.length, out);
        }
    }

    @Test
    void oneLawBecomesTheOther() {
        byte[] alaw = greeting.frames(AudioCodec.PCMA).get(5);
        assertThat(translate(AudioCodec.PCMA, AudioCodec.PCMU, alaw)).isEqualTo(160);
        for (int i = 0; i < 160; i++) {
            assertThat(out[i]).isEqualTo(G711.PCMA.cross(alaw[i]));
        }
    }

    @Test
    void anOpusFrameBecomesOneOfG711() {
        byte[] frame = greeting.frames(AudioCodec.OPUS).get(5);
        assertThat(translate(AudioCodec.OPUS, AudioCodec.PCMU, frame)).isEqualTo(160);
        assertThat(Arrays.copyOf(out, 160)).isNotEqualTo(new byte[160]);
    }

    @Test
    void aG711FrameBecomesOneOfOpus() {
        byte[] frame = greeting.frames(AudioCodec.PCMU).get(5);
        int length = translate(AudioCodec.PCMU, AudioCodec.OPUS, frame);
        assertThat(length).isBetween(5, 200);
        byte[] encoded = Arrays.copyOf(out, length);
        assertThat(translate(AudioCodec.OPUS, AudioCodec.PCMU, encoded)).isEqualTo(160);
    }

    @Test
    void whatCannotBeTranslatedIsLeftOut() {
        assertThat(translate(AudioCodec.PCMU, AudioCodec.OPUS, new byte[33])).isZero();
        assertThat(translate(AudioCodec.PCMU, AudioCodec.OPUS, new byte[240])).isZero();
        assertThat(translate(AudioCodec.PCMU, AudioCodec.PCMA, new byte[1_400])).isZero();
        assertThat(translate(AudioCodec.OPUS, AudioCodec.PCMU, new byte[] {(byte) 0xff, (byte) 0xff})).isZero();
    }
}
