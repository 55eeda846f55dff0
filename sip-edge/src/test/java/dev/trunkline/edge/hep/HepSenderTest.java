package dev.trunkline.edge.hep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.events.CallId;
import dev.trunkline.events.CallMessage;
import dev.trunkline.sip.net.HostPort;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class HepSenderTest {
    private static final CallMessage MESSAGE = new CallMessage(new CallId(UUID.fromString("019a8c3e-5b7d-7c41-9d2e-3f1a2b4c5d6e")), "edge-1",
            Instant.ofEpochSecond(1_700_000_000L), false, "udp", "203.0.113.7:5060", "198.51.100.4:5062", "ACK sip:a@b SIP/2.0\r\n\r\n", false);
    private static final int PATIENCE_MILLIS = 10_000;
    private static final long PAUSE_NANOS = 10_000_000;

    private final AtomicInteger leftOut = new AtomicInteger();

    private HepSender to(String host, int port) {
        return new HepSender(new HostPort(host, port), 2001, Optional.empty(), leftOut::incrementAndGet, System::nanoTime);
    }

    /** Messages sent before the host name is resolved are lost, so the test repeats the message until one arrives. */
    @Test
    void homerGetsTheMessage() throws Exception {
        try (DatagramSocket homer = new DatagramSocket(0, InetAddress.getLoopbackAddress());
                HepSender sender = to("localhost", homer.getLocalPort())) {
            var packet = new DatagramPacket(new byte[65_535], 65_535);
            var sending = Thread.ofVirtual().start(() -> {
                while (!Thread.currentThread().isInterrupted()) {
                    sender.accept(MESSAGE);
                    LockSupport.parkNanos(PAUSE_NANOS);
                }
            });
            homer.setSoTimeout(PATIENCE_MILLIS);
            homer.receive(packet);
            sending.interrupt();
            sending.join();

            assertThat(HepPacketTest.chunks(ByteBuffer.wrap(packet.getData(), 0, packet.getLength()).slice()).get(0x0f))
                    .asString(StandardCharsets.UTF_8)
                    .isEqualTo(MESSAGE.text());
        }
    }

    @Test
    void whoseNameNobodyKnowsCostsACountAndNoWait() {
        try (HepSender sender = to("homer.invalid", HepSender.PORT)) {
            sender.accept(MESSAGE);
            sender.accept(MESSAGE);
        }
        assertThat(leftOut).hasValue(2);
    }
}
