package dev.trunkline.relay.sdp;

import java.util.OptionalInt;

/**
 * The Opus parameters that a phone asks for ({@code a=fmtp}, RFC 7587 section 6.1).
 *
 * @param mostBitrate bits per second, 6000 to 510000
 * @param inbandFec whether it can use a copy of the previous packet
 */
public record OpusWishes(int mostBitrate, boolean inbandFec) {
    private static final int LEAST = 6_000;
    private static final int MOST = 510_000;
    /** RFC 7587 defines nine. */
    private static final int MOST_PARAMETERS = 32;

    /** Those of a phone that states none. */
    static final OpusWishes NONE = new OpusWishes(MOST, false);

    /** Ignores unknown and damaged parameters. */
    static OpusWishes parse(String fmtp) {
        int bitrate = MOST;
        boolean fec = false;
        for (String parameter : SdpText.pieces(fmtp, ';', MOST_PARAMETERS)) {
            int equals = parameter.indexOf('=');
            String name = equals < 0 ? parameter : parameter.substring(0, equals).strip();
            String value = equals < 0 ? "" : parameter.substring(equals + 1).strip();
            if (name.equalsIgnoreCase("maxaveragebitrate")) {
                OptionalInt wanted = SdpText.number(value, Integer.MAX_VALUE);
                bitrate = wanted.isPresent() ? Math.clamp(wanted.getAsInt(), LEAST, MOST) : bitrate;
            } else if (name.equalsIgnoreCase("useinbandfec")) {
                fec = value.equals("1");
            }
        }
        return new OpusWishes(bitrate, fec);
    }
}
