package dev.trunkline.rtc.loop;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.trunkline.rtc.rtp.RtpView;
import dev.trunkline.rtc.rtp.RtpWriter;
import dev.trunkline.rtc.srtp.SrtpSession;
import dev.trunkline.rtc.srtp.SrtpSuite;
import java.lang.management.ManagementFactory;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.DatagramChannel;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Allocations per packet on a loop that receives it, decrypts it, reads it, encrypts it again and sends it back. */
class LoopAllocationTest {
    private static final int WARM = 3_000;
    private static final int PACKETS = 5_000;
    /** The JDK's selector boxes the number of each socket that is ready, 16 octets. */
    private static final int MOST = 32;
    private static final InetAddress HERE = InetAddress.getLoopbackAddress();

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final RtpWriter writer = new RtpWriter(77);
    private final byte[] packet = new byte[300];
    private int sequence;

    @ParameterizedTest
    @EnumSource(SrtpSuite.class)
    void nothingIsAllocatedForAPacket(SrtpSuite suite) throws Exception {
        byte[] salt = new byte[suite.saltLength()];
        SrtpSession here = new SrtpSession(suite, new byte[16], salt, new byte[16], salt);
        SrtpSession there = new SrtpSession(suite, new byte[16], salt, new byte[16], salt);
        RtpView view = new RtpView();
        SocketRegistration[] socket = new SocketRegistration[1];
        try (MediaLoop loop = MediaLoop.start("test-loop"); DatagramSocket peer = new DatagramSocket(0, HERE)) {
            peer.setSoTimeout(20_000);
            DatagramChannel channel = DatagramChannel.open().bind(new InetSocketAddress(HERE, 0));
            socket[0] = loop.register(channel, (from, buffer, length) -> {
                int clear = here.unprotectRtp(buffer, length);
                if (clear > 0 && view.wrap(buffer, clear) && view.payloadLength() == 160) {
                    socket[0].send(from, buffer, 0, here.protectRtp(buffer, clear));
                }
            });
            InetSocketAddress to = (InetSocketAddress) channel.getLocalAddress();
            exchange(peer, to, there, WARM);
            long before = allocated(loop);
            exchange(peer, to, there, PACKETS);
            assertThat((double) (allocated(loop) - before) / PACKETS).isLessThan(MOST);
        }
    }

    private void exchange(DatagramSocket peer, InetSocketAddress to, SrtpSession there, int count) throws Exception {
        DatagramPacket back = new DatagramPacket(new byte[300], 300);
        for (int i = 0; i < count; i++, sequence++) {
            int length = writer.header(packet, 0, false, sequence & 0xffff, sequence * 160L) + 160;
            peer.send(new DatagramPacket(packet, there.protectRtp(packet, length), to));
            peer.receive(back);
        }
    }

    private long allocated(MediaLoop loop) throws Exception {
        CompletableFuture<Long> octets = new CompletableFuture<>();
        loop.execute(() -> octets.complete(threads.getCurrentThreadAllocatedBytes()));
        return octets.get(20, TimeUnit.SECONDS);
    }
}
