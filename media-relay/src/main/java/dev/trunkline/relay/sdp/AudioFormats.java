package dev.trunkline.relay.sdp;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/**
 * The payload types of an audio stream as we describe it.
 *
 * @param codecs by payload type, the preferred first
 * @param keys telephone-event, one for each clock rate
 * @param comfortNoise its payload type
 */
public record AudioFormats(Map<Integer, PhoneCodec> codecs, List<TelephoneEvent> keys, OptionalInt comfortNoise) {
    private static final int FIRST_DYNAMIC = 96;
    private static final int KEYS = 101;

    static AudioFormats of(PhoneMedia agreed) {
        return new AudioFormats(
                Map.of(agreed.payloadType(), agreed.codec()), agreed.keys().stream().toList(), agreed.comfortNoise());
    }

    /**
     * Returns all codecs we support, under the payload types that were agreed on before: a number keeps its meaning for a session
     * (RFC 3264 section 8.3.2).
     *
     * @param allowed the preferred first
     * @param comfortNoise whether comfort noise is offered too, if nothing was agreed on before
     * @param before what is in use now, if anything is
     */
    public static AudioFormats offering(List<PhoneCodec> allowed, boolean comfortNoise, Optional<PhoneMedia> before) {
        OptionalInt opusBefore = before.filter(media -> media.codec() == PhoneCodec.OPUS)
                .map(media -> OptionalInt.of(media.payloadType())).orElse(OptionalInt.empty());
        OptionalInt keysBefore = before.flatMap(PhoneMedia::keys)
                .map(keys -> OptionalInt.of(keys.payloadType())).orElse(OptionalInt.empty());
        int keys = keysBefore.orElse(opusBefore.orElse(0) == KEYS ? KEYS + 1 : KEYS);
        int opus = opusBefore.orElse(keys == FIRST_DYNAMIC ? FIRST_DYNAMIC + 1 : FIRST_DYNAMIC);
        int clock = before.flatMap(PhoneMedia::keys).map(TelephoneEvent::clockRate).orElse(8_000);
        Map<Integer, PhoneCodec> codecs = new LinkedHashMap<>();
        for (PhoneCodec codec : allowed) {
            codecs.put(codec.staticPayloadType().orElse(opus), codec);
        }
        OptionalInt noise = before.map(PhoneMedia::comfortNoise)
                .orElse(comfortNoise ? OptionalInt.of(PhoneMedia.COMFORT_NOISE) : OptionalInt.empty());
        return new AudioFormats(codecs, List.of(new TelephoneEvent(keys, clock)), noise);
    }

    String payloadTypes() {
        List<Integer> types = new ArrayList<>(codecs.keySet());
        keys.forEach(event -> types.add(event.payloadType()));
        comfortNoise.ifPresent(types::add);
        return types.stream().map(String::valueOf).collect(Collectors.joining(" "));
    }

    List<String> attributes() {
        List<String> lines = new ArrayList<>();
        codecs.forEach((type, codec) -> {
            lines.add("a=rtpmap:" + type + " " + codec.rtpmap());
            if (codec == PhoneCodec.OPUS) {
                // Mono, with redundant copies against loss: the packets go to the room as they arrive.
                lines.add("a=fmtp:" + type + " useinbandfec=1;sprop-stereo=0");
            }
        });
        for (TelephoneEvent event : keys) {
            lines.add("a=rtpmap:" + event.payloadType() + " telephone-event/" + event.clockRate());
            lines.add("a=fmtp:" + event.payloadType() + " 0-15");
        }
        comfortNoise.ifPresent(type -> lines.add("a=rtpmap:" + type + " CN/8000"));
        return lines;
    }
}
