package dev.trunkline.rtc.srtp;

import org.jitsi.utils.ByteArrayBuffer;

/**
 * The view of a packet that jitsi-srtp works on; used again for each packet. The array never grows: whoever calls leaves
 * room for the authentication tag.
 */
final class PacketSlice implements ByteArrayBuffer {

    private byte[] buffer = new byte[0];
    private int length;

    PacketSlice of(byte[] packet, int packetLength) {
        buffer = packet;
        length = packetLength;
        return this;
    }

    @Override
    public byte[] getBuffer() {
        return buffer;
    }

    @Override
    public int getOffset() {
        return 0;
    }

    @Override
    public int getLength() {
        return length;
    }

    @Override
    public void setLength(int newLength) {
        length = newLength;
    }

    @Override
    public void setOffset(int offset) {
        if (offset != 0) {
            throw new IllegalArgumentException("a packet starts at the start of its buffer");
        }
    }

    @Override
    public boolean isInvalid() {
        return false;
    }

    @Override
    public void readRegionToBuff(int offset, int count, byte[] target) {
        System.arraycopy(buffer, offset, target, 0, count);
    }

    @Override
    public void grow(int count) {
        if (length + count > buffer.length) {
            throw new IllegalStateException("the packet's buffer has no room for its authentication tag");
        }
    }

    @Override
    public void append(byte[] data, int count) {
        grow(count);
        System.arraycopy(data, 0, buffer, length, count);
        length += count;
    }

    @Override
    public void shrink(int count) {
        length -= count;
    }
}
