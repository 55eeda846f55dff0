package dev.trunkline.events.sounds;

/** Reads little-endian numbers from a file. The caller must make sure that the octets exist. */
record Octets(byte[] file) {
    int length() {
        return file.length;
    }

    boolean has(int at, int count) {
        return at >= 0 && count >= 0 && at <= file.length - count;
    }

    boolean hasText(int at, String text) {
        if (!has(at, text.length())) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (file[at + i] != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    int int8(int at) {
        return file[at] & 0xff;
    }

    int int16(int at) {
        return int8(at) | int8(at + 1) << 8;
    }

    int int32(int at) {
        return int16(at) | int16(at + 2) << 16;
    }

    long int64(int at) {
        return int32(at) & 0xffffffffL | (long) int32(at + 4) << 32;
    }
}
