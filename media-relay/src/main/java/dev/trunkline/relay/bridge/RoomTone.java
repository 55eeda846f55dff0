package dev.trunkline.relay.bridge;

import dev.trunkline.relay.audio.G711Encoder;
import dev.trunkline.relay.audio.Mixer;
import dev.trunkline.relay.audio.RingbackTone;
import dev.trunkline.rtc.codec.G711;

/** A ringing tone that the room hears on the phone's track, while nothing is heard from the phone. Lives on the media loop. */
final class RoomTone {
    private static final int RATE = 8_000;
    private static final int SAMPLES = RATE / Mixer.FRAMES_A_SECOND;

    private final RingbackTone tone = new RingbackTone(RATE);
    private final G711Encoder encoder = new G711Encoder(G711.PCMU);
    private final byte[] payload = new byte[SAMPLES];
    private int sequence;
    private long timestamp;

    /** 20 ms passed. @param uplink converts from PCMU */
    void beat(RoomTrack track, RoomUplink uplink, long nowNanos) {
        encoder.encode(tone.next(), 0, SAMPLES, payload, 0);
        track.at(nowNanos);
        uplink.send(track, sequence, timestamp, sequence == 0, payload, 0, SAMPLES);
        sequence = sequence + 1 & 0xffff;
        timestamp = timestamp + SAMPLES & 0xffffffffL;
    }
}
