package dev.trunkline.rtc;

import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * Why a participant's method failed, in the form that LiveKit's SDKs use.
 *
 * @param code those of LiveKit are 1400 to 1599; others are the application's own
 * @param message one sentence; at most {@link #MOST_MESSAGE} octets, a longer one is cut
 * @param data may be empty; at most {@link #MOST_DATA} octets, longer data is left out
 */
public record RpcError(int code, String message, String data) {
    /** LiveKit's limit, octets of UTF-8. */
    public static final int MOST_MESSAGE = 256;
    /** LiveKit's limit for data and payloads, octets of UTF-8. */
    public static final int MOST_DATA = 15_360;

    public static final int UNSUPPORTED_METHOD = 1_400;
    public static final int REQUEST_TOO_LONG = 1_402;
    public static final int UNSUPPORTED_VERSION = 1_404;
    public static final int APPLICATION_ERROR = 1_500;
    public static final int CONNECTION_TIMEOUT = 1_501;
    public static final int RESPONSE_TIMEOUT = 1_502;
    public static final int RECIPIENT_LEFT = 1_503;
    public static final int RESPONSE_TOO_LONG = 1_504;
    public static final int SEND_FAILED = 1_505;

    public RpcError {
        Objects.requireNonNull(message, "message");
        Objects.requireNonNull(data, "data");
        while (octets(message) > MOST_MESSAGE) {
            message = message.substring(0, Math.min(message.length() - 1, MOST_MESSAGE));
        }
        if (octets(data) > MOST_DATA) {
            data = "";
        }
    }

    /** An error without data. */
    public RpcError(int code, String message) {
        this(code, message, "");
    }

    private static int octets(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
