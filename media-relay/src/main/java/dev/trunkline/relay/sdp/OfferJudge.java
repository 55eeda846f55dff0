package dev.trunkline.relay.sdp;

import dev.trunkline.events.TraceStep;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/**
 * Judges an offer: accepts the first audio stream over RTP or SRTP that has a codec of ours and an address that we can reach, in
 * the offer's own order of codecs, and refuses every other stream. So of alternatives (ANAT, RFC 4091) the first that fits is
 * accepted. Never throws: whatever is wrong with an offer is a reason in the trace.
 */
public final class OfferJudge {
    private static final int NARROWBAND = 8_000;
    private static final String COMFORT_NOISE = "13";

    private final List<PhoneCodec> allowed;
    private final OwnAddresses own;
    private final boolean comfortNoise;

    /**
     * @param allowed the codecs that may be accepted; the order is that of an offer of ours
     * @param own the address families in which a stream can be accepted
     * @param comfortNoise whether offers of ours include comfort noise; it is accepted in any case
     */
    public OfferJudge(Collection<PhoneCodec> allowed, OwnAddresses own, boolean comfortNoise) {
        this.allowed = allowed.stream().distinct().toList();
        this.own = own;
        this.comfortNoise = comfortNoise;
    }

    /** Returns the codecs that may be accepted, in the order in which they are offered. */
    public List<PhoneCodec> allowed() {
        return allowed;
    }

    /** Returns what we offer. @param before what is in use now, if anything is */
    public AudioFormats offering(Optional<PhoneMedia> before) {
        return AudioFormats.offering(allowed, comfortNoise, before);
    }

    /**
     * Returns a judge of these codecs alone, in this order.
     *
     * @param names as in SDP, in any case; if there are none, the judge is unchanged
     * @return empty if none of them may be accepted
     */
    public Optional<OfferJudge> of(List<String> names) {
        if (names.isEmpty()) {
            return Optional.of(this);
        }
        List<PhoneCodec> some = names.stream()
                .map(PhoneCodec::named).flatMap(Optional::stream).filter(allowed::contains).toList();
        return some.isEmpty() ? Optional.empty() : Optional.of(new OfferJudge(some, own, comfortNoise));
    }

    public Negotiation judge(String offer) {
        try {
            return judge(SdpParser.parse(offer));
        } catch (MalformedSdpException e) {
            return new Negotiation.Refused(List.of(new TraceStep("offer-malformed", e.getMessage() + ".")));
        }
    }

    private Negotiation judge(SessionDescription offer) {
        List<TraceStep> trace = new ArrayList<>();
        for (int i = 0; i < offer.media().size(); i++) {
            MediaDescription media = offer.media().get(i);
            Optional<TraceStep> fault = fault(media, i + 1);
            if (fault.isEmpty()) {
                return new Negotiation.Accepted(agreed(media), shape(offer, i));
            }
            trace.add(fault.get());
        }
        if (trace.isEmpty()) {
            trace.add(new TraceStep("offer-empty", "The offer has no m= line."));
        }
        return new Negotiation.Refused(trace);
    }

    private Optional<TraceStep> fault(MediaDescription media, int number) {
        String stream = "Stream " + number + " of the offer ";
        if (!media.isAudio()) {
            return Optional.of(new TraceStep(Negotiation.NOT_AUDIO, stream + "is not audio."));
        }
        if (media.port() == 0) {
            return Optional.of(new TraceStep("stream-disabled", stream + "has port 0."));
        }
        if (!media.isRtp()) {
            return Optional.of(new TraceStep(
                    "stream-protocol", stream + "is neither RTP/AVP nor RTP/SAVP nor one of these with feedback."));
        }
        if (media.isSecureRtp() && media.crypto().isEmpty()) {
            return Optional.of(new TraceStep("stream-crypto", stream
                    + "has no a=crypto that this relay supports: AES_CM_128_HMAC_SHA1_80 or _32, one key, no MKI."));
        }
        if (media.connection().isEmpty()) {
            return Optional.of(new TraceStep("stream-address", stream + "has no c= line."));
        }
        MediaAddress address = media.connection().get();
        if (!own.reaches(address.family())) {
            // The words of warning 301 (RFC 3261 section 20.43).
            return Optional.of(new TraceStep("stream-address-family", "Incompatible network address formats: " + stream
                    + "is at an " + address.family().title() + " address, and media of this relay is " + own.families() + "."));
        }
        if (address.isForMany()) {
            return Optional.of(new TraceStep("stream-address", stream + "is at a multicast or broadcast address."));
        }
        if (codec(media).isEmpty()) {
            return Optional.of(new TraceStep("stream-codec", stream + "has none of " + names() + "."));
        }
        return Optional.empty();
    }

