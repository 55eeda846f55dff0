package dev.trunkline.events;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.OptionalInt;

/**
 * Every reason for which a call is rejected: the one table that code, documents, metrics and tests share. The response carries
 * {@code Reason: SIP;cause=<status>;text="<code>"} (RFC 3326).
 */
public enum RefusalReason {
    CREDENTIALS_MISSING("credentials-missing", 401, "The trunk must authenticate and sent no credentials."),
    CREDENTIALS_WRONG("credentials-wrong", 403, "The trunk's credentials are wrong."),
    NUMBER_UNKNOWN("number-unknown", 404, "No organisation has the called number."),
    NUMBER_INACTIVE("number-inactive", 480, "The called number is switched off by its organisation."),
    CALLER_NOT_ALLOWED("caller-not-allowed", 403, "The trunk or the rule does not allow this caller."),
    NO_RULE("no-rule", 404, "The trunk and the number fit, but no dispatch rule does."),
    CALLER_INVALID("caller-invalid", 400, "The caller's name or number is too long or has characters that no caller has."),
    TRUNK_QUOTA("trunk-quota", 503, "The trunk brings more new calls at once than its quota allows.", 1),
    CALLER_RATE("caller-rate", 480, "The caller has called too often; the call may be tried again later.", 60),
    NUMBER_BUSY("number-busy", 486, "The called number has as many calls as it may have at once."),
    ORGANISATION_BUSY("organisation-busy", 486, "The organisation has as many calls as it may have at once."),
    AGENTS_BUSY("agents-busy", 486, "Every session of the rule's agent pool is taken."),
    SUITE_FULL("suite-full", 503, "The suite can take no further call now.", 5),
    NO_RELAY("no-relay", 503, "No media relay lives that could take the call.", 5),
    LIVEKIT_UNAVAILABLE("livekit-unavailable", 503, "LiveKit, where the call's room would be, cannot be reached.", 5),
    NO_AGENT("no-agent", 480, "No agent came within the rule's patience."),
    ROOM_MISSING("room-missing", 404, "The room that the rule names must exist already, and does not."),
    NO_COMMON_CODEC("no-common-codec", 488, "The offer has no codec that the suite speaks."),
    WEBHOOK_FAILED("webhook-failed", 503, "The organisation's webhook gave no usable answer."),
    DECLINED("declined", 603, "The organisation declined the call."),
    DESTINATION_INVALID("destination-invalid", 404, "What is to be called is no number or address that can be called."),
    DESTINATION_FORBIDDEN("destination-forbidden", 403, "The organisation or the trunk may not call there."),
    NO_OUTBOUND_TRUNK("no-outbound-trunk", 404, "No trunk for calls out is there that the organisation may use."),
    CALLS_OUT_BUSY("calls-out-busy", 486, "The organisation or the trunk has as many calls out as it may have at once."),
    CALLS_OUT_RATE("calls-out-rate", 480, "The organisation or the trunk has called out too often lately; it may be tried again later.", 60),
    FORWARD_FAILED("forward-failed", 480, "Nobody to whom the call was to go on took it."),
    LIMITER_UNAVAILABLE("limiter-unavailable", 503, "Calls cannot be counted now, and the suite refuses uncounted calls.", 5),
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
