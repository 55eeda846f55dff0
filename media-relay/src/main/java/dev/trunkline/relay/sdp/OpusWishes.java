package dev.trunkline.relay.sdp;

import java.util.Locale;

/**
 * What a phone says of the Opus that it would like to get ({@code a=fmtp}, RFC 7587 section 6.1).
 *
 * @param mostBitrate bits a second, 6000 to 510000
 * @param inbandFec whether a copy of the packet before is of use to it
 */
public record OpusWishes(int mostBitrate, boolean inbandFec) {
    private static final int LEAST = 6_000;
    private static final int MOST = 510_000;

    /** Of a phone that says nothing. */
    static final OpusWishes NONE = new OpusWishes(MOST, false);

    /** Unknown and damaged parameters are passed over. */
    static OpusWishes parse(String fmtp) {
        int bitrate = MOST;
        boolean fec = false;
        for (String part : fmtp.split(";")) {
            String[] pair = part.strip().toLowerCase(Locale.ROOT).split("\\s*=\\s*", 2);
            if (pair.length == 2 && pair[0].equals("maxaveragebitrate") && pair[1].matches("\\d{1,9}")) {
                bitrate = Math.clamp(Integer.parseInt(pair[1]), LEAST, MOST);
            } else if (pair.length == 2 && pair[0].equals("useinbandfec")) {
                fec = pair[1].equals("1");
            }
        }
        return new OpusWishes(bitrate, fec);
    }
}
