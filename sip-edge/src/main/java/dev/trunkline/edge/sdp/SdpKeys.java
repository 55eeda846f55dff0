package dev.trunkline.edge.sdp;

import dev.trunkline.edge.text.Texts;
import dev.trunkline.events.CallId;
import dev.trunkline.events.CallRecord;
import dev.trunkline.events.Envelope;
import dev.trunkline.events.InviteReceived;
import dev.trunkline.events.MediaLost;
import dev.trunkline.events.MediaOffered;
import dev.trunkline.events.MediaReady;
import dev.trunkline.events.privacy.SealBrokenException;
import dev.trunkline.events.privacy.Sealer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The keys for SRTP that phones and relays exchange in SDP (RFC 4568). In an event they are sealed for their call; only a
 * phone gets them in plain text, on the connection that its trunk chose. Thread-safe.
 *
 * <pre>
 *   phone:  a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:&lt;key&gt;|2^20
 *   event:  a=crypto:1 AES_CM_128_HMAC_SHA1_80 sealed:&lt;sealed key&gt;|2^20
 * </pre>
 *
 * A line whose keys cannot be told from the rest, or cannot be opened, is left out: then there is no key, and nobody else has
 * it.
 */
public final class SdpKeys {
    private static final String LINE = "a=crypto:";
    private static final String INLINE = "inline";
    private static final String SEALED = "sealed";

    private final Sealer sealer;

    public SdpKeys(Sealer sealer) {
        this.sealer = sealer;
    }

    /** Returns it as it may stand on Kafka. */
    public Envelope sealed(Envelope envelope) {
        CallId call = envelope.callId();
        return switch (envelope.record()) {
            case InviteReceived invite when hasKeys(invite.sdpOffer()) ->
                with(envelope, invite.withSdpOffer(sealed(call, invite.sdpOffer())));
            case MediaOffered offered when hasKeys(offered.sdpOffer())
                    || offered.sdpAnswer().filter(SdpKeys::hasKeys).isPresent() ->
                with(envelope, offered.withDescriptions(
                        sealed(call, offered.sdpOffer()), offered.sdpAnswer().map(answer -> sealed(call, answer))));
            case MediaLost lost when hasKeys(lost.description()) ->
                with(envelope, lost.withDescription(sealed(call, lost.description())));
            default -> envelope;
        };
    }

    /** Returns it as the phone must see it. */
    public Envelope opened(Envelope envelope) {
        return envelope.record() instanceof MediaReady ready && hasKeys(ready.sdpAnswer())
                ? with(envelope, ready.withSdpAnswer(opened(ready.callId(), ready.sdpAnswer())))
                : envelope;
    }

    private static Envelope with(Envelope envelope, CallRecord record) {
        return new Envelope(
                envelope.id(), envelope.source(), envelope.time(), envelope.owners(), envelope.traceparent(), record);
    }

    /** Whether a text contains keys, or may contain them. */
    private static boolean hasKeys(String text) {
        return has(text, LINE) || has(text, INLINE + ":");
    }

    private static boolean has(String text, String wanted) {
        for (int at = 0; at <= text.length() - wanted.length(); at++) {
            if (text.regionMatches(true, at, wanted, 0, wanted.length())) {
                return true;
            }
        }
        return false;
    }

    String sealed(CallId call, String description) {
        return eachLine(description, line -> CryptoAttribute.turned(line, INLINE, true, key ->
                Optional.of(SEALED + ":" + sealer.seal(call, key.getBytes(StandardCharsets.US_ASCII)))));
    }

    /** Returns a description as a phone wrote it or must see it, from the one in an event. */
    public String opened(CallId call, String description) {
        return eachLine(description, line -> CryptoAttribute.turned(line, SEALED, false, sealed -> key(call, sealed)));
    }

    private Optional<String> key(CallId call, String sealed) {
        try {
            String key = new String(sealer.open(call, sealed), StandardCharsets.US_ASCII);
            // Text that a relay sealed comes from outside this process: it must not bring lines of its own.
            return !key.isEmpty() && Texts.isOf(key, "+/=") ? Optional.of(INLINE + ":" + key) : Optional.empty();
        } catch (SealBrokenException e) {
            return Optional.empty();
        }
    }

    /** Lines without a key stay unchanged, including their ends. */
    private static String eachLine(String description, UnaryOperator<String> keyed) {
        var result = new StringBuilder(description.length());
        for (int begin = 0; begin < description.length(); ) {
            int feed = description.indexOf('\n', begin);
            int end = feed < 0 ? description.length() : feed + 1;
            String line = description.substring(begin, end);
            result.append(hasKeys(line) ? keyed.apply(line) : line);
            begin = end;
        }
        return result.toString();
    }
}
