package dev.trunkline.relay.bridge;

import dev.trunkline.relay.PhonePacket;
import dev.trunkline.relay.ports.PortPair;
import dev.trunkline.relay.ports.PortPool;
import dev.trunkline.relay.ports.RtpBinding;
import dev.trunkline.relay.rtp.TrustedSources;
import dev.trunkline.relay.sdp.MediaDirection;
import dev.trunkline.relay.sdp.PhoneCodec;
import dev.trunkline.rtc.AudioCodec;
import dev.trunkline.rtc.loop.MediaLoop;
import dev.trunkline.rtc.loop.SocketRegistration;
import dev.trunkline.rtc.rtp.RtpView;
import dev.trunkline.rtc.srtp.SrtpSession;
import dev.trunkline.rtc.srtp.SrtpSuite;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.Optional;

/**
 * A call as in a running relay, between a phone's socket and a media server's, with a track and a socket in place of a room: packets
 * to and from the server are SRTP under the suite that LiveKit negotiates. The code that creates this plays phone and server.
 */
final class BridgedCall implements AutoCloseable {
    private static final InetAddress HERE = InetAddress.getLoopbackAddress();
    private static final byte[] KEY = new byte[16];
    private static final byte[] SALT = new byte[12];

    private final CallMedia media;
    private final DatagramChannel phone;
    private final DatagramChannel server;
    private final SrtpSession ofServer = new SrtpSession(SrtpSuite.AEAD_AES_128_GCM, KEY, SALT, KEY, SALT);
    private final SrtpSession ofRoom = new SrtpSession(SrtpSuite.AEAD_AES_128_GCM, KEY, SALT, KEY, SALT);
    private final SocketRegistration room;
    private final RtpView view = new RtpView(1);
    private final PhonePacket ofPhone = new PhonePacket(7);
    private final PhonePacket ofSpeaker = new PhonePacket(9);
    private final ByteBuffer direct = ByteBuffer.allocateDirect(1_500);
    private final AudioCodec codec;
    private int said;
    private int played;
    private long toPhone;
    private long toServer;

    /** @param codec codec of the room's track and of the speaker in the room; the phone has PCMU */
    BridgedCall(MediaShop shop, MediaLoop loop, PortPool pool, AudioCodec codec) throws IOException {
        this.codec = codec;
        PortPair ports = PortPair.open(pool, RtpBinding.of(HERE)).orElseThrow();
        phone = bound().connect(new InetSocketAddress(HERE, ports.port()));
        DatagramChannel ofTheRoom = bound();
        server = bound().connect(ofTheRoom.getLocalAddress());
        phone.configureBlocking(false);
        server.configureBlocking(false);
        InetSocketAddress phoneAddress = (InetSocketAddress) phone.getLocalAddress();
        media = shop.open(
                loop, ports, TestMedia.of(PhoneCodec.PCMU, 0, 20, phoneAddress, MediaDirection.SENDRECV), Optional.empty(),
                new TrustedSources(Optional.of(HERE), false), new SilentListener());
        room = loop.register(ofTheRoom, this::fromServer);
        media.start();
        media.answered();
        media.attach(new Track((InetSocketAddress) server.getLocalAddress()));
    }

    private static DatagramChannel bound() throws IOException {
        return DatagramChannel.open().bind(new InetSocketAddress(HERE, 0));
    }

    private void fromServer(InetSocketAddress from, byte[] buffer, int length) {
        int clear = ofRoom.unprotectRtp(buffer, length);
        if (clear > 0 && view.wrap(buffer, clear)) {
            media.roomAudio("TR_agent", view);
        }
    }

    /** The caller's track: its packets are written, encrypted and sent. */
    private final class Track extends WrittenTrack {
        private final InetSocketAddress to;

        Track(InetSocketAddress to) {
            this.to = to;
        }

        @Override
        void written(byte[] packet, int length) {
            room.send(to, packet, 0, ofRoom.protectRtp(packet, length));
        }
    }

    /** Sends the phone's next 20 ms. */
    void phoneSays(byte[] payload) throws IOException {
        write(phone, ofPhone.of(0, said == 0, said, 160L * said, payload), ofPhone.buffer());
        said++;
    }

    /** Sends the next 20 ms of the speaker in the room. */
    void roomPlays(byte[] payload) throws IOException {
        int length = ofSpeaker.of(codec.payloadType(), played == 0, played, (long) codec.clockRate() / 50 * played, payload);
        played++;
        write(server, ofServer.protectRtp(ofSpeaker.buffer(), length), ofSpeaker.buffer());
    }

    private void write(DatagramChannel to, int length, byte[] packet) throws IOException {
        to.write(direct.clear().put(packet, 0, length).flip());
    }

    /** Receives everything that has arrived at phone and server. */
    void listen() throws IOException {
        while (phone.read(direct.clear()) > 0) {
            toPhone++;
        }
        while (server.read(direct.clear()) > 0) {
            toServer++;
        }
    }

    /** Returns the number of packets that the phone has received so far. */
    long toPhone() {
        return toPhone;
    }

    /** Returns the number of packets that the server has received so far. */
    long toServer() {
        return toServer;
    }

    @Override
    public void close() throws IOException {
        media.close(() -> { });
        room.close();
        phone.close();
        server.close();
    }
}
