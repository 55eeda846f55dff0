package dev.trunkline.rtc.rtp;

import dev.trunkline.rtc.AudioCodec;
import dev.trunkline.rtc.RtpPacket;
import java.util.Optional;

/** Parses RTP packets (RFC 3550 section 5.1) in a buffer, one after the other, without creating an object for each. */
public final class RtpView implements RtpPacket {

    private static final int HEADER = RtpWriter.HEADER;

    /** RFC 8285 section 4.2: extensions with one-octet headers. */
    private static final int ONE_BYTE_PROFILE = 0xBEDE;

    private static final Optional<AudioCodec> PCMU = Optional.of(AudioCodec.PCMU);
    private static final Optional<AudioCodec> PCMA = Optional.of(AudioCodec.PCMA);
    private static final Optional<AudioCodec> OPUS = Optional.of(AudioCodec.OPUS);

    private final int audioLevelId;
    private byte[] buffer = new byte[0];
    private int payloadOffset;
    private int payloadLength;
    private int audioLevel = AudioLevels.NONE;

    /** Creates a view that skips header extensions. */
    public RtpView() {
        this(0);
    }

    /** @param audioLevelId the header extension's id (RFC 6464), as offered; 0 for none */
    public RtpView(int audioLevelId) {
        this.audioLevelId = audioLevelId;
    }

    /**
     * Moves the view to another packet.
     *
     * @return false if it is not a well-formed RTP packet; the view must not be read then
     */
    public boolean wrap(byte[] packet, int length) {
        buffer = packet;
        audioLevel = AudioLevels.NONE;
        if (length < HEADER || (packet[0] & 0xc0) != 0x80) {
            return false;
        }
        int offset = HEADER + 4 * (packet[0] & 0x0f);
        if ((packet[0] & 0x10) != 0) {
            if (offset + 4 > length) {
                return false;
            }
            int extensionLength = 4 * Octets.uint16(packet, offset + 2);
            int extensions = offset + 4;
            if (extensions + extensionLength > length) {
                return false;
            }
            if (audioLevelId != 0 && Octets.uint16(packet, offset) == ONE_BYTE_PROFILE) {
                readExtensions(extensions, extensions + extensionLength);
            }
            offset = extensions + extensionLength;
        }
        int end = length;
        if ((packet[0] & 0x20) != 0) {
            int padding = packet[length - 1] & 0xff;
            if (padding == 0) {
                return false;
            }
            end -= padding;
        }
        payloadOffset = offset;
        payloadLength = end - offset;
        return payloadLength >= 0;
    }

    @Override
    public int sequence() {
        return Octets.uint16(buffer, 2);
    }

    @Override
    public long timestamp() {
        return Octets.uint32(buffer, 4);
    }

    @Override
    public boolean marker() {
        return (buffer[1] & 0x80) != 0;
    }

    @Override
    public int payloadType() {
        return buffer[1] & 0x7f;
    }

    @Override
    public Optional<AudioCodec> codec() {
        return switch (payloadType()) {
            case 0 -> PCMU;
            case 8 -> PCMA;
            case 111 -> OPUS;
            default -> Optional.empty();
        };
    }

    @Override
    public long ssrc() {
        return Octets.uint32(buffer, 8);
    }

    @Override
    public byte[] buffer() {
        return buffer;
    }

    @Override
    public int payloadOffset() {
        return payloadOffset;
    }

    @Override
    public int payloadLength() {
        return payloadLength;
    }

    @Override
    public int audioLevel() {
        return audioLevel;
    }

    /** RFC 8285 section 4.2: id and length in one octet; id 0 is padding, id 15 ends the list. */
    private void readExtensions(int from, int to) {
        for (int at = from; at < to;) {
            int id = (buffer[at] & 0xff) >> 4;
            if (id == 0) {
                at++;
                continue;
            }
            int length = (buffer[at] & 0x0f) + 1;
            if (id == 15 || at + 1 + length > to) {
                return;
            }
            if (id == audioLevelId) {
                audioLevel = buffer[at + 1] & 0x7f;
            }
            at += 1 + length;
        }
    }
}
