package dev.trunkline.sip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trunkline.sip.message.OutgoingResponse;
import dev.trunkline.sip.message.SipRequest;
import dev.trunkline.sip.net.DropReason;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class UdpTest {
    private static final int PORT = 22690;

    private LoopbackStack open;
    private DatagramSocket phone;

    @BeforeEach
    void open() throws IOException {
        open = new LoopbackStack(LoopbackStack.LIMITS, Optional.empty(), "udp:127.0.0.1:" + PORT);
        phone = new DatagramSocket(new InetSocketAddress("127.0.0.1", 0));
        phone.setSoTimeout(10_000);
    }

    @AfterEach
    void close() {
        phone.close();
        open.close();
    }

    private void send(String method, String branch) throws IOException {
        byte[] request = ("""
                %1$s sip:1@127.0.0.1 SIP/2.0
                Via: SIP/2.0/UDP 127.0.0.1:%2$d;branch=z9hG4bK%3$s
                From: <sip:a@b>;tag=1
                To: <sip:c@d>
                Call-ID: %3$s
                CSeq: 1 %1$s
                Contact: <sip:a@127.0.0.1:%2$d>
                Max-Forwards: 70
                Content-Length: 0

                """.formatted(method, phone.getLocalPort(), branch).replace("\n", "\r\n")).getBytes(StandardCharsets.US_ASCII);
        phone.send(new DatagramPacket(request, request.length, new InetSocketAddress("127.0.0.1", PORT)));
    }

    private DatagramPacket receive() throws IOException {
        var packet = new DatagramPacket(new byte[4_096], 4_096);
        phone.receive(packet);
        return packet;
    }

    private static String firstLine(DatagramPacket packet) {
        return new String(packet.getData(), 0, packet.getLength(), StandardCharsets.US_ASCII).lines().findFirst().orElse("");
    }

    @Test
    void everyResponseComesFromThePortThatWasAsked() throws Exception {
        for (String method : new String[] {"OPTIONS", "INVITE"}) {
            send(method, method);
            DatagramPacket answer = receive();
            assertThat(firstLine(answer)).isEqualTo("SIP/2.0 200 OK");
            assertThat(answer.getPort()).isEqualTo(PORT);
        }
    }

    @Test
    void whatComesAfterItHasSettledIsAsIfLost() throws Exception {
        send("INVITE", "before");
        assertThat(firstLine(receive())).isEqualTo("SIP/2.0 200 OK");
        assertThat(open.transport.settle(Duration.ofSeconds(10))).isTrue();
        send("INVITE", "after");
        phone.setSoTimeout(500);
        assertThatThrownBy(this::receive).isInstanceOf(SocketTimeoutException.class);
        assertThat(open.drops).isEmpty();
    }

    @Test
    void aRepetitionThatCrossesWithTheResponseIsDroppedAndALaterOneDrawsItAgain() throws Exception {
        open.reply = OutgoingResponse.of(486).tagged("us");
        send("INVITE", "again");
        assertThat(firstLine(receive())).isEqualTo("SIP/2.0 486 Busy Here");
        while (open.drops.isEmpty()) {
            send("INVITE", "again");
            Thread.sleep(20);
        }
        assertThat(open.drops).containsOnly(DropReason.REPEATED);
        Thread.sleep(450);
        send("INVITE", "again");
        assertThat(firstLine(receive())).isEqualTo("SIP/2.0 486 Busy Here");
        assertThat(open.requests.stream().map(SipRequest::method)).containsExactly("INVITE");
    }
}
