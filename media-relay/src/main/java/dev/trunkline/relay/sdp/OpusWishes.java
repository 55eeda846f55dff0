package dev.trunkline.relay.sdp;

import java.util.OptionalInt;

/**
 * What a phone says of the Opus that it would like to get ({@code a=fmtp}, RFC 7587 section 6.1).
 *
 * @param mostBitrate bits a second, 6000 to 510000
 * @param inbandFec whether a copy of the packet before is of use to it
 */
public record OpusWishes(int mostBitrate, boolean inbandFec) {
    private static final int LEAST = 6_000;
    private static final int MOST = 510_000;
    /** RFC 7587 has nine. */
    private static final int MOST_PARAMETERS = 32;

    /** Of a phone that says nothing. */
    static final OpusWishes NONE = new OpusWishes(MOST, false);

    /** Unknown and damaged parameters are passed over. */
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
