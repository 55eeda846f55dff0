package dev.trunkline.edge.sdp;

import dev.trunkline.events.CallId;
import dev.trunkline.events.CallRecord;
import dev.trunkline.events.Envelope;
import dev.trunkline.events.InviteReceived;
import dev.trunkline.events.MediaOffered;
import dev.trunkline.events.MediaReady;
import dev.trunkline.events.privacy.SealBrokenException;
import dev.trunkline.events.privacy.Sealer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * The keys for SRTP that phones and relays tell each other in SDP (RFC 4568). In an event they are sealed for their call;
 * only a phone gets them in the clear, on the connection that its trunk chose. Thread-safe.
 *
 * <pre>
 *   phone:  a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:&lt;key&gt;|2^20
 *   event:  a=crypto:1 AES_CM_128_HMAC_SHA1_80 sealed:&lt;sealed key&gt;|2^20
 * </pre>
 *
 * A line whose keys cannot be told from the rest, or not be opened, is left out: then there is no key, and nobody else has it.
 */
public final class SdpKeys {
    /** A line that has keys, or may have. */
    private static final Pattern KEYED = Pattern.compile("(?i)a=crypto:|inline:");
    private static final Pattern LINE_ENDS = Pattern.compile("(?<=\n)");
    private static final Form INLINE = Form.of("(?i:inline)");
    private static final Form SEALED = Form.of("sealed");

    /**
     * How keys stand in a line.
     *
     * @param line a whole one (RFC 4568 section 9.1). Nothing else may be in it: even a session parameter can hold a key
     * @param key one of its keys
     */
    private record Form(Pattern line, Pattern key) {
        static Form of(String method) {
            String key = method + ":([^|;\\s]+)(?:\\|[0-9^]{1,12})?(?:\\|[0-9]{1,12}:[0-9]{1,3})?";
            String parameter = "-?[A-Z_]{1,24}(?:=[A-Z0-9_]{1,16})?";
            return new Form(
                    Pattern.compile("a=crypto:[0-9]{1,9}[ \\t]+[A-Z0-9_]{1,40}[ \\t]+" + key + "(?:;" + key + ")*"
                            + "(?:[ \\t]+" + parameter + ")*\\s*"),
                    Pattern.compile("(?<=[ \\t;])" + method + ":([^|;\\s]+)"));
        }
    }

    private final Sealer sealer;

    public SdpKeys(Sealer sealer) {
        this.sealer = sealer;
    }

    /** As it may stand on Kafka. */
    public Envelope sealed(Envelope envelope) {
        CallId call = envelope.callId();
        return switch (envelope.record()) {
            case InviteReceived invite when hasKeys(invite.sdpOffer()) ->
                with(envelope, invite.withSdpOffer(sealed(call, invite.sdpOffer())));
            case MediaOffered offered when hasKeys(offered.sdpOffer())
                    || offered.sdpAnswer().filter(SdpKeys::hasKeys).isPresent() ->
                with(envelope, offered.withDescriptions(
                        sealed(call, offered.sdpOffer()), offered.sdpAnswer().map(answer -> sealed(call, answer))));
            default -> envelope;
        };
    }

    /** As the phone must see it. */
    public Envelope opened(Envelope envelope) {
        return envelope.record() instanceof MediaReady ready && hasKeys(ready.sdpAnswer())
                ? with(envelope, ready.withSdpAnswer(opened(ready.callId(), ready.sdpAnswer())))
                : envelope;
    }

    private static Envelope with(Envelope envelope, CallRecord record) {
        return new Envelope(
                envelope.id(), envelope.source(), envelope.time(), envelope.owners(), envelope.traceparent(), record);
    }

    private static boolean hasKeys(String description) {
        return KEYED.matcher(description).find();
    }

    String sealed(CallId call, String description) {
        return eachKey(description, INLINE, key ->
                Optional.of("sealed:" + sealer.seal(call, key.getBytes(StandardCharsets.US_ASCII))));
    }

    /** A description as a phone wrote it or must see it, out of one of an event. */
    public String opened(CallId call, String description) {
        return eachKey(description, SEALED, sealed -> {
            try {
                String key = new String(sealer.open(call, sealed), StandardCharsets.US_ASCII);
                // What was sealed by a relay is text from outside this process: it must not bring lines of its own.
                return key.matches("[A-Za-z0-9+/=]+") ? Optional.of("inline:" + key) : Optional.empty();
            } catch (SealBrokenException e) {
                return Optional.empty();
            }
        });
    }

    private static String eachKey(String description, Form form, Function<String, Optional<String>> other) {
        var result = new StringBuilder(description.length());
        for (String line : LINE_ENDS.split(description)) {
            result.append(hasKeys(line) ? crypto(line, form, other) : line);
        }
        return result.toString();
    }

    private static String crypto(String line, Form form, Function<String, Optional<String>> other) {
        if (!form.line().matcher(line).matches()) {
            return "";
        }
        var result = new StringBuilder(line.length() + 64);
        int from = 0;
        for (MatchResult key : form.key().matcher(line).results().toList()) {
            Optional<String> turned = other.apply(key.group(1));
            if (turned.isEmpty()) {
                return "";
            }
            result.append(line, from, key.start()).append(turned.get());
            from = key.end();
        }
        return result.append(line, from, line.length()).toString();
    }
}
