package dev.trunkline.edge.whole;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.events.Trunk;
import dev.trunkline.sip.torture.TortureMessages;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each message of RFC 4475, sent to a running edge by UDP; the result of the parser for each is in docs/rfc4475.md of sip-stack. */
@TestInstance(Lifecycle.PER_CLASS)
class Rfc4475Test {
    private static final int SIP = 22560;

    private KafkaOfTests kafka;
    private PlayedSuite suite;
    private RunningEdge edge;

    @BeforeAll
    void start() throws Exception {
        kafka = new KafkaOfTests(22550);
        suite = new PlayedSuite(kafka.address);
        suite.trunk(new Trunk("t1", "demo", List.of("127.0.0.1/32"), Optional.of("BE"), List.of()));
        edge = new RunningEdge(kafka.address.bootstrapServers(), "edge-t", SIP, Map.of("trunkline.sip.deadline", "0.2S"));
    }

    @AfterAll
    void stop() {
        edge.close();
        suite.close();
        kafka.close();
    }

    /** @param status of the first response; 0 for none, 100 for a call that begins */
    @ParameterizedTest
    @CsvSource({
        // Section 3.1.1, valid.
        "wsinv, 481", "intmeth, 501", "esc01, 100", "escnull, 405", "esc02, 501", "lwsdisp, 200", "longreq, 100",
        "dblreq, 405", "semiuri, 200", "transports, 200", "mpart01, 405", "unreason, 0", "noreason, 0",
        // Section 3.1.2, invalid.
        "badinv01, 400", "clerr, 400", "ncl, 400", "scalar02, 400", "scalarlg, 0", "quotbal, 400", "ltgtruri, 400",
        "lwsruri, 400", "lwsstart, 400", "trws, 400", "escruri, 400", "baddate, 100", "regbadct, 400", "badaspec, 400",
        "baddn, 400", "badvers, 505", "mismatch01, 400", "mismatch02, 400", "bigcode, 0",
        // Section 3.2, transactions.
        "badbranch, 200",
        // Section 3.3, application-layer semantics.
        "insuf, 400", "unkscm, 416", "novelsc, 416", "unksm2, 405", "bext01, 420", "invut, 415", "regaut01, 405",
        "multi01, 400", "mcl01, 400", "bcast, 0", "zeromf, 200", "cparam01, 405", "cparam02, 405", "regescrt, 405",
        "sdp01, 406",
        // Section 3.4, RFC 2543.
        "inv2543, 100",
    })
    void getsItsAnswer(String name, int status) throws Exception {
        try (var socket = new DatagramSocket(new InetSocketAddress("127.0.0.1", 0))) {
            send(socket, TortureMessages.of(name, socket.getLocalPort()));
            if (status == 0) {
                // The next response answers this request, so the previous message got none.
                send(socket, ("OPTIONS sip:127.0.0.1 SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.1:" + socket.getLocalPort()
                        + ";branch=z9hG4bKafter" + name + "\r\nFrom: <sip:a@b>;tag=1\r\nTo: <sip:c@d>\r\nCall-ID: after-"
                        + name + "\r\nCSeq: 1 OPTIONS\r\nMax-Forwards: 70\r\nContent-Length: 0\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
                assertThat(receive(socket)).contains("Call-ID: after-" + name);
            } else {
                String answer = receive(socket);
                if (answer.startsWith("SIP/2.0 100") && status != 100) {
                    answer = receive(socket);
                }
                assertThat(answer).startsWith("SIP/2.0 " + status + " ");
                if (status == 100) {
                    // The INVITE was published with its session description, and nobody decided it.
                    assertThat(receive(socket)).startsWith("SIP/2.0 503 ").contains("text=\"deadline\"");
                }
            }
        }
    }

    private static void send(DatagramSocket socket, byte[] bytes) throws Exception {
        socket.send(new DatagramPacket(bytes, bytes.length, new InetSocketAddress("127.0.0.1", SIP)));
    }

    private static String receive(DatagramSocket socket) throws Exception {
        var packet = new DatagramPacket(new byte[16_384], 16_384);
        socket.setSoTimeout(5000);
        try {
            socket.receive(packet);
        } catch (SocketTimeoutException e) {
            return "nothing came";
        }
        return new String(packet.getData(), 0, packet.getLength(), StandardCharsets.ISO_8859_1);
    }

    @Test
    void theSecondRequestOfADatagramIsNone() throws Exception {
        try (var socket = new DatagramSocket(new InetSocketAddress("127.0.0.1", 0))) {
            byte[] two = TortureMessages.of("dblreq", socket.getLocalPort());
            var again = new String(two, StandardCharsets.ISO_8859_1).replace("z9hG4bK", "z9hG4bKtwo")
                    .replace("dblreq.", "dblreq2.");
            send(socket, again.getBytes(StandardCharsets.ISO_8859_1));
            assertThat(receive(socket)).startsWith("SIP/2.0 405 ").contains("REGISTER");
            socket.setSoTimeout(300);
            assertThat(suite.raw).noneMatch(event -> event.contains("joe@example.com"));
        }
    }

    @Test
    void theDocumentHasThemAll() throws Exception {
        String document = Files.readString(Path.of("../sip-stack/docs/rfc4475.md"));
        assertThat(TortureMessages.NAMES).hasSize(49).allMatch(name -> document.contains("| " + name + " |"));
    }
}
