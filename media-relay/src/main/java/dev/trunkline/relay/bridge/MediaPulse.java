package dev.trunkline.relay.bridge;

import dev.trunkline.events.MediaStats;
import dev.trunkline.relay.rtp.VoiceQuality;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** What is looked at each second of a call: its figures, its reports to the phone, whether the phone is still there. Lives on the media loop. */
final class MediaPulse {
    private static final int REPORT_SECONDS = 5;
    /** After the answer: until the phone has a report of ours it cannot say how long packets take. */
    private static final int FIRST_REPORT_SECONDS = 1;
    /** After the answer: what a call that is over before its next heartbeat is judged by. Phones report after some 2.5 s first. */
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

    /** @param failed told of what one of the steps threw; the others are done all the same */
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

    /** As of at most a second ago. Any thread. */
    MediaStats stats() {
        return stats;
    }

    /** Each by itself: a report that cannot be sent keeps neither the heartbeat nor the time-out from coming. */
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

    /** By the wall's clock, which may have been set meanwhile: so the age of the packet is what counts. */
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
        // What the caller hears and what the room hears may differ: a call is as good as the worse of the two.
        double mos = Math.min(
                VoiceQuality.mos(loss, jitter, rtcp.roundTripMillis()),
                VoiceQuality.mos(rtcp.reportedLoss(), rtcp.reportedJitterMillis(), rtcp.roundTripMillis()));
        return new MediaStats(received, toPhone.packetsSent(), lost, hundredths(jitter), hundredths(mos));
    }

    private static double hundredths(double value) {
        return Math.round(value * 100) / 100.0;
    }
}
