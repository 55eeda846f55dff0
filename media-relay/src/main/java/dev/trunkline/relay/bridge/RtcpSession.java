package dev.trunkline.relay.bridge;

import dev.trunkline.relay.bridge.PacketCounts.Kind;
import dev.trunkline.relay.rtp.PacketRate;
import dev.trunkline.relay.rtp.RtcpLatch;
import dev.trunkline.rtc.rtp.NtpTime;
import dev.trunkline.rtc.rtp.ReportBlock;
import dev.trunkline.rtc.rtp.RtcpReader;
import dev.trunkline.rtc.rtp.RtcpWriter;
import dev.trunkline.rtc.srtp.SrtpSession;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** RTCP with the phone: reads its reports and sends ours. Lives on the media loop. */
final class RtcpSession {
    private final PhoneSide phone;
    private final PhonePort port;
    private final RtcpWriter writer;
    private final byte[] packet;
    private final long ownSsrc;
    private final Clock clock;
    private final RtcpLatch latch;
    private final Reports reports = new Reports();
    private final PacketRate rate = new PacketRate(PacketRate.REPORTS);
    private double sumOfLosses;
    private long lossReports;
    private double reportedJitterMillis;
    private double roundTripMillis;

    RtcpSession(PhoneSide phone, PhonePort port, long ssrc, String cname, Clock clock) {
        this.phone = phone;
        this.port = port;
        this.writer = new RtcpWriter(ssrc, cname);
        this.packet = new byte[writer.length(1) + SrtpSession.TAIL];
        this.ownSsrc = ssrc;
        this.clock = clock;
        this.latch = new RtcpLatch(phone.latch);
    }

    /** What the phone reports about our stream, and when it sent its own last report. */
    private final class Reports implements RtcpReader.Handler {
        private long arrivalNanos;

        @Override
        public void senderReport(long ssrc, long ntp, long timestamp, long packets, long octets) {
            phone.received.senderReport(ntp, arrivalNanos);
        }

        @Override
        public void reportBlock(long reporter, ReportBlock block) {
            if (block.ssrc() == ownSsrc) {
                sumOfLosses += block.fractionLost() / 256.0;
                lossReports++;
                reportedJitterMillis = block.jitter() * 1_000.0 / phone.media().codec().clockRate();
                block.roundTrip(NtpTime.of(clock.instant())).ifPresent(it -> roundTripMillis = it.toNanos() / 1e6);
            }
        }

        @Override
        public void goodbye(long ssrc) {
            // Signalling says when a call ends.
        }
    }

    void packet(InetSocketAddress from, byte[] buffer, int length, long nowNanos) {
        if (!latch.accepts(from)) {
            phone.counts.add(Kind.WRONG_SOURCE);
        } else if (!rate.takes(nowNanos)) {
            phone.counts.add(Kind.TOO_MANY);
        } else if (!RtcpReader.isCompound(buffer, length)) {
            phone.counts.add(Kind.MALFORMED);
        } else {
            reports.arrivalNanos = nowNanos;
            // The packet is well-formed: an error inside one of its reports does not mean that it comes from another sender.
            RtcpReader.read(buffer, length, reports);
            latch.learn(from);
            phone.life.signOfLife(nowNanos);
        }
    }

    /** @param stream our stream, for the sender report */
    void report(RoomToPhone stream, long nowNanos) {
        List<ReportBlock> blocks = phone.received.started() ? List.of(phone.received.report(nowNanos)) : List.of();
        send(writer.write(packet, stream.sent(NtpTime.of(clock.instant()), nowNanos), blocks));
    }

    void bye() {
        send(writer.goodbye(packet));
    }

    private void send(int length) {
        Optional<InetSocketAddress> to = latch.destination(phone.media().rtcpPort());
        if (to.isPresent()) {
            port.sendRtcp(to.get(), packet, length);
        }
    }

    /** Returns the round-trip time of the network between phone and relay; 0 while it is not known. */
    double roundTripMillis() {
        return roundTripMillis;
    }

    /** Returns the loss of our stream as the phone reported it, over all its reports, which come at equal intervals; 0.0 to 1.0. */
    double reportedLoss() {
        return lossReports == 0 ? 0 : sumOfLosses / lossReports;
    }

    /** Returns the interarrival jitter of our stream as the phone last reported it. */
    double reportedJitterMillis() {
        return reportedJitterMillis;
    }
}
