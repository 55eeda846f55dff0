package dev.trunkline.phone.rtp;

import dev.trunkline.phone.ReceivedDigit;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Digits as RFC 4733 events: their codes, their payload, and a receiver that reports each digit once. */
public final class DtmfEvents {

    private static final String DIGITS = "0123456789*#ABCD";
    private static final int VOLUME = 10;
    private static final int END = 0x80;

    private final List<ReceivedDigit> digits = new ArrayList<>();
    private long lastTimestamp = -1;
    private boolean lastDone;

    /**
     * Returns a digit's event code.
     *
     * @throws IllegalArgumentException if it is not a digit
     */
    public static int code(char digit) {
        int code = DIGITS.indexOf(Character.toUpperCase(digit));
        if (code < 0) {
            throw new IllegalArgumentException("not a DTMF digit: '" + digit + "'; use 0-9, *, #, A-D");
        }
        return code;
    }

    /** Writes the payload (RFC 4733 2.3). */
    public static void write(ByteBuffer into, int code, boolean end, int duration) {
        into.put((byte) code).put((byte) (end ? VOLUME | END : VOLUME)).putShort((short) duration);
    }

    /** Takes a payload; returns the digit at its first end packet. */
    public Optional<ReceivedDigit> accept(long timestamp, ByteBuffer payload) {
        if (payload.remaining() < 4) {
            return Optional.empty();
        }
        int code = payload.get() & 0xff;
        boolean end = (payload.get() & END) != 0;
        int duration = payload.getShort() & 0xffff;
        if (timestamp != lastTimestamp) {
            lastTimestamp = timestamp;
            lastDone = false;
        }
        if (!end || lastDone || code >= DIGITS.length()) {
            return Optional.empty();
        }
        lastDone = true;
        ReceivedDigit digit = new ReceivedDigit(DIGITS.charAt(code), duration / 8);
        digits.add(digit);
        return Optional.of(digit);
    }

    /** Returns the digits so far. */
    public List<ReceivedDigit> digits() {
        return List.copyOf(digits);
    }
}
