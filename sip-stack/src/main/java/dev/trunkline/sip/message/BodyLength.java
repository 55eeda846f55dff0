package dev.trunkline.sip.message;

/** Where a body ends (RFC 3261 sections 18.3 and 20.14). */
final class BodyLength {
    /** No Content-Length: the body extends to the end of the datagram. */
    static final long UNSAID = -1;
    /** It is not a number, or there are two different ones. */
    static final long DAMAGED = -2;

    private static final int MOST_DIGITS = 9;

    private BodyLength() {}

    static long said(Head head) {
        long said = UNSAID;
        for (int field = head.first(Head.CONTENT_LENGTH); field >= 0; field = head.next(Head.CONTENT_LENGTH, field)) {
            int from = head.from(field);
            int to = head.to(field);
            long length = to - from > MOST_DIGITS ? -1 : Scan.number(head.octets(), from, to);
            if (length < 0 || said >= 0 && said != length) {
                return DAMAGED;
            }
            said = length;
        }
        return said;
    }

    /** Returns where the body ends, never beyond the octets. Octets after it are not part of the message. */
    static int end(Head head) {
        long said = said(head);
        int all = head.octets().length;
        return said < 0 ? all : (int) Math.min(all, head.bodyFrom() + said);
    }
}
