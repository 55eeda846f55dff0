package dev.trunkline.edge.sip.jain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.edge.sip.DropReason;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GuardedDatagramSocketTest {
    private static final InetAddress HERE = InetAddress.ofLiteral("127.0.0.1");

    private final List<DropReason> drops = new CopyOnWriteArrayList<>();
    private final List<String> seen = new CopyOnWriteArrayList<>();
    private volatile boolean tooMuch;
    private volatile boolean full;
    private GuardedDatagramSocket socket;
    private DatagramSocket sender;

    @BeforeEach
    void open() throws IOException {
        socket = new GuardedDatagramSocket(
                0, HERE, source -> true, new InvitesUnderWay(() -> tooMuch, System::nanoTime), () -> full, drops::add);
        socket.setSoTimeout(10_000);
        sender = new DatagramSocket(new InetSocketAddress(HERE, 0));
    }

    @AfterEach
    void close() {
        socket.close();
        sender.close();
    }

    private void send(byte[] message) throws IOException {
        sender.send(new DatagramPacket(message, message.length, socket.getLocalSocketAddress()));
    }

    private void send(String message) throws IOException {
        send(message.getBytes(StandardCharsets.US_ASCII));
    }

    private static String invite(String branch) {
        return "INVITE sip:1@host SIP/2.0\r\nVia: SIP/2.0/UDP host;branch=z9hG4bK" + branch + "\r\n\r\n";
    }

    private DatagramPacket receive() throws IOException {
        var packet = new DatagramPacket(new byte[8_192], 8_192);
        socket.receive(packet);
        return packet;
    }

    private String text() throws IOException {
        return new String(receive().getData(), StandardCharsets.US_ASCII);
    }

    @Test
    void aPacketIsAsLongAsWhatCame() throws Exception {
        for (int length : new int[] {0, 700, 12, 1_400}) {
            byte[] sent = new byte[length];
            Arrays.fill(sent, (byte) length);
            send(sent);
            DatagramPacket packet = receive();
            assertThat(packet.getData()).isEqualTo(sent);
            assertThat(packet.getLength()).isEqualTo(length);
            assertThat(packet.getPort()).isEqualTo(sender.getLocalPort());
        }
    }

    @Test
    void aRepeatedInviteIsNotSeenTwice() throws Exception {
        send(invite("1"));
        send(invite("1"));
        send("BYE sip:1@host SIP/2.0\r\n\r\n");
        assertThat(text()).isEqualTo(invite("1"));
        assertThat(text()).startsWith("BYE");
        assertThat(drops).containsExactly(DropReason.REPEATED);
    }

    @Test
    void whatIsNoInviteOrHasNoBranchIsAlwaysSeen() throws Exception {
        for (String message : List.of("", "INVITE", "INVITE sip:1@host SIP/2.0\r\nVia: x;branch=1\r\n\r\n",
                "ACK sip:1@host SIP/2.0\r\nVia: x;branch=z9hG4bK1\r\n\r\n")) {
            send(message);
            send(message);
            assertThat(text()).isEqualTo(message);
            assertThat(text()).isEqualTo(message);
        }
        assertThat(drops).isEmpty();
    }

    @Test
    void newInvitesAreDroppedWhileTooMuchWaits() throws Exception {
        tooMuch = true;
        send(invite("1"));
        send("ACK");
        assertThat(text()).isEqualTo("ACK");
        assertThat(drops).containsExactly(DropReason.OVERLOAD);
        tooMuch = false;
        send(invite("1"));
        assertThat(text()).isEqualTo(invite("1"));
    }

    @Test
    void nothingIsSeenWhileNothingMoreCanWait() throws Exception {
        full = true;
        send("BYE");
        Thread receiver = Thread.ofVirtual().start(() -> {
            try {
                seen.add(text());
            } catch (IOException e) {
                seen.add(e.toString());
            }
        });
        while (drops.isEmpty()) {
            Thread.sleep(5);
        }
        full = false;
        send("ACK");
        receiver.join();
        assertThat(seen).containsExactly("ACK");
        assertThat(drops).containsExactly(DropReason.OVERLOAD);
    }

    @Test
    void aRepetitionIsSeenSomeTimeAfterTheResponse() throws Exception {
        send(invite("1"));
        assertThat(text()).isEqualTo(invite("1"));
        byte[] trying = "SIP/2.0 100 Trying\r\nVia: SIP/2.0/UDP host;branch=z9hG4bK1\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
        socket.send(new DatagramPacket(trying, trying.length, sender.getLocalSocketAddress()));
        Thread.sleep(450);
        send(invite("1"));
        assertThat(text()).isEqualTo(invite("1"));
        assertThat(drops).isEmpty();
    }
}
