package dev.trunkline.relay.sdp;

import dev.trunkline.events.TraceStep;
import dev.trunkline.rtc.codec.G711;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Judges an offer: the first audio stream over plain RTP that has G.711 is taken, in the offer's own order of codecs;
 * every other stream is refused. Never throws: whatever is wrong with an offer is a reason in the trace.
 */
public final class OfferJudge {
    private static final int DEFAULT_PTIME = 20;
    private static final int CLOCK_RATE = 8000;

    public Negotiation judge(String offer) {
        try {
            return judge(SdpParser.parse(offer));
        } catch (MalformedSdpException e) {
            return new Negotiation.Refused(List.of(new TraceStep("offer-malformed", e.getMessage() + ".")));
        }
    }

    private static Negotiation judge(SessionDescription offer) {
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

    private static Optional<TraceStep> fault(MediaDescription media, int number) {
        String stream = "Stream " + number + " of the offer ";
        if (!media.isAudio()) {
            return Optional.of(new TraceStep("stream-not-audio", stream + "is not audio."));
        }
        if (media.port() == 0) {
            return Optional.of(new TraceStep("stream-disabled", stream + "has port 0."));
        }
        if (!media.isPlainRtp()) {
            return Optional.of(new TraceStep(
                    "stream-protocol", stream + "is not RTP/AVP or RTP/AVPF; encrypted RTP is not spoken here."));
        }
        if (media.connection().isEmpty()) {
            return Optional.of(new TraceStep("stream-address", stream + "has no c= line."));
        }
        if (codec(media).isEmpty()) {
            return Optional.of(new TraceStep("stream-codec", stream + "has neither PCMU nor PCMA at 8000 Hz."));
        }
        return Optional.empty();
    }

    private static PhoneMedia agreed(MediaDescription media) {
        Choice choice = codec(media).orElseThrow();
        Optional<InetAddress> address = media.connection().flatMap(OfferJudge::literal);
        return new PhoneMedia(
                choice.law(), choice.payloadType(), telephoneEvent(media), ptime(media.ptime()),
                address.filter(a -> !a.isAnyLocalAddress()), media.port(),
                media.rtcpPort().orElse(Math.min(media.port() + 1, 65_535)),
                answered(media.direction(), address));
    }

    /** RFC 3264 section 8.4 on the hold of RFC 2543: audio must not go to 0.0.0.0. */
    private static MediaDirection answered(MediaDirection offered, Optional<InetAddress> address) {
        boolean nowhere = address.isPresent() && address.get().isAnyLocalAddress();
        return (nowhere ? (offered.sends() ? MediaDirection.SENDONLY : MediaDirection.INACTIVE) : offered).answer();
    }

    private record Choice(G711 law, int payloadType) {}

    private static Optional<Choice> codec(MediaDescription media) {
        for (String format : media.formats()) {
            OptionalInt type = payloadType(format);
            if (type.isPresent()) {
                Optional<G711> law = law(media, type.getAsInt());
                if (law.isPresent()) {
                    return Optional.of(new Choice(law.get(), type.getAsInt()));
                }
            }
        }
        return Optional.empty();
    }

    /** Payload types 0 and 8 need no rtpmap (RFC 3551 section 6); a dynamic one is whatever its rtpmap says. */
    private static Optional<G711> law(MediaDescription media, int payloadType) {
        var encoding = media.encodings().get(payloadType);
        if (encoding == null) {
            return switch (payloadType) {
                case 0 -> Optional.of(G711.PCMU);
                case 8 -> Optional.of(G711.PCMA);
                default -> Optional.empty();
            };
        }
        if (encoding.clockRate() != CLOCK_RATE) {
            return Optional.empty();
        }
        return switch (encoding.name()) {
            case "pcmu" -> Optional.of(G711.PCMU);
            case "pcma" -> Optional.of(G711.PCMA);
            default -> Optional.empty();
        };
    }

    /** A phone with wideband codecs offers telephone-event at several clocks; ours must be that of the codec. */
    private static OptionalInt telephoneEvent(MediaDescription media) {
        return media.formats().stream()
                .map(OfferJudge::payloadType)
                .flatMapToInt(OptionalInt::stream)
                .filter(type -> {
                    var encoding = media.encodings().get(type);
                    return encoding != null && encoding.name().equals("telephone-event")
                            && encoding.clockRate() == CLOCK_RATE;
                })
                .findFirst();
    }

    private static int ptime(OptionalInt offered) {
        return offered.isPresent() && offered.getAsInt() >= 10 && offered.getAsInt() <= 200
                ? offered.getAsInt() : DEFAULT_PTIME;
    }

    private static OptionalInt payloadType(String format) {
        boolean number = format.length() <= 3 && format.chars().allMatch(c -> c >= '0' && c <= '9') && !format.isEmpty();
        int type = number ? Integer.parseInt(format) : 128;
        return type <= 127 ? OptionalInt.of(type) : OptionalInt.empty();
    }

    /** Never a look-up: a name in an offer must not cost a DNS query. */
    private static Optional<InetAddress> literal(String address) {
        try {
            return Optional.of(InetAddress.ofLiteral(address));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static AnswerShape shape(SessionDescription offer, int accepted) {
        List<AnswerShape.Section> sections = offer.media().stream()
                .map(media -> new AnswerShape.Section(media.kind(), media.protocol(), media.formats()))
                .toList();
        return new AnswerShape(offer.timing(), sections, accepted);
    }
}
