package dev.trunkline.events.sounds;

/** The checksum of an Ogg page (RFC 3533 section 6): CRC-32 of the polynomial 0x04c11db7, not reflected, from zero. */
final class OggChecksum {
    private static final int POLYNOMIAL = 0x04c11db7;
    /** Position of the checksum itself in a page, where it counts as zero. */
    private static final int PLACE = 22;
    private static final int[] TABLE = table();

    private OggChecksum() {}

    private static int[] table() {
        int[] table = new int[256];
        for (int i = 0; i < table.length; i++) {
            int value = i << 24;
            for (int bit = 0; bit < 8; bit++) {
                value = value < 0 ? value << 1 ^ POLYNOMIAL : value << 1;
            }
            table[i] = value;
        }
        return table;
    }

    /** Returns the checksum of the page between two positions in the file. */
    static int of(byte[] file, int from, int to) {
        int checksum = 0;
        for (int i = from; i < to; i++) {
            int octet = i - from >= PLACE && i - from < PLACE + 4 ? 0 : file[i] & 0xff;
            checksum = checksum << 8 ^ TABLE[checksum >>> 24 ^ octet];
        }
        return checksum;
    }
}
