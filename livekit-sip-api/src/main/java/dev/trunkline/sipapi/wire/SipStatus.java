package dev.trunkline.sipapi.wire;

import dev.trunkline.psrpc.ErrorDetail;
import dev.trunkline.psrpc.RpcCode;
import dev.trunkline.psrpc.RpcException;
import java.util.List;

/**
 * {@code livekit.SIPStatus}: the final response that ended a call or a transfer, as reported to LiveKit's clients.
 *
 * @param code 300 to 699
 * @param phrase of the response; empty for a code that RFC 3261 does not have
 */
public record SipStatus(int code, String phrase) {
    private static final String TYPE = "type.googleapis.com/livekit.SIPStatus";

    public static SipStatus of(int code) {
        return new SipStatus(code, phrase(code));
    }

    /**
     * Returns an error with this status as its detail, and the code that LiveKit chooses.
     *
     * @param before text before it, ending in a colon and a space
     */
    public RpcException error(String before) {
        String text = phrase.isEmpty() ? "sip status: " + code : "sip status: " + code + ": " + phrase;
        return new RpcException(rpcCode(), before + text, List.of(detail()));
    }

    private ErrorDetail detail() {
        return new ErrorDetail(TYPE, Answers.written(out -> {
            out.writeEnum(1, code);
            out.writeString(2, phrase);
        }));
    }

    /**
     * Returns the code as LiveKit's protocol maps it ({@code livekit/sip.go}); a status that is not in its table is mapped by
     * its class.
     */
    RpcCode rpcCode() {
        return switch (code) {
            case 301, 302, 404, 410, 481, 604 -> RpcCode.NOT_FOUND;
            case 401, 402, 403, 433, 470, 603, 607, 608 -> RpcCode.PERMISSION_DENIED;
            case 407, 428, 436, 437, 438, 494 -> RpcCode.UNAUTHENTICATED;
            case 408, 504 -> RpcCode.DEADLINE_EXCEEDED;
            case 409, 412, 482, 483 -> RpcCode.FAILED_PRECONDITION;
            case 416 -> RpcCode.OUT_OF_RANGE;
            case 440, 480, 486, 600 -> RpcCode.RESOURCE_EXHAUSTED;
            case 487, 491 -> RpcCode.ABORTED;
            case 505, 513 -> RpcCode.INVALID_ARGUMENT;
            default -> code >= 500 && code < 600 ? RpcCode.FAILED_PRECONDITION : RpcCode.INVALID_ARGUMENT;
        };
    }

    private static String phrase(int code) {
        return switch (code) {
            case 300 -> "Multiple Choices";
            case 301 -> "Moved Permanently";
            case 302 -> "Moved Temporarily";
            case 400 -> "Bad Request";
            case 401 -> "Unauthorized";
            case 403 -> "Forbidden";
            case 404 -> "Not Found";
            case 407 -> "Proxy Authentication Required";
            case 408 -> "Request Timeout";
            case 410 -> "Gone";
            case 415 -> "Unsupported Media Type";
            case 480 -> "Temporarily Unavailable";
            case 481 -> "Call/Transaction Does Not Exist";
            case 484 -> "Address Incomplete";
            case 486 -> "Busy Here";
            case 487 -> "Request Terminated";
            case 488 -> "Not Acceptable Here";
            case 500 -> "Server Internal Error";
            case 501 -> "Not Implemented";
            case 502 -> "Bad Gateway";
            case 503 -> "Service Unavailable";
            case 504 -> "Server Time-out";
            case 600 -> "Busy Everywhere";
            case 603 -> "Decline";
            case 604 -> "Does Not Exist Anywhere";
            case 606 -> "Not Acceptable";
            case 607 -> "Unwanted";
            case 608 -> "Rejected";
            default -> "";
        };
    }
}
