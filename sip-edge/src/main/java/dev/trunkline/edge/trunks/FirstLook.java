package dev.trunkline.edge.trunks;

import dev.trunkline.sip.net.DropReason;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What the bytes of a stranger's datagram reveal before they are parsed. */
public final class FirstLook {
    /** What an unknown sender may send; a response may be to a request of ours. */
    private static final List<byte[]> BEGINNINGS = List.of("INVITE ", "ACK ", "CANCEL ", "BYE ", "OPTIONS ", "REGISTER ", "SIP/2.0 ")
            .stream()
            .map(text -> text.getBytes(StandardCharsets.US_ASCII))
            .toList();
    private static final byte[] USER_AGENT = "user-agent".getBytes(StandardCharsets.US_ASCII);

    private final List<byte[]> scanners;

    /** @param scanners words in User-Agent that identify a scanner, case-insensitive */
    public FirstLook(List<String> scanners) {
        this.scanners = scanners.stream()
                .map(name -> name.strip().toLowerCase(Locale.ROOT))
                .filter(name -> !name.isEmpty())
                .map(name -> name.getBytes(StandardCharsets.UTF_8))
                .toList();
    }

    /** @return why it is dropped; empty if it may be parsed */
    Optional<DropReason> at(byte[] bytes, int offset, int length) {
        int end = offset + length;
        if (BEGINNINGS.stream().noneMatch(beginning -> begins(bytes, offset, end, beginning, false))) {
            return Optional.of(DropReason.STRANGERS_METHOD);
        }
        return isScanner(bytes, offset, end) ? Optional.of(DropReason.SCANNER) : Optional.empty();
    }

    /** @param userAgent of a message that came by a connection, where nothing is checked before parsing */
    boolean isScanner(String userAgent) {
        byte[] value = userAgent.getBytes(StandardCharsets.UTF_8);
        return names(value, 0, value.length);
    }

    private boolean isScanner(byte[] bytes, int begin, int end) {
        for (int at = begin; at < end; at++) {
            if (bytes[at] != '\n') {
                continue;
            }
            int line = at + 1;
            if (line < end && (bytes[line] == '\r' || bytes[line] == '\n')) {
                // The end of the headers.
                return false;
            }
            if (begins(bytes, line, end, USER_AGENT, true)) {
                return names(bytes, line, lineEnd(bytes, line, end));
            }
        }
        return false;
    }

    private boolean names(byte[] bytes, int begin, int end) {
        for (byte[] scanner : scanners) {
            for (int at = begin; at <= end - scanner.length; at++) {
                if (begins(bytes, at, end, scanner, true)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static int lineEnd(byte[] bytes, int begin, int end) {
        int at = begin;
        while (at < end && bytes[at] != '\n') {
            at++;
        }
        return at;
    }

    /** @param wanted in lower case if case does not matter */
    private static boolean begins(byte[] bytes, int at, int end, byte[] wanted, boolean anyCase) {
        if (end - at < wanted.length) {
            return false;
        }
        for (int i = 0; i < wanted.length; i++) {
            byte b = bytes[at + i];
            if ((anyCase && b >= 'A' && b <= 'Z' ? b + 32 : b) != wanted[i]) {
                return false;
            }
        }
        return true;
    }
}
