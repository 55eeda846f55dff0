package dev.trunkline.relay.bridge;

/** Sends the phone's packets to the room in the codec that the room took. Lives on the media loop. */
sealed interface RoomUplink extends AutoCloseable permits G711Uplink, UntouchedUplink, TranscodingUplink {
    /**
     * @param sequence continuous over the call; a gap is a loss
     * @param timestamp by the clock of the phone's codec
     */
    void send(RoomTrack track, int sequence, long timestamp, boolean marker, byte[] payload, int offset, int length);

    @Override
    default void close() {}
}
