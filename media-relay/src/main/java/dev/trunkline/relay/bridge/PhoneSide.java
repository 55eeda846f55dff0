package dev.trunkline.relay.bridge;

import dev.trunkline.relay.rtp.SourceLatch;
import dev.trunkline.relay.sdp.PhoneMedia;
import dev.trunkline.rtc.rtp.ReceptionStats;

/** What both directions of a call know about the phone. Lives on the media loop. */
final class PhoneSide {
    final SourceLatch latch;
    final ReceptionStats received;
    final PacketCounts counts = new PacketCounts();
    final LifeWatch life;
    private PhoneMedia media;

    PhoneSide(SourceLatch latch, LifeWatch life, PhoneMedia media) {
        this.latch = latch;
        this.life = life;
        this.media = media;
        this.received = new ReceptionStats(media.codec().clockRate());
        latch.expect(media.address(), media.port());
    }

    PhoneMedia media() {
        return media;
    }

    void renegotiated(PhoneMedia agreed, long nowNanos) {
        media = agreed;
        received.clock(agreed.codec().clockRate());
        latch.expect(agreed.address(), agreed.port());
        life.excused(agreed.mayBeSilent(), nowNanos);
    }
}
