package dev.trunkline.relay.bridge;

import dev.trunkline.events.MediaStats;
import dev.trunkline.relay.rtp.VoiceQuality;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** Per-second work of a call: its statistics, its reports to the phone, and whether the phone is still there. Lives on the media loop. */
final class MediaPulse {
    private static final int REPORT_SECONDS = 5;
    /** After the answer: until the phone has a report of ours it cannot report the round-trip time. */
    private static final int FIRST_REPORT_SECONDS = 1;
    /** After the answer: the figures of a call that ends before its next heartbeat. Phones send their first report after some 2.5 s. */
    private static final int FIRST_WORD_SECONDS = 3;

    private final MediaShop shop;
    private final PhoneSide phone;
    private final RoomToPhone toPhone;
    private final RtcpSession rtcp;
    private final CallMedia.Listener listener;
    private final Consumer<Throwable> failed;
    private boolean answered;
    private int talkSeconds;
    private volatile MediaStats stats = new MediaStats(0, 0, 0, 0, VoiceQuality.mos(0, 0, 0));

    /** @param failed is given whatever one of the steps threw; the other steps run nevertheless */
    MediaPulse(
            MediaShop shop, PhoneSide phone, RoomToPhone toPhone, RtcpSession rtcp, CallMedia.Listener listener, Consumer<Throwable> failed) {
        this.shop = shop;
        this.phone = phone;
        this.toPhone = toPhone;
        this.rtcp = rtcp;
        this.listener = listener;
        this.failed = failed;
    }

    /** The call was answered. */
    void answered() {
        answered = true;
    }

    /** Returns the statistics, at most a second old. Any thread. */
    MediaStats stats() {
        return stats;
    }

    /** Runs each step independently: a report that cannot be sent prevents neither the heartbeat nor the timeout. */
    void second(int seconds, long nowNanos) {
        talkSeconds += answered ? 1 : 0;
        contained(() -> {
            phone.counts.report(shop.counted());
            stats = measure();
        });
        contained(() -> {
            if (seconds % REPORT_SECONDS == 0 || talkSeconds == FIRST_REPORT_SECONDS) {
                rtcp.report(toPhone, nowNanos);
            }
        });
        contained(() -> {
            if (phone.life.timedOut(nowNanos)) {
                listener.phoneSilent(phone.life.excused(), lastHeard(nowNanos));
            }
        });
        contained(() -> {
            if (seconds % shop.heartbeatSeconds() == 0 || talkSeconds == FIRST_WORD_SECONDS) {
                listener.heartbeat(stats, lastHeard(nowNanos));
            }
        });
    }

    /** Computes the time from the packet's age, because the wall clock may have been set meanwhile. */
    private Optional<Instant> lastHeard(long nowNanos) {
        OptionalLong heard = phone.life.lastHeard();
        return heard.isEmpty()
                ? Optional.empty() : Optional.of(shop.clock().instant().minusNanos(nowNanos - heard.getAsLong()));
    }

    private void contained(Runnable step) {
        try {
            step.run();
        } catch (Throwable fault) {
            failed.accept(fault);
        }
    }

    private MediaStats measure() {
        long received = phone.received.packets();
        long lost = phone.received.lost();
        double loss = received + lost == 0 ? 0 : (double) lost / (received + lost);
        double jitter = phone.received.jitterSeconds() * 1_000;
        // What the caller hears and what the room hears may differ: a call is only as good as the worse of the two.
        double mos = Math.min(
                VoiceQuality.mos(loss, jitter, rtcp.roundTripMillis()),
                VoiceQuality.mos(rtcp.reportedLoss(), rtcp.reportedJitterMillis(), rtcp.roundTripMillis()));
        return new MediaStats(received, toPhone.packetsSent(), lost, hundredths(jitter), hundredths(mos));
    }

    private static double hundredths(double value) {
        return Math.round(value * 100) / 100.0;
    }
}
