package dev.trunkline.rtc.ice;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.OptionalInt;

/** A received STUN message (RFC 8489), as far as ICE needs it. */
public final class StunMessage {

    static final int HEADER = 20;
    static final int COOKIE = 0x2112A442;

    static final int BINDING_REQUEST = 0x0001;
    static final int BINDING_INDICATION = 0x0011;
    static final int BINDING_SUCCESS = 0x0101;
    static final int BINDING_ERROR = 0x0111;

    static final int USERNAME = 0x0006;
    static final int MESSAGE_INTEGRITY = 0x0008;
    static final int ERROR_CODE = 0x0009;
    static final int XOR_MAPPED_ADDRESS = 0x0020;
    static final int PRIORITY = 0x0024;
    static final int USE_CANDIDATE = 0x0025;
    static final int FINGERPRINT = 0x8028;
    static final int ICE_CONTROLLED = 0x8029;
    static final int ICE_CONTROLLING = 0x802A;

    private final byte[] bytes;
    private final int type;
    private int integrityAt = -1;
    private Optional<String> username = Optional.empty();
    private Optional<InetSocketAddress> mappedAddress = Optional.empty();
    private OptionalInt errorCode = OptionalInt.empty();
    private boolean useCandidate;
    private boolean controlling;

    private StunMessage(byte[] bytes) {
        this.bytes = bytes;
        this.type = u16(bytes, 0);
    }

    /** Returns empty if it is not a well-formed STUN message, or its FINGERPRINT is wrong. */
    public static Optional<StunMessage> parse(byte[] buffer, int length) {
        if (length < HEADER || (buffer[0] & 0xc0) != 0 || ByteBuffer.wrap(buffer).getInt(4) != COOKIE
                || u16(buffer, 2) != length - HEADER || (length & 3) != 0) {
            return Optional.empty();
        }
        StunMessage message = new StunMessage(Arrays.copyOf(buffer, length));
        return message.readAttributes() ? Optional.of(message) : Optional.empty();
    }

    boolean isRequest() {
        return type == BINDING_REQUEST;
    }

    boolean isSuccess() {
        return type == BINDING_SUCCESS;
    }

    boolean isError() {
        return type == BINDING_ERROR;
    }

    /** 12 bytes. */
    byte[] transactionId() {
        return Arrays.copyOfRange(bytes, 8, HEADER);
    }

    /** The transaction id as text, for maps. */
    String transactionKey() {
        return HexFormat.of().formatHex(bytes, 8, HEADER);
    }

    Optional<String> username() {
        return username;
    }

    /** XOR-MAPPED-ADDRESS: the source address of the request as seen by the other side. */
    Optional<InetSocketAddress> mappedAddress() {
        return mappedAddress;
    }

    OptionalInt errorCode() {
        return errorCode;
    }

    boolean useCandidate() {
        return useCandidate;
    }

    /** Whether the sender believes it is the controlling agent. */
    boolean controlling() {
        return controlling;
    }

    /** Whether MESSAGE-INTEGRITY is present and was computed with this key (RFC 8489 section 14.5). */
    boolean authentic(byte[] key) {
        if (integrityAt < 0) {
            return false;
        }
        byte[] covered = Arrays.copyOf(bytes, integrityAt);
        int lengthThen = integrityAt - HEADER + 24;
        covered[2] = (byte) (lengthThen >> 8);
        covered[3] = (byte) lengthThen;
        byte[] expected = StunWriter.hmacSha1(key, covered, covered.length);
        return MessageDigest.isEqual(expected, Arrays.copyOfRange(bytes, integrityAt + 4, integrityAt + 24));
    }

    private boolean readAttributes() {
        for (int at = HEADER; at < bytes.length;) {
            if (at + 4 > bytes.length) {
                return false;
            }
            int attribute = u16(bytes, at);
            int length = u16(bytes, at + 2);
            int value = at + 4;
            if (value + length > bytes.length) {
                return false;
            }
            if (attribute == FINGERPRINT) {
                return length == 4 && ByteBuffer.wrap(bytes).getInt(value) == StunWriter.fingerprint(bytes, at);
            }
            // Attributes after MESSAGE-INTEGRITY are not covered by it and must be ignored.
            if (integrityAt < 0 && !readAttribute(attribute, at, value, length)) {
                return false;
            }
            at = value + ((length + 3) & ~3);
        }
        return true;
    }

    private boolean readAttribute(int attribute, int at, int value, int length) {
        switch (attribute) {
            case MESSAGE_INTEGRITY -> {
                if (length != 20) {
                    return false;
                }
                integrityAt = at;
            }
            case USERNAME -> username = Optional.of(new String(bytes, value, length, StandardCharsets.UTF_8));
            case XOR_MAPPED_ADDRESS -> mappedAddress = readXorAddress(value, length);
            case ERROR_CODE -> {
                if (length < 4) {
                    return false;
                }
                errorCode = OptionalInt.of((bytes[value + 2] & 7) * 100 + (bytes[value + 3] & 0xff));
            }
            case USE_CANDIDATE -> useCandidate = true;
            case ICE_CONTROLLING -> controlling = true;
            default -> {
                // Attributes that ICE does not need: PRIORITY, SOFTWARE, NETWORK-COST and the like.
            }
        }
        return true;
    }

    private Optional<InetSocketAddress> readXorAddress(int value, int length) {
        int addressLength = length - 4;
        int family = length >= 4 ? bytes[value + 1] : 0;
        if (!(family == 1 && addressLength == 4) && !(family == 2 && addressLength == 16)) {
            return Optional.empty();
        }
        byte[] address = Arrays.copyOfRange(bytes, value + 4, value + length);
        for (int i = 0; i < address.length; i++) {
            address[i] ^= bytes[4 + i];
        }
        try {
            return Optional.of(new InetSocketAddress(InetAddress.getByAddress(address), u16(bytes, value + 2) ^ (COOKIE >>> 16)));
        } catch (UnknownHostException wrongLength) {
            return Optional.empty();
        }
    }

    private static int u16(byte[] b, int at) {
        return (b[at] & 0xff) << 8 | (b[at + 1] & 0xff);
    }
}
