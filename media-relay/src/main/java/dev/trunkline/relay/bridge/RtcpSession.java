package dev.trunkline.relay.bridge;

import dev.trunkline.relay.bridge.PacketCounts.Kind;
import dev.trunkline.relay.rtp.RtcpLatch;
import dev.trunkline.relay.rtp.RtcpReader;
import dev.trunkline.relay.rtp.RtcpWriter;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.Optional;

/** RTCP with the phone: reads its reports and sends ours. Lives on the media loop. */
final class RtcpSession {
    private final PhoneSide phone;
    private final PhonePort port;
    private final RtcpWriter writer;
    private final RtcpReader reader;
    private final Clock clock;
    private final RtcpLatch latch;

    RtcpSession(PhoneSide phone, PhonePort port, long ssrc, String cname, Clock clock) {
        this.phone = phone;
        this.port = port;
        this.writer = new RtcpWriter(ssrc, cname);
        this.reader = new RtcpReader(ssrc);
        this.clock = clock;
        this.latch = new RtcpLatch(phone.latch);
    }

    void packet(InetSocketAddress from, byte[] buffer, int length, long nowNanos) {
        if (!latch.accepts(from)) {
            phone.counts.add(Kind.WRONG_SOURCE);
        } else if (!reader.read(buffer, length, nowNanos, clock.millis())) {
            phone.counts.add(Kind.MALFORMED);
        } else {
            latch.learn(from);
            phone.life.signOfLife(nowNanos);
        }
    }

    void report(RtcpWriter.Sent sent, long nowNanos) {
        int length = writer.report(
                sent, phone.received, reader.lastSenderReport(), reader.sinceLastSenderReport(nowNanos), clock.millis());
        send(length);
    }

    void bye() {
        send(writer.bye());
    }

    private void send(int length) {
        Optional<InetSocketAddress> to = latch.destination(phone.media().rtcpPort());
        if (to.isPresent()) {
            port.sendRtcp(to.get(), writer.buffer(), length);
        }
    }

    double roundTripMillis() {
        return reader.roundTripMillis();
    }

    double reportedLoss() {
        return reader.reportedLoss();
    }
}
