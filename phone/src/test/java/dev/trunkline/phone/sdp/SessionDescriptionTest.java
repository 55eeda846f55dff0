package dev.trunkline.phone.sdp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.phone.Codec;
import dev.trunkline.phone.Direction;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SessionDescriptionTest {

    @Test
    void readsTheAudioSection() {
        SessionDescription session = SessionDescription.parse("v=0\r\no=- 1 1 IN IP4 10.0.0.1\r\ns=-\r\nc=IN IP4 10.0.0.1\r\nt=0 0\r\na=sendonly\r\n"
                + "m=video 9000 RTP/AVP 96\r\nc=IN IP4 10.0.0.9\r\na=inactive\r\n"
                + "m=audio 4000 RTP/AVP 18 8 0 96\r\nc=IN IP4 127.0.0.7\r\na=rtpmap:96 telephone-event/8000\r\n"
                + "m=audio 5000 RTP/AVP 0\r\na=recvonly\r\n").orElseThrow();

        assertThat(session.media()).isEqualTo(new InetSocketAddress("127.0.0.7", 4000));
        assertThat(session.payloadTypes()).containsExactly(18, 8, 0, 96);
        assertThat(session.codec()).contains(Codec.PCMA);
        assertThat(session.telephoneEvent()).hasValue(96);
        assertThat(session.direction()).isEqualTo(Direction.SENDONLY);
    }

    @Test
    void takesTheSessionsAddressAndItsOwnDirection() {
        SessionDescription session = SessionDescription.parse("c=IN IP6 ::1\nm=audio 0 RTP/AVP 0\na=recvonly\n").orElseThrow();

        assertThat(session.media().getAddress().getHostAddress()).isEqualTo("0:0:0:0:0:0:0:1");
        assertThat(session.media().getPort()).isZero();
        assertThat(session.direction()).isEqualTo(Direction.RECVONLY);
        assertThat(session.telephoneEvent()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "v=0", "m=audio 4000 RTP/AVP 0", "c=IN IP4 127.0.0.1", "c=IN IP4 127.0.0.1\nm=audio x RTP/AVP 0", "c=IN IP4 127.0.0.1\nm=audio 99999 RTP/AVP 0", "c=IN IP4 [\nm=audio 4 RTP/AVP 0"})
    void passesOverWhatHasNoAudio(String sdp) {
        assertThat(SessionDescription.parse(sdp)).isEmpty();
    }

    @Test
    void writesWhatItReads() {
        String sdp = SessionDescription.write(new InetSocketAddress("127.0.0.1", 4002), 3, List.of(Codec.PCMA, Codec.TELEPHONE_EVENT), 97, Direction.SENDONLY);

        assertThat(sdp).contains("m=audio 4002 RTP/AVP 8 97\r\n", "a=rtpmap:8 PCMA/8000\r\n", "a=fmtp:97 0-15\r\n", "o=phone 4002 3 IN IP4 127.0.0.1\r\n");
        SessionDescription back = SessionDescription.parse(sdp).orElseThrow();
        assertThat(back.codec()).contains(Codec.PCMA);
        assertThat(back.telephoneEvent()).hasValue(97);
        assertThat(back.direction()).isEqualTo(Direction.SENDONLY);
    }

    @ParameterizedTest
    @EnumSource(Direction.class)
    void answersADirectionWithItsCounterpart(Direction direction) {
        assertThat(direction.answer().answer()).isEqualTo(direction);
        assertThat(direction == Direction.SENDONLY).isEqualTo(direction.answer() == Direction.RECVONLY);
    }
}
