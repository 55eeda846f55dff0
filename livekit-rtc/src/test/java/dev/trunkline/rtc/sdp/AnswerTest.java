package dev.trunkline.rtc.sdp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trunkline.rtc.AudioCodec;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerTest {

    private static final String ANSWER = """
            v=0
            o=- 6 2 IN IP4 0.0.0.0
            s=-
            t=0 0
            a=msid-semantic:WMS *
            a=fingerprint:sha-256 0a:1b:2c
            a=extmap-allow-mixed
            a=group:BUNDLE 0 1 2
            m=audio 9 UDP/TLS/RTP/SAVPF 0 8 111
            c=IN IP4 0.0.0.0
            a=setup:passive
            a=mid:0
            a=ice-ufrag:ufragufrag
            a=ice-pwd:passwordpasswordpassword
            a=rtcp-mux
            a=rtcp-rsize
            a=rtpmap:0 PCMU/8000
            a=rtpmap:8 PCMA/8000
            a=rtpmap:111 opus/48000/2
            a=fmtp:111 minptime=10;useinbandfec=1
            a=extmap:1 urn:ietf:params:rtp-hdrext:ssrc-audio-level
            a=recvonly
            m=application 9 UDP/DTLS/SCTP webrtc-datachannel
            c=IN IP4 0.0.0.0
            a=setup:passive
            a=mid:1
            a=sendrecv
            a=sctp-port:5000
            m=audio 9 UDP/TLS/RTP/SAVPF 111
            c=IN IP4 0.0.0.0
            a=mid:2
            a=rtpmap:111 opus/48000/2
            a=ssrc:4294967295 cname:PA_x|TR_y
            a=ssrc:4294967295 msid:PA_x TR_y
            a=msid:PA_x TR_y
            a=sendonly
            a=candidate:1 1 udp 2130706431 192.0.2.7 50001 typ host
            a=candidate:1 1 udp 2130706431 192.0.2.7 50001 typ host
            a=candidate:2 1 tcp 1 192.0.2.7 7881 typ host tcptype passive
            a=end-of-candidates
            """;

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n"})
    void readsWhatAConnectionNeeds(String lineEnd) throws Exception {
        Answer answer = Answer.parse(ANSWER.replace("\n", lineEnd));
        assertThat(answer.credentials().ufrag()).isEqualTo("ufragufrag");
        assertThat(answer.credentials().password()).isEqualTo("passwordpasswordpassword");
        assertThat(answer.fingerprint()).isEqualTo("0A:1B:2C");
        assertThat(answer.setup()).isEqualTo("passive");
        assertThat(answer.candidates()).hasSize(1);
        assertThat(answer.sections()).extracting(AnswerSection::mid).containsExactly("0", "1", "2");
    }

    @Test
    void readsTheSectionsThatMatter() throws Exception {
        Answer answer = Answer.parse(ANSWER);
        AnswerSection published = answer.section("0").orElseThrow();
        assertThat(published.codecs()).containsExactly(AudioCodec.PCMU, AudioCodec.PCMA, AudioCodec.OPUS);
        assertThat(published.serverSends()).isFalse();
        assertThat(published.extensionId(Extensions.AUDIO_LEVEL)).contains(1);
        assertThat(answer.section("1").orElseThrow().serverSends()).isFalse();
        AnswerSection received = answer.section("2").orElseThrow();
        assertThat(received.serverSends()).isTrue();
        assertThat(received.ssrcs()).containsExactly(4_294_967_295L);
        assertThat(received.trackId()).contains("TR_y");
        assertThat(answer.section("3")).isEmpty();
    }

    @Test
    void aRejectedOrInactiveSectionSendsNothing() throws Exception {
        assertThat(Answer.parse(ANSWER.replace("m=audio 9 UDP/TLS/RTP/SAVPF 111\n", "m=audio 0 UDP/TLS/RTP/SAVPF 111\n"))
                .section("2").orElseThrow().serverSends()).isFalse();
        assertThat(Answer.parse(ANSWER.replace("a=sendonly", "a=inactive"))
                .section("2").orElseThrow().serverSends()).isFalse();
    }

    @Test
    void withoutADirectionItIsBoth() throws Exception {
        assertThat(Answer.parse(ANSWER.replace("a=sendonly\n", "")).section("2").orElseThrow().serverSends()).isTrue();
    }

    @Test
    void aPayloadTypeThatMeansSomethingElseIsNotTaken() throws Exception {
        assertThat(Answer.parse(ANSWER.replace("a=rtpmap:111 opus/48000/2", "a=rtpmap:111 telephone-event/8000"))
                .section("2").orElseThrow().codecs()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"a=ice-ufrag:,ice-ufrag", "a=ice-pwd:,ice-pwd", "a=fingerprint:,fingerprint"})
    void saysWhatIsMissing(String prefix, String name) {
        String without = ANSWER.lines().filter(line -> !line.startsWith(prefix)).reduce("", (a, b) -> a + b + "\n");
        assertThatThrownBy(() -> Answer.parse(without)).isInstanceOf(SdpException.class).hasMessageContaining(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a=fingerprint:sha-1 AA", "a=fingerprint:sha-256"})
    void otherFingerprintsAreRefused(String line) {
        assertThatThrownBy(() -> Answer.parse(ANSWER.replace("a=fingerprint:sha-256 0a:1b:2c", line)))
                .isInstanceOf(SdpException.class).hasMessageContaining("sha-256");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "m=", "m=audio", "a=", "\0\0", "v=0\r\nm=audio 9\r\n", "a=ssrc:", "hello"})
    void nonsenseIsRefused(String sdp) {
        assertThatThrownBy(() -> Answer.parse(sdp)).isInstanceOf(SdpException.class);
    }

    @Test
    void tooManySectionsAreRefused() {
        String many = "m=audio 9 RTP/AVP 0\n".repeat(10_000);
        assertThatThrownBy(() -> Answer.parse(ANSWER + many)).isInstanceOf(SdpException.class);
    }

    @Test
    void aDamagedAnswerGivesAnAnswerOrAClearError() {
        Random random = new Random(11);
        int read = 0;
        for (int i = 0; i < 5000; i++) {
            StringBuilder damaged = new StringBuilder(ANSWER);
            for (int j = 0; j < 1 + i % 20; j++) {
                damaged.setCharAt(random.nextInt(damaged.length()), (char) random.nextInt(256));
            }
            try {
                Answer.parse(damaged.toString());
                read++;
            } catch (SdpException clear) {
                assertThat(clear.getMessage()).startsWith("the answer");
            }
        }
        assertThat(read).isPositive();
    }
}