    private String names() {
        return allowed.stream().sorted().map(PhoneCodec::encodingName).collect(Collectors.joining(", "));
    }

    private PhoneMedia agreed(MediaDescription media) {
        Choice choice = codec(media).orElseThrow();
        Optional<InetAddress> address = media.connection().flatMap(MediaAddress::literal);
        return new PhoneMedia(
                choice.codec(), choice.payloadType(),
                Optional.ofNullable(media.parameters().get(choice.payloadType())).map(OpusWishes::parse)
                        .orElse(OpusWishes.NONE),
                keys(media, choice.codec()), comfortNoise(media, choice.codec()),
                PacketTime.of(media.ptime(), media.maxPtime(), choice.codec()), media.crypto().stream().findFirst(),
                address.filter(a -> !a.isAnyLocalAddress()), media.port(),
                media.rtcpPort().orElse(Math.min(media.port() + 1, 65_535)),
                answered(media.direction(), address));
    }

    /** RFC 3264 section 8.4 on the hold of RFC 2543: audio must not go to 0.0.0.0. */
    private static MediaDirection answered(MediaDirection offered, Optional<InetAddress> address) {
        boolean nowhere = address.isPresent() && address.get().isAnyLocalAddress();
        return (nowhere ? (offered.sends() ? MediaDirection.SENDONLY : MediaDirection.INACTIVE) : offered).answer();
    }

    private record Choice(PhoneCodec codec, int payloadType) {}

    private Optional<Choice> codec(MediaDescription media) {
        for (String format : media.formats()) {
            OptionalInt type = payloadType(format);
            Optional<PhoneCodec> codec = type.isPresent() ? codec(media, type.getAsInt()) : Optional.empty();
            if (codec.filter(allowed::contains).isPresent()) {
                return Optional.of(new Choice(codec.get(), type.getAsInt()));
            }
        }
        return Optional.empty();
    }

    /** Static payload types need no rtpmap (RFC 3551 section 6); a dynamic one is whatever its rtpmap says. */
    private static Optional<PhoneCodec> codec(MediaDescription media, int payloadType) {
        var encoding = media.encodings().get(payloadType);
        return encoding == null
                ? PhoneCodec.ofStaticType(payloadType)
                : PhoneCodec.named(encoding.name()).filter(codec -> codec.clockRate() == encoding.clockRate());
    }

    /** Audio and keys normally share a clock rate (RFC 4733 section 2.1); phones with wideband codecs often offer 8000 alone. */
    private static Optional<TelephoneEvent> keys(MediaDescription media, PhoneCodec codec) {
        return keys(media, codec.clockRate()).or(() -> keys(media, NARROWBAND));
    }

    private static Optional<TelephoneEvent> keys(MediaDescription media, int clockRate) {
        OptionalInt type = offered(media, "telephone-event", clockRate);
        return type.isPresent() ? Optional.of(new TelephoneEvent(type.getAsInt(), clockRate)) : Optional.empty();
    }

    /** Opus has its own; the others use a clock rate of 8000 Hz, as comfort noise does (RFC 3389 section 4). */
    private static OptionalInt comfortNoise(MediaDescription media, PhoneCodec codec) {
        if (codec == PhoneCodec.OPUS) {
            return OptionalInt.empty();
        }
        boolean statically = media.formats().contains(COMFORT_NOISE) && !media.encodings().containsKey(13);
        return statically ? OptionalInt.of(13) : offered(media, "cn", NARROWBAND);
    }

    private static OptionalInt offered(MediaDescription media, String name, int clockRate) {
        return media.formats().stream()
                .map(OfferJudge::payloadType)
                .flatMapToInt(OptionalInt::stream)
                .filter(type -> {
                    var encoding = media.encodings().get(type);
                    return encoding != null && encoding.name().equals(name) && encoding.clockRate() == clockRate;
                })
                .findFirst();
    }

    private static OptionalInt payloadType(String format) {
        return SdpText.number(format, 127);
    }

    private static AnswerShape shape(SessionDescription offer, int accepted) {
        List<AnswerShape.Section> sections = offer.media().stream()
                .map(media -> new AnswerShape.Section(media.kind(), media.protocol(), media.formats()))
                .toList();
        return new AnswerShape(
                offer.timing(), sections, accepted, offer.media().get(accepted).connection().orElseThrow().family());
    }
}
