package dev.trunkline.phone.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.phone.AudioSource;
import dev.trunkline.phone.Codec;
import dev.trunkline.phone.ReceivedDigit;
import dev.trunkline.phone.audio.Waveform;
import dev.trunkline.phone.loop.EventLoop;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EchoPaceTest {
    private final EchoPace pace = new EchoPace();

    @Test
    void whatComesInTimeIsEchoedWhateverItsLength() {
        for (int frames : new int[] {1, 2, 3, 5}) {
            for (int i = 0; i < 100; i++) {
                assertThat(pace.takes(frames * Waveform.FRAME)).isTrue();
                for (int tick = 0; tick < frames; tick++) {
                    pace.tick();
                }
            }
        }
    }

    @Test
    void moreThanTimeGoesByIsNot() {
        int taken = 0;
        for (int tick = 0; tick < 100; tick++) {
            for (int i = 0; i < 50; i++) {
                taken += pace.takes(Waveform.FRAME) ? 1 : 0;
            }
            pace.tick();
        }
        assertThat(taken).isEqualTo(99 + EchoPace.MOST_AT_ONCE / Waveform.FRAME);
    }

    @Test
    void anEchoThatIsEchoedGoesRoundNoFasterThanSpeech() throws Exception {
        InetAddress here = InetAddress.getLoopbackAddress();
        var quiet = new RtpSession.Listener() {
            @Override
            public void firstPacket() {}

            @Override
            public void digit(ReceivedDigit digit) {}

            @Override
            public void echo(double delayMillis) {}
        };
        try (var loop = new EventLoop("test-rtp"); var pacer = new Pacer("test-pacer"); var far = new DatagramSocket(0, here)) {
            var session = new RtpSession(loop, pacer, here, new AudioSource.Echo(), List.of(), false, new Random(1), quiet);
            session.talkTo((InetSocketAddress) far.getLocalSocketAddress(), Codec.PCMU, OptionalInt.empty(), true);
            far.setSoTimeout(100);
            ByteBuffer speech = ByteBuffer.allocate(RtpPacket.HEADER_BYTES + Waveform.FRAME);
            new RtpPacket(Codec.PCMU.payloadType(), false, 1, 160, 7).write(speech);
            long begun = System.nanoTime();
            for (int i = 0; i < 5; i++) {
                far.send(new DatagramPacket(speech.array(), speech.capacity(), session.local()));
            }
            while (System.nanoTime() - begun < 1_000_000_000L) {
                var packet = new DatagramPacket(new byte[512], 512);
                try {
                    far.receive(packet);
                } catch (SocketTimeoutException e) {
                    // More packets circulated than there was time for; start one again.
                    packet = new DatagramPacket(speech.array(), speech.capacity());
                }
                packet.setSocketAddress(session.local());
                far.send(packet);
            }
            long frames = (System.nanoTime() - begun) / 20_000_000L;
            assertThat(session.report().packetsSent()).isBetween(5L, frames + EchoPace.MOST_AT_ONCE / Waveform.FRAME + 5);
            session.close();
        }
    }
}
