package dev.trunkline.relay.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.trunkline.relay.PhonePacket;
import dev.trunkline.relay.audio.FrameDecoder;
import dev.trunkline.relay.audio.G711Encoder;
import dev.trunkline.relay.audio.Mixer;
import dev.trunkline.relay.audio.PacketCutter;
import dev.trunkline.relay.audio.SpeakerQueue;
import dev.trunkline.relay.ports.PortPair;
import dev.trunkline.relay.ports.PortPool;
import dev.trunkline.relay.ports.PortRange;
import dev.trunkline.relay.ports.RtpBinding;
import dev.trunkline.relay.rtp.TrustedSources;
import dev.trunkline.relay.sdp.MediaDirection;
import dev.trunkline.relay.sdp.PhoneCodec;
import dev.trunkline.rtc.AudioCodec;
import dev.trunkline.rtc.codec.G711;
import dev.trunkline.rtc.codec.OpusCodec;
import dev.trunkline.rtc.codec.OpusDecoder;
import dev.trunkline.rtc.loop.MediaLoop;
import dev.trunkline.rtc.rtp.RtpView;
import dev.trunkline.rtc.srtp.SrtpSession;
import dev.trunkline.rtc.srtp.SrtpSuite;
import java.lang.management.ManagementFactory;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * What a call's packets allocate on their way between phone and room, including keys, levels and sockets, together with what a
 * call does every 20 ms and every second. The time is simulated, so minutes of a call pass in a moment.
 */
class PacketAllocationTest {
    /** A packet's share of what a call produces each second: statistics, reports and a heartbeat. */
    private static final int SHARE = 16;
    private static final int WARM_FRAMES = 3_000;
    private static final int FRAMES = 10_000;
    private static final long FRAME_NANOS = 20_000_000;
    private static final InetAddress HERE = InetAddress.getLoopbackAddress();

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final MediaLoop loop = MediaLoop.start("test-loop", (where, fault) -> { });
    private final OpusCodec opus = OpusCodec.detect();
    private final AtomicLong now = new AtomicLong(1_000_000_000L);

    @AfterEach
    void stop() {
        loop.close();
    }

    /** The caller's track: its packets are written, encrypted and counted. */
    private static final class SealingTrack extends WrittenTrack {
        private final SrtpSession keys = session();
        private long sealed;

        @Override
        void written(byte[] packet, int length) {
            sealed += keys.protectRtp(packet, length) > 0 ? 1 : 0;
        }
    }

    private static SrtpSession session() {
        return new SrtpSession(SrtpSuite.AEAD_AES_128_GCM, new byte[16], new byte[12], new byte[16], new byte[12]);
    }

    /** A call that receives its packets one after the other, on its loop. */
    private final class Call {
        private final SealingTrack track = new SealingTrack();
        private final PhonePacket ofPhone = new PhonePacket(7);
        private final PhonePacket ofSpeaker = new PhonePacket(9);
        private final SrtpSession ofServer = session();
        private final SrtpSession ofRoom = session();
        private final RtpView view = new RtpView(1);
        private final byte[] tone = new byte[160];
        private final InetSocketAddress phone;
        private final CallMedia media;
        private int frame;

        Call(int port) {
            phone = new InetSocketAddress(HERE, port);
            var pool = new PortPool(new PortRange(17_940, 17_949), Duration.ZERO, Clock.systemUTC(), new Random(4));
            var shop = new MediaShop(
                    opus, Duration.ofHours(9), Duration.ofHours(9), 10, false, Clock.systemUTC(), now::get, new Random(2),
                    (kind, by) -> { }, (where, fault) -> { });
            media = shop.open(
                    loop, PortPair.open(pool, RtpBinding.of(HERE)).orElseThrow(),
                    TestMedia.of(PhoneCodec.PCMU, 0, 20, phone, MediaDirection.SENDRECV), Optional.empty(),
                    new TrustedSources(Optional.of(HERE), false), new SilentListener());
            media.start();
            media.answered();
            media.attach(track);
        }

        void pass(int frames, AudioCodec spoken, List<byte[]> payloads) {
            for (int i = 0; i < frames; i++, frame++) {
                long time = now.addAndGet(FRAME_NANOS);
                media.takeRtp(phone, ofPhone.buffer(), ofPhone.of(0, false, frame & 0xffff, 160L * frame, tone));
                int length = ofSpeaker.of(
                        spoken.payloadType(), false, frame & 0xffff, (long) spoken.clockRate() / 50 * frame,
                        payloads.get(i % payloads.size()));
                length = ofRoom.unprotectRtp(ofSpeaker.buffer(), ofServer.protectRtp(ofSpeaker.buffer(), length));
                if (length > 0 && view.wrap(ofSpeaker.buffer(), length)) {
                    media.roomAudio("TR_agent", view);
                }
                media.beat(time);
            }
        }
    }

