package dev.trunkline.events;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.OptionalInt;

/**
 * Every reason for which a call is rejected: the one table that code, documents, metrics and tests share. The response carries
 * {@code Reason: SIP;cause=<status>;text="<code>"} (RFC 3326).
 */
public enum RefusalReason {
    CREDENTIALS_MISSING("credentials-missing", 401, "The trunk must authenticate, and it sent no credentials."),
    CREDENTIALS_WRONG("credentials-wrong", 403, "The trunk's credentials are wrong."),
    NUMBER_UNKNOWN("number-unknown", 404, "No organisation has the called number."),
    NUMBER_INACTIVE("number-inactive", 480, "The called number is switched off by its organisation."),
    CALLER_NOT_ALLOWED("caller-not-allowed", 403, "The trunk or the rule does not allow this caller."),
    NO_RULE("no-rule", 404, "The trunk and the number fit, but no dispatch rule does."),
    CALLER_INVALID("caller-invalid", 400, "The caller's name or number is too long or contains invalid characters."),
    TRUNK_QUOTA("trunk-quota", 503, "The trunk sends more new calls than its quota allows.", 1),
    CALLER_RATE("caller-rate", 480, "The caller has called too often; the call may be retried later.", 60),
    NUMBER_BUSY("number-busy", 486, "The called number has reached its limit of concurrent calls."),
    ORGANISATION_BUSY("organisation-busy", 486, "The organisation has reached its limit of concurrent calls."),
    AGENTS_BUSY("agents-busy", 486, "Every session of the rule's agent pool is taken."),
    SUITE_FULL("suite-full", 503, "The suite cannot take another call at the moment.", 5),
    NO_RELAY("no-relay", 503, "No media relay is available to take the call.", 5),
    LIVEKIT_UNAVAILABLE("livekit-unavailable", 503, "LiveKit, which hosts the call's room, cannot be reached.", 5),
    NO_AGENT("no-agent", 480, "No agent joined within the rule's patience."),
    ROOM_MISSING("room-missing", 404, "The room that the rule names must already exist, and it does not."),
    NO_COMMON_CODEC("no-common-codec", 488, "The offer has no codec that the suite supports."),
    WEBHOOK_FAILED("webhook-failed", 503, "The organisation's webhook returned no usable answer."),
    DECLINED("declined", 603, "The organisation declined the call."),
    DESTINATION_INVALID("destination-invalid", 404, "The target is not a number or address that can be called."),
    DESTINATION_FORBIDDEN("destination-forbidden", 403, "The organisation or the trunk may not call this destination."),
    NO_OUTBOUND_TRUNK("no-outbound-trunk", 404, "There is no outbound trunk that the organisation may use."),
    CALLS_OUT_BUSY("calls-out-busy", 486, "The organisation or the trunk has reached its limit of concurrent outbound calls."),
    CALLS_OUT_RATE("calls-out-rate", 480, "The organisation or the trunk has made too many outbound calls; the call may be retried later.", 60),
    FORWARD_FAILED("forward-failed", 480, "None of the targets to which the call was forwarded took it."),
    LIMITER_UNAVAILABLE("limiter-unavailable", 503, "Calls cannot be counted at the moment, and the suite refuses uncounted calls.", 5),
    DEADLINE("deadline", 503, "No decision was made in time.", 5);

    private final String code;
    private final int status;
    private final String sentence;
    private final int retryAfterSeconds;

    RefusalReason(String code, int status, String sentence) {
        this(code, status, sentence, 0);
    }

    RefusalReason(String code, int status, String sentence, int retryAfterSeconds) {
        this.code = code;
        this.status = status;
        this.sentence = sentence;
        this.retryAfterSeconds = retryAfterSeconds;
    }

    /** Returns the name on the wire, in metrics and in documents. */
    @JsonValue
    public String code() {
        return code;
    }

    /** Returns the SIP status of the final response. */
    public int status() {
        return status;
    }

    public String sentence() {
        return sentence;
    }

    /** Returns Retry-After in seconds, for rejections where the service has no better value; empty for reasons that have none. */
    public OptionalInt retryAfterSeconds() {
        return retryAfterSeconds == 0 ? OptionalInt.empty() : OptionalInt.of(retryAfterSeconds);
    }
}
