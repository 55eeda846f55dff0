package dev.trunkline.rtc.room;

import dev.trunkline.rtc.AudioCodec;
import dev.trunkline.rtc.RoomListener;
import dev.trunkline.rtc.rtp.RtpView;
import java.util.Optional;

/** The last step of a received packet's path: counts the packet and passes it to the listener. */
final class AudioReceiver {

    private final Subscriptions subscriptions;
    private final RoomListener listener;
    private final Counter packets = new Counter();
    private final Counter octets = new Counter();

    AudioReceiver(Subscriptions subscriptions, RoomListener listener) {
        this.subscriptions = subscriptions;
        this.listener = listener;
    }

    /** @return false if no track has the packet's SSRC, or we did not offer its payload type */
    boolean receive(RtpView packet) {
        Optional<Subscriptions.Stream> stream = subscriptions.find(packet.ssrc());
        Optional<AudioCodec> codec = packet.codec();
        if (stream.isEmpty() || codec.isEmpty()) {
            return false;
        }
        stream.get().received(packet.sequence(), packet.timestamp(), codec.get().clockRate(), System.nanoTime());
        packets.increment();
        octets.add(packet.payloadLength());
        if (packet.payloadLength() > 0) {
            listener.audioReceived(stream.get().track(), packet);
        }
        return true;
    }

    long packets() {
        return packets.get();
    }

    long octets() {
        return octets.get();
    }
}
