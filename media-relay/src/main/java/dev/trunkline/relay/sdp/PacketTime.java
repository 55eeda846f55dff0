package dev.trunkline.relay.sdp;

import java.util.OptionalInt;

/** How much audio a packet to the phone holds: what it asks for by ptime and maxptime, as far as possible. */
final class PacketTime {
    private static final int USUAL = 20;
    private static final int[] POSSIBLE = {60, 40, 30, 20, 10};

    private PacketTime() {}

    /** @return 10, 20, 30, 40 or 60 ms; never 30 for Opus, which has no such frame */
    static int of(OptionalInt ptime, OptionalInt maxPtime, PhoneCodec codec) {
        int wanted = Math.min(ptime.orElse(USUAL), maxPtime.orElse(Integer.MAX_VALUE));
        for (int millis : POSSIBLE) {
            if (millis <= wanted && !(codec == PhoneCodec.OPUS && millis == 30)) {
                return millis;
            }
        }
        // 0 is damage; less than 10 is more packets than anybody wants.
        return wanted <= 0 ? USUAL : 10;
    }
}
