package dev.trunkline.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class OverlongTest {
    /** The most that UDP carries in an IPv4 packet. */
    private static final int DATAGRAM = 65_507;
    private static final String INVITE = String.join("\r\n",
            "INVITE sip:+3225550199@127.0.0.1:5060 SIP/2.0", "Via: SIP/2.0/UDP 127.0.0.1:40000;branch=z9hG4bK1;rport", "Max-Forwards: 70",
            "From: <sip:+32470000000@127.0.0.1:40000>;tag=1", "To: <sip:+3225550199@127.0.0.1>", "Call-ID: raw-1", "CSeq: 1 INVITE",
            "Contact: <sip:raw@127.0.0.1:40000>", "Content-Type: application/sdp", "Content-Length: 200", "", "x".repeat(200));

    @Test
    void eachHeaderIsInTheMessageOnceAndFitsADatagram() {
        for (String name : Overlong.headers()) {
            for (Map.Entry<String, String> filler : Overlong.fillers().entrySet()) {
                String message = Overlong.withHeader(INVITE, name, filler.getValue());
                assertThat(message.length()).as(name + " " + filler.getKey()).isBetween(INVITE.length() + 600, DATAGRAM);
                assertThat(message.lines().filter(line -> line.startsWith(name + ":")).count()).as(name).isEqualTo(1);
            }
        }
    }

    @Test
    void eachLineOfAnOfferAndWhateverRepeatsFitsADatagram() {
        for (String line : Overlong.sdpLines()) {
            Overlong.fillers(new Random(1)).forEach((name, filler) ->
                    assertThat(Overlong.sdpWith(line, filler).length()).as(line + " with " + name).isBetween(600, DATAGRAM - 1_000));
        }
        Overlong.repeatedHeaders("127.0.0.1:40000").forEach((name, header) ->
                assertThat(header.length()).as(name).isBetween(10_000, DATAGRAM - 1_000));
        Overlong.repeatedSdp().forEach((name, sdp) -> assertThat(sdp.length()).as(name).isBetween(4_000, DATAGRAM - 1_000));
        Overlong.multiparts("v=0\r\n").forEach((name, body) ->
                assertThat(body.body().length()).as(name).isBetween(30_000, DATAGRAM - 5_000));
    }
}
