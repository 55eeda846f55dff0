package dev.trunkline.rtc.room;

import dev.trunkline.rtc.AudioCodec;
import dev.trunkline.rtc.AudioPublication;
import dev.trunkline.rtc.DisconnectReason;
import dev.trunkline.rtc.JoinRequest;
import dev.trunkline.rtc.RoomListener;
import dev.trunkline.rtc.codec.OpusCodec;
import dev.trunkline.rtc.codec.OpusDecoder;
import dev.trunkline.rtc.codec.OpusEncoder;
import dev.trunkline.rtc.dtls.DtlsLoopback;
import dev.trunkline.rtc.dtls.SrtpKeys;
import dev.trunkline.rtc.ice.IceCredentials;
import dev.trunkline.rtc.loop.MediaLoop;
import dev.trunkline.rtc.rtp.RtpWriter;
import dev.trunkline.rtc.sdp.Answer;
import dev.trunkline.rtc.sdp.SdpException;
import dev.trunkline.rtc.srtp.SrtpSession;
import dev.trunkline.rtc.srtp.SrtpWarmUp;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** Goes once through what a join does, in memory and on loopback, so that no caller waits for it. */
public final class WarmUp {

    private static final Logger LOG = Logger.getLogger(WarmUp.class);

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int FRAME = 160;

    private final RtcContext context;
    private final MediaLoop loop;

    public WarmUp(RtcContext context, MediaLoop loop) {
        this.context = context;
        this.loop = loop;
    }

    /** Blocks for about a second. A failure here would also fail a call: it is logged, and the call will report the cause. */
    public void run() {
        attempt("DTLS and SRTP", this::media);
        attempt("SRTP", SrtpWarmUp::run);
        attempt("Opus", WarmUp::opus);
        attempt("SDP", this::descriptions);
        attempt("a join", this::refusedJoin);
    }

    private interface Part {
        void run() throws IOException, SdpException;
    }

    private static void attempt(String name, Part part) {
        try {
            part.run();
        } catch (Throwable e) {
            LOG.warnf(e, "warming up %s failed", name);
        }
    }

    /** The first handshake of a process loads most of BouncyCastle. */
    private void media() throws IOException {
        for (SrtpKeys.Profile profile : SrtpKeys.Profile.values()) {
            DtlsLoopback.Keys keys = DtlsLoopback.handshake(
                    context.identity(), profile, context.identity().fingerprint(), context.waiting(), PATIENCE);
            SrtpSession sender = new SrtpSession(keys.client());
            SrtpSession receiver = new SrtpSession(keys.server());
            byte[] packet = new byte[RtpWriter.OVERHEAD + FRAME + SrtpSession.TAIL];
            int length = FRAME + new RtpWriter(1, 1).header(packet, 0, true, 1, FRAME, 0);
            receiver.unprotectRtp(packet, sender.protectRtp(packet, length));
        }
    }

    private static void opus() {
        OpusCodec codec = OpusCodec.detect();
        byte[] packet = new byte[OpusEncoder.MAX_FRAME_BYTES];
        try (OpusEncoder encoder = codec.encoder(8000, 24_000, 5, false); OpusDecoder decoder = codec.decoder(8000)) {
            int length = encoder.encode(new short[FRAME], 0, FRAME, packet, 0);
            decoder.decode(packet, 0, length, new short[6 * FRAME]);
        }
    }

    private void descriptions() throws SdpException {
        Negotiation negotiation = new Negotiation(1, context.identity().fingerprint(), List.of(), Optional.empty(),
                IceCredentials.create(context.random()));
        negotiation.sectionsNeeded(1);
        Answer.parse(negotiation.first().offer().toSdp());
    }

    /** A complete room that a server of our own rejects: HTTP client, protocol buffers, socket, beginning and end of a room. */
    private void refusedJoin() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            context.waiting().execute(() -> refuse(server));
            URI uri = URI.create("ws://" + InetAddress.getLoopbackAddress().getHostAddress() + ":" + server.getLocalPort());
            CompletableFuture<Void> released = new CompletableFuture<>();
            JoinRequest request = JoinRequest.of(uri, "none").withLogLabel("warm-up")
                    .publishing(new AudioPublication("warm-up", List.of(AudioCodec.PCMU)));
            RoomSession room =
                    new RoomSession(context, request, loop, new RoomListener() { }, gone -> released.complete(null));
            room.join();
            released.completeOnTimeout(null, PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
            room.leave(DisconnectReason.CLIENT_CLOSED);
        }
    }

    private static void refuse(ServerSocket server) {
        try (Socket socket = server.accept(); OutputStream out = socket.getOutputStream()) {
            byte[] request = new byte[16_384];
            if (socket.getInputStream().read(request) > 0) {
                out.write("HTTP/1.1 503 Warm\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
                        .getBytes(StandardCharsets.US_ASCII));
            }
        } catch (IOException e) {
            LOG.debug("warming up", e);
        }
    }
}
