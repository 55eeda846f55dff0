package dev.trunkline.phone;

/** What the phone can offer in SDP, with its RTP payload type (RFC 3551; telephone-event is RFC 4733). */
public enum Codec {
    PCMU(0, "PCMU/8000"),
    PCMA(8, "PCMA/8000"),
    TELEPHONE_EVENT(101, "telephone-event/8000");

    private final int payloadType;
    private final String rtpmap;

    Codec(int payloadType, String rtpmap) {
        this.payloadType = payloadType;
        this.rtpmap = rtpmap;
    }

    /** Returns the payload type under which the phone offers it. */
    public int payloadType() {
        return payloadType;
    }

    /** Returns the value of its {@code a=rtpmap} line, after the payload type. */
    public String rtpmap() {
        return rtpmap;
    }

    /** Returns whether it carries speech. */
    public boolean audio() {
        return this != TELEPHONE_EVENT;
    }
}
