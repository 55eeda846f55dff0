package dev.trunkline.edge.sdp;

/** As much of SDP (RFC 8866) as signalling must touch. */
public final class Sdp {
    private static final String DROPPED = "iuepk";

    private Sdp() {}

    /**
     * Without the lines that may name a person ({@code i= u= e= p=}), with an origin and a session that name nobody,
     * and without the obsolete ways to tell a key ({@code k=}, {@code a=key-mgmt}). Lines end in CRLF afterwards. The keys of
     * {@code a=crypto} stay: {@link SdpKeys} seals them in all that leaves the edge for Kafka.
     */
    public static String scrubbed(String description) {
        var scrubbed = new StringBuilder(description.length());
        for (String line : description.split("\r\n|\n|\r")) {
            if (line.length() < 2 || line.charAt(1) != '=') {
                continue;
            }
            char type = line.charAt(0);
            if (DROPPED.indexOf(type) >= 0 || line.startsWith("a=key-mgmt:")) {
                continue;
            }
            scrubbed.append(switch (type) {
                case 'o' -> origin(line);
                case 's' -> "s=-";
                default -> line;
            });
            scrubbed.append("\r\n");
        }
        return scrubbed.toString();
    }

    /** RFC 8866 section 5.2: the user name is a dash where the host has no user ids. */
    private static String origin(String line) {
        int space = line.indexOf(' ');
        return space < 0 ? "o=-" : "o=-" + line.substring(space);
    }
}