    private interface Work {
        void run() throws Exception;
    }

    /** Runs the work on the loop. @return octets that the work allocated there */
    private long allocated(Work work) throws Exception {
        CompletableFuture<Long> done = new CompletableFuture<>();
        loop.execute(() -> {
            try {
                long before = threads.getCurrentThreadAllocatedBytes();
                work.run();
                done.complete(threads.getCurrentThreadAllocatedBytes() - before);
            } catch (Throwable fault) {
                done.completeExceptionally(fault);
            }
        });
        return done.get(120, TimeUnit.SECONDS);
    }

    /** @return octets allocated per packet */
    private double through(AudioCodec spoken, List<byte[]> payloads) throws Exception {
        try (var phone = new DatagramSocket(0, HERE)) {
            var call = new Call(phone.getLocalPort());
            allocated(() -> call.pass(WARM_FRAMES, spoken, payloads));
            long packets = call.media.stats().packetsSent() + call.track.sealed;
            long octets = allocated(() -> call.pass(FRAMES, spoken, payloads));
            packets = call.media.stats().packetsSent() + call.track.sealed - packets;
            assertThat(packets).as("packets that came through").isBetween(2L * FRAMES - 200, 2L * FRAMES + 200);
            call.media.close(() -> { });
            return (double) octets / packets;
        }
    }

    @Test
    void g711AllocatesNothingEitherWay() throws Exception {
        assertThat(through(AudioCodec.PCMU, List.of(new byte[160]))).isLessThan(SHARE);
    }

    /** libopus allocates nothing. Its substitute Concentus does, and how much depends on how it is compiled. */
    @Test
    void opusToG711AllocatesNothingBesidesWhatTheDecoderDoes() throws Exception {
        List<byte[]> payloads = PacketPathCost.opusFrames(opus);
        double decoder = decoding(payloads);
        // One of every two packets is decoded.
        assertThat(through(AudioCodec.OPUS, payloads)).isLessThan(1.5 * decoder / 2 + SHARE);
    }

    /** Whatever the decoder, packets wait, are put in order, cut into frames, mixed and encoded. */
    @Test
    void whatIsAroundADecoderAllocatesNothing() throws Exception {
        try (var queue = new SpeakerQueue(48_000, new Humming())) {
            var mixer = new Mixer(8_000);
            var cutter = new PacketCutter(8_000, 20);
            var encoder = new G711Encoder(G711.PCMU);
            byte[] out = new byte[160];
            int[] sequence = new int[1];
            int[] mixed = new int[1];
            Work work = () -> {
                for (int i = 0; i < FRAMES; i++) {
                    long time = now.addAndGet(FRAME_NANOS);
                    queue.put(sequence[0] & 0xffff, 960L * sequence[0]++, out, 0, 80, time);
                    mixer.begin();
                    if (queue.draw(time)) {
                        mixer.add(queue.frame(), 0);
                        queue.taken();
                        mixed[0]++;
                    }
                    cutter.add(mixer.mixed());
                    encoder.encode(cutter.samples(), 0, 160, out, 0);
                    cutter.cut();
                }
            };
            allocated(work);
            assertThat(allocated(work)).isLessThan(FRAMES);
            assertThat(mixed[0]).isGreaterThan(FRAMES);
        }
    }

    /** A decoder that always decodes the same 20 ms. */
    private static final class Humming implements FrameDecoder {
        @Override
        public int sampleRate() {
            return 8_000;
        }

        @Override
        public int decode(byte[] payload, int offset, int length, short[] pcm, int at) {
            return 160;
        }

        @Override
        public int conceal(short[] pcm, int at, int samples) {
            return samples;
        }
    }

    /** @return octets per packet that the decoder alone allocates */
    private double decoding(List<byte[]> payloads) throws Exception {
        var pcm = new short[8 * OpusDecoder.MAX_PACKET_MILLIS];
        long octets = allocated(() -> {
            try (OpusDecoder decoder = opus.decoder(8_000)) {
                for (int i = 0; i < FRAMES; i++) {
                    byte[] payload = payloads.get(i % payloads.size());
                    decoder.decode(payload, 0, payload.length, pcm);
                }
            }
        });
        return (double) octets / FRAMES;
    }
}
