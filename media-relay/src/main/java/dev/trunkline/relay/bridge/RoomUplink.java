package dev.trunkline.relay.bridge;

import dev.trunkline.rtc.LocalAudioTrack;

/** Gives the phone's G.711 packets to the room in the codec that the room took. Lives on the media loop. */
sealed interface RoomUplink extends AutoCloseable permits G711Uplink, OpusUplink {
    /**
     * @param sequence continuous over the call; a gap is a loss
     * @param timestamp at 8000 Hz
     */
    void send(LocalAudioTrack track, int sequence, long timestamp, boolean marker, byte[] codes, int offset, int length);

    @Override
    default void close() {}
}
