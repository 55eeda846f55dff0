package dev.trunkline.edge.sdp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SdpTest {
    @Test
    void namesNobodyAfterwards() {
        String sdp = "v=0\r\no=+32475112233 1 2 IN IP4 192.0.2.1\r\ns=Anna's call\r\ni=about\r\nu=http://anna\r\n"
                + "e=anna@example\r\np=+32 475\r\nc=IN IP4 192.0.2.1\r\nt=0 0\r\nk=clear:x\r\na=key-mgmt:mikey AQAFgM0XflABAAAA\r\n"
                + "m=audio 4000 RTP/AVP 0\r\ni=line\r\na=rtpmap:0 PCMU/8000\r\n";
        assertThat(Sdp.scrubbed(sdp)).isEqualTo("v=0\r\no=- 1 2 IN IP4 192.0.2.1\r\ns=-\r\nc=IN IP4 192.0.2.1\r\n"
                + "t=0 0\r\nm=audio 4000 RTP/AVP 0\r\na=rtpmap:0 PCMU/8000\r\n");
    }

    @Test
    void takesAnyLineEndAndNoNonsense() {
        assertThat(Sdp.scrubbed("v=0\no=x\ngarbage\n=\n\nm=audio 1 RTP/AVP 0")).isEqualTo(
                "v=0\r\no=-\r\nm=audio 1 RTP/AVP 0\r\n");
        assertThat(Sdp.scrubbed("")).isEmpty();
    }
}
