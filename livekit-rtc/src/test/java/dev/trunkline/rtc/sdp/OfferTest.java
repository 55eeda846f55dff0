package dev.trunkline.rtc.sdp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.rtc.AudioCodec;
import dev.trunkline.rtc.ice.IceCandidate;
import dev.trunkline.rtc.ice.IceCredentials;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OfferTest {

    @ParameterizedTest
    @CsvSource({"PCMU,0 111 8", "PCMA,8 111 0", "OPUS,111 0 8"})
    void everyAudioSectionNamesEveryCodecThePreferredFirst(AudioCodec preferred, String formats) throws Exception {
        List<String> lines = offer(Optional.of(audio(preferred)), 2).toSdp().lines().toList();
        assertThat(lines.stream().filter(line -> line.startsWith("m=audio"))).containsExactly(
                "m=audio 9 UDP/TLS/RTP/SAVPF " + formats,
                "m=audio 9 UDP/TLS/RTP/SAVPF 111 0 8",
                "m=audio 9 UDP/TLS/RTP/SAVPF 111 0 8");
        assertThat(lines.stream().filter("a=rtpmap:111 opus/48000/2"::equals)).hasSize(3);
        assertThat(lines.stream().filter("a=rtpmap:0 PCMU/8000"::equals)).hasSize(3);
        assertThat(lines.stream().filter("a=rtpmap:8 PCMA/8000"::equals)).hasSize(3);
    }

    @Test
    void theOrderOfSectionsNeverChanges() throws Exception {
        String small = offer(Optional.of(audio(AudioCodec.PCMU)), 0).toSdp();
        String large = offer(Optional.of(audio(AudioCodec.PCMU)), 3).toSdp();
        assertThat(kinds(small)).containsExactly("m=audio", "m=application");
        assertThat(kinds(large)).containsExactly("m=audio", "m=application", "m=audio", "m=audio", "m=audio");
        assertThat(small).contains("a=group:BUNDLE 0 1\r\n");
        assertThat(large).contains("a=group:BUNDLE 0 1 2 3 4\r\n");
    }

    @Test
    void aListenerOffersDataChannelsOnly() throws Exception {
        String sdp = offer(Optional.empty(), 0).toSdp();
        assertThat(kinds(sdp)).containsExactly("m=application");
        assertThat(sdp).contains("a=sctp-port:5000\r\n").contains("a=mid:0\r\n");
    }

    @Test
    void theSendingSectionIsMatchedByItsStreamAndSsrc() throws Exception {
        String sdp = offer(Optional.of(audio(AudioCodec.PCMU)), 0).toSdp();
        assertThat(sdp).contains("a=sendonly\r\n").contains("a=msid:stream track\r\n")
                .contains("a=ssrc:1234 cname:name\r\n").contains("a=ssrc:1234 msid:stream track\r\n")
                .contains("a=extmap:1 urn:ietf:params:rtp-hdrext:ssrc-audio-level\r\n")
                .contains("a=rtcp-mux\r\n").contains("a=setup:active\r\n");
    }

    @Test
    void everyLineEndsAsItShould() throws Exception {
        String sdp = offer(Optional.of(audio(AudioCodec.PCMU)), 1).toSdp();
        assertThat(sdp.replace("\r\n", "")).doesNotContain("\n").doesNotContain("\r");
        assertThat(sdp).startsWith("v=0\r\no=- 77 3 IN IP4 0.0.0.0\r\n");
    }

    @Test
    void anAnswerReaderFindsWhatTheOfferSays() throws Exception {
        Answer back = Answer.parse(offer(Optional.of(audio(AudioCodec.PCMA)), 1).toSdp());
        assertThat(back.credentials()).isEqualTo(new IceCredentials("frag", "a-password-of-22-letters"));
        assertThat(back.fingerprint()).isEqualTo("AA:BB");
        assertThat(back.candidates()).hasSize(1);
        assertThat(back.section("0").orElseThrow().codecs())
                .containsExactly(AudioCodec.PCMA, AudioCodec.OPUS, AudioCodec.PCMU);
        assertThat(back.section("0").orElseThrow().ssrcs()).containsExactly(1234L);
        assertThat(back.section("0").orElseThrow().trackId()).contains("track");
    }

    private static Offer offer(Optional<OfferedAudio> audio, int received) throws Exception {
        return new Offer(77, 3, new IceCredentials("frag", "a-password-of-22-letters"), "AA:BB",
                List.of(IceCandidate.host(InetAddress.getByName("192.0.2.1"), 5000, 0)), audio, received);
    }

    private static OfferedAudio audio(AudioCodec codec) {
        return new OfferedAudio("track", "stream", 1234, "name", List.of(codec));
    }

    private static List<String> kinds(String sdp) {
        return sdp.lines().filter(line -> line.startsWith("m=")).map(line -> line.substring(0, line.indexOf(' '))).toList();
    }
}
