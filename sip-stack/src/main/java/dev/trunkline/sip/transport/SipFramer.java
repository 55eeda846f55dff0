package dev.trunkline.sip.transport;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Splits a stream into messages (RFC 3261 section 18.3): header section up to CRLF CRLF, then as many bytes as its
 * Content-Length says; without one there is no body. Holds at most one incomplete message. Not thread-safe.
 *
 * <pre>
 *   between --CRLF CRLF--> Ping
 *      |  a byte that is no CR or LF
 *      v
 *    head --CRLF CRLF--> body --Content-Length bytes--> Message --> between
 *      |                  |
 *      +---- too long, no SIP, wrong length ---> Broken, for good
 * </pre>
 */
public final class SipFramer {
    private static final int FIRST_LOOK = 16;

    private final int longest;
    private byte[] buffer = new byte[1024];
    private int begin;
    private int end;
    /** How far the end of the header section has been searched for. */
    private int seen;
    /** Total length of the current message once its header section is complete; otherwise 0. */
    private int length;
    private boolean broken;
    /** Whether the start line is complete and is SIP. */
    private boolean sip;

    /** @param longest maximum length of a message in bytes */
    public SipFramer(int longest) {
        this.longest = longest;
    }

    public void add(byte[] bytes, int count) {
        if (end + count > buffer.length) {
            int held = end - begin;
            byte[] target = held + count > buffer.length
                    ? new byte[Math.max(held + count, 2 * buffer.length)]
                    : buffer;
            System.arraycopy(buffer, begin, target, 0, held);
            buffer = target;
            seen -= begin;
            begin = 0;
            end = held;
        }
        System.arraycopy(bytes, 0, buffer, end, count);
        end += count;
    }

    /** Returns whether a message has begun and is not complete. */
    public boolean inMessage() {
        return !broken && end > begin && !isLineEnd(buffer[begin]);
    }

    /** @return empty until more bytes arrive; after {@link Frame.Broken} for ever */
    public Optional<Frame> next() {
        if (broken) {
            return Optional.empty();
        }
        if (length == 0) {
            if (skippedPing()) {
                return Optional.of(new Frame.Ping());
            }
            Optional<Frame> fault = head();
            if (fault.isPresent()) {
                return fault;
            }
        }
        return length > 0 && end - begin >= length ? Optional.of(new Frame.Message(taken())) : Optional.empty();
    }

    /** Skips line ends between messages. */
    private boolean skippedPing() {
        while (begin < end && isLineEnd(buffer[begin])) {
            if (startsWith("\r\n\r\n")) {
                skip(4);
                return true;
            }
            // Only half of a ping may have arrived so far.
            if (end - begin < 4 && "\r\n\r".startsWith(text(begin, end))) {
                return false;
            }
            skip(1);
        }
        return false;
    }

    /** Looks for the end of the header section. Returns a fault if this is not a message. */
    private Optional<Frame> head() {
        if (begin == end || isLineEnd(buffer[begin])) {
            return Optional.empty();
        }
        if (!mayBeSip()) {
            return broken(Frame.Fault.NOT_SIP, 0);
        }
        int head = endOfHead();
        if (head < 0) {
            return end - begin > longest ? broken(Frame.Fault.TOO_LONG, 0) : Optional.empty();
        }
        OptionalInt body = ContentLengths.of(text(begin, begin + head));
        if (body.isEmpty()) {
            return broken(Frame.Fault.WRONG_LENGTH, head);
        }
        if (head + (long) body.getAsInt() > longest) {
            return broken(Frame.Fault.TOO_LONG, head);
        }
        length = head + body.getAsInt();
        return Optional.empty();
    }

    private Optional<Frame> broken(Frame.Fault fault, int head) {
        broken = true;
        byte[] bytes = Arrays.copyOfRange(buffer, begin, begin + head);
        buffer = new byte[0];
        begin = 0;
        end = 0;
        return Optional.of(new Frame.Broken(fault, bytes));
    }

    /** Detects other protocols on this port, such as TLS or HTTP, at once, without waiting for more data. */
    private boolean mayBeSip() {
        int look = Math.min(end, begin + FIRST_LOOK);
        for (int i = begin; i < look; i++) {
            byte b = buffer[i];
            if (b == ' ' || b == '/') {
                break;
            }
            if (b <= ' ' || b >= 0x7F) {
                return false;
            }
        }
        int line = sip ? -1 : indexOf((byte) '\n', Math.max(begin, seen));
        if (line < 0) {
            return true;
        }
        sip = text(begin, line).contains("SIP/");
        return sip;
    }

    private int endOfHead() {
        for (int i = Math.max(begin, seen - 3); i + 3 < end; i++) {
            if (buffer[i] == '\r' && buffer[i + 1] == '\n' && buffer[i + 2] == '\r' && buffer[i + 3] == '\n') {
                return i + 4 - begin;
            }
        }
        seen = end;
        return -1;
    }

    private byte[] taken() {
        byte[] message = Arrays.copyOfRange(buffer, begin, begin + length);
        skip(length);
        length = 0;
        sip = false;
        return message;
    }

    private void skip(int count) {
        begin += count;
        seen = begin;
    }

    private int indexOf(byte wanted, int from) {
        for (int i = from; i < end; i++) {
            if (buffer[i] == wanted) {
                return i;
            }
        }
        return -1;
    }

    private boolean startsWith(String text) {
        return end - begin >= text.length() && text(begin, begin + text.length()).equals(text);
    }

    private String text(int from, int to) {
        return new String(buffer, from, to - from, StandardCharsets.ISO_8859_1);
    }

    private static boolean isLineEnd(byte b) {
        return b == '\r' || b == '\n';
    }
}
