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

    @Test
    void keepsWhatTheRelayNeeds() {
        String needed = "v=0\r\no=- 1 2 IN IP6 2001:db8::1\r\ns=-\r\nc=IN IP6 2001:db8::1\r\nb=AS:84\r\nt=0 0\r\n"
                + "a=group:ANAT 1 2\r\nm=audio 4000 RTP/SAVP 9 0 101\r\na=mid:1\r\na=rtpmap:9 G722/8000\r\na=fmtp:101 0-16\r\n"
                + "a=ptime:20\r\na=maxptime:150\r\na=rtcp:4001 IN IP4 192.0.2.1\r\na=rtcp-mux\r\na=sendonly\r\n"
                + "a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:AAAA\r\nm=image 0 udptl t38\r\n";
        assertThat(Sdp.scrubbed(needed)).isEqualTo(needed);
    }

    @Test
    void nothingElseTravels() {
        String sdp = "v=0\r\no=Anna 32475112233 x IN IP4 192.0.2.1\r\nt=call Anna\r\nb=Anna\r\nr=7d 1h 0 25h\r\nz=0 1h\r\n"
                + "m=audio 4000 RTP/AVP 0\r\na=x-caller:+32475112233\r\na=ssrc:1 cname:anna@pbx\r\na=candidate:1 1 UDP 1 10.0.0.7 9"
                + " typ host\r\na=ice-pwd:secret\r\nX=1\r\na=fmtp:0 \u001b[31m\r\na=fmtp:0 " + "x".repeat(2_000) + "\r\n";
        assertThat(Sdp.scrubbed(sdp)).isEqualTo("v=0\r\no=-\r\nm=audio 4000 RTP/AVP 0\r\n");
    }

    @Test
    void whatTheRelayMustRefuseIsStillThereAndSaysNothing() {
        assertThat(Sdp.scrubbed("c=IN IP4 Anna's phone\r\nm=+32475112233\r\nm=audio 1 RTP/AVP" + " 0".repeat(2_000)))
                .startsWith("c=-\r\nm=-\r\nm=audio 1 RTP/AVP 0 0")
                .hasSizeLessThan(1_200);
    }
}
