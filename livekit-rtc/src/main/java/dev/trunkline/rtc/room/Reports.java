package dev.trunkline.rtc.room;

import dev.trunkline.rtc.loop.LoopTimer;
import dev.trunkline.rtc.loop.MediaLoop;
import dev.trunkline.rtc.rtp.NtpTime;
import dev.trunkline.rtc.rtp.ReceptionStats;
import dev.trunkline.rtc.rtp.ReportBlock;
import dev.trunkline.rtc.rtp.RtcpReader;
import dev.trunkline.rtc.rtp.RtcpWriter;
import dev.trunkline.rtc.srtp.SrtpSession;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Sends our RTCP reports and reads the server's (RFC 3550 section 6). */
final class Reports implements RtcpReader.Handler {

    /** The first report is sent early, because the server needs it to synchronise our audio with other streams. */
    private static final Duration FIRST = Duration.ofMillis(500);

    /** Our reception, over all streams: losses summed, the worst interval and jitter. */
    record Reception(long lost, double loss, double jitterSeconds) {
    }

    private final MediaLoop loop;
    private final MediaTransport transport;
    private final Subscriptions subscriptions;
    private final RtcpWriter writer;
    private final Clock clock;
    private final RandomGenerator random;
    private final Duration interval;
    private Optional<PublishedTrack> track = Optional.empty();
    private Optional<LoopTimer> timer = Optional.empty();
    private volatile Optional<Duration> roundTrip = Optional.empty();
    private volatile Reception reception = new Reception(0, 0, 0);
    private byte[] packet = new byte[0];

    /** @param ssrc ours, even if we publish nothing: a receiver reports under it */
    Reports(MediaLoop loop, MediaTransport transport, Subscriptions subscriptions, long ssrc, String cname, Clock clock,
            RandomGenerator random, Duration interval) {
        this.loop = loop;
        this.transport = transport;
        this.subscriptions = subscriptions;
        this.writer = new RtcpWriter(ssrc, cname);
        this.clock = clock;
        this.random = random;
        this.interval = interval;
    }

    void start(Optional<PublishedTrack> published) {
        track = published;
        timer = Optional.of(loop.schedule(FIRST, this::report));
    }

    void stop() {
        timer.ifPresent(LoopTimer::cancel);
    }

    /** From the last report about our track; readable on any thread. */
    Optional<Duration> roundTrip() {
        return roundTrip;
    }

    /** As of the last report that we sent; readable on any thread. */
    Reception reception() {
        return reception;
    }

    /** Updates {@link #reception()}. */
    void refresh() {
        long lost = 0;
        double loss = 0;
        double jitter = 0;
        for (Subscriptions.Stream stream : subscriptions.streams()) {
            if (stream.stats().isPresent()) {
                ReceptionStats stats = stream.stats().get();
                lost += stats.lost();
                loss = Math.max(loss, stats.intervalLoss());
                jitter = Math.max(jitter, stats.jitterSeconds());
            }
        }
        reception = new Reception(lost, loss, jitter);
    }

    /** @return false if the packet is malformed */
    boolean received(byte[] buffer, int length) {
        return RtcpReader.read(buffer, length, this);
    }

    @Override
    public void senderReport(long ssrc, long ntp, long timestamp, long packets, long octets) {
        subscriptions.find(ssrc).flatMap(Subscriptions.Stream::stats)
                .ifPresent(stats -> stats.senderReport(ntp, System.nanoTime()));
    }

    @Override
    public void reportBlock(long reporter, ReportBlock block) {
        if (track.isPresent() && track.get().reported(block)) {
            roundTrip = block.roundTrip(NtpTime.of(clock.instant())).or(() -> roundTrip);
        }
    }

    @Override
    public void goodbye(long ssrc) {
        // Signalling reports the end of tracks.
    }

    private void report() {
        try {
            if (transport.isUp()) {
                send();
            }
        } finally {
            scheduleNext();
        }
    }

    private void scheduleNext() {
        // RFC 3550 section 6.2: between half and one and a half times the interval, so that many rooms do not report in lockstep.
        Duration next = Duration.ofNanos((long) (interval.toNanos() * (0.5 + random.nextDouble())));
        timer = Optional.of(loop.schedule(next, this::report));
    }

    private void send() {
        long nanos = System.nanoTime();
        Optional<RtcpWriter.SenderInfo> sender = track.filter(PublishedTrack::hasSent)
                .map(published -> published.senderInfo(NtpTime.of(clock.instant()), nanos));
        List<ReportBlock> blocks = new ArrayList<>();
        for (Subscriptions.Stream stream : subscriptions.streams()) {
            stream.stats().filter(stats -> stats.packets() > 0).map((ReceptionStats stats) -> stats.report(nanos))
                    .ifPresent(blocks::add);
        }
        int from = 0;
        do {
            List<ReportBlock> some = blocks.subList(from, Math.min(blocks.size(), from + RtcpWriter.MOST_BLOCKS));
            int needed = writer.length(some.size()) + SrtpSession.TAIL;
            if (packet.length < needed) {
                packet = new byte[needed];
            }
            transport.sendRtcp(packet, writer.write(packet, sender, some));
            from += RtcpWriter.MOST_BLOCKS;
        } while (from < blocks.size());
        refresh();
    }
}
