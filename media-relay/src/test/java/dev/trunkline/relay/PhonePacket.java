package dev.trunkline.relay;

import dev.trunkline.rtc.rtp.RtpWriter;
import dev.trunkline.rtc.srtp.SrtpSession;

/** Packets of a phone, each written anew into one buffer. */
public final class PhonePacket {
    private final byte[] buffer = new byte[2_048 + SrtpSession.TAIL];
    private final RtpWriter writer;

    public PhonePacket(long ssrc) {
        writer = new RtpWriter(ssrc);
    }

    /** @return the packet's length in {@link #buffer()} */
    public int of(int payloadType, boolean marker, int sequence, long timestamp, byte[] payload) {
        int begin = writer.header(buffer, payloadType, marker, sequence, timestamp);
        System.arraycopy(payload, 0, buffer, begin, payload.length);
        return begin + payload.length;
    }

    public byte[] buffer() {
        return buffer;
    }
}
