package dev.trunkline.relay.bridge;

import dev.trunkline.relay.audio.FrameDecoder;
import dev.trunkline.relay.audio.FrameEncoder;
import dev.trunkline.relay.audio.G711Decoder;
import dev.trunkline.relay.audio.G711Encoder;
import dev.trunkline.relay.audio.G722FrameDecoder;
import dev.trunkline.relay.audio.G722FrameEncoder;
import dev.trunkline.relay.audio.NarrowbandDecoder;
import dev.trunkline.relay.audio.OpusFrameDecoder;
import dev.trunkline.relay.audio.OpusFrameEncoder;
import dev.trunkline.relay.audio.WidebandDecoder;
import dev.trunkline.relay.sdp.PhoneCodec;
import dev.trunkline.relay.sdp.PhoneMedia;
import dev.trunkline.rtc.AudioCodec;
import dev.trunkline.rtc.codec.G711;
import dev.trunkline.rtc.codec.OpusCodec;

/**
 * Creates decoders, encoders and uplinks. Each belongs to the thread that asked for it, which must close it.
 *
 * <pre>
 *   phone \ room | PCMU, PCMA                | Opus
 *   -------------+---------------------------+------------------------------------
 *   PCMU, PCMA   | as it is, or by table     | decoded at 8 kHz, encoded
 *   G.722        | decoded, halved, encoded  | decoded at 16 kHz, encoded
 *   Opus         | decoded at 8 kHz, encoded | as it is; mixed speakers at 16 kHz
 * </pre>
 */
record Codecs(OpusCodec opus) {
    private static final int NARROW = 8_000;
    private static final int NARROWBAND_BITRATE = 24_000;
    private static final int WIDEBAND_BITRATE = 32_000;
    private static final int OPUS_COMPLEXITY = 5;

    /** @param sampleRate of the samples it produces: 8000 or 16000 */
    FrameDecoder ofRoom(AudioCodec codec, int sampleRate) {
        return switch (codec) {
            case PCMU -> ofLaw(G711.PCMU, sampleRate);
            case PCMA -> ofLaw(G711.PCMA, sampleRate);
            case OPUS -> new OpusFrameDecoder(opus.decoder(sampleRate));
        };
    }

    private static FrameDecoder ofLaw(G711 law, int sampleRate) {
        return sampleRate == NARROW ? new G711Decoder(law) : new WidebandDecoder(new G711Decoder(law));
    }

    FrameEncoder toPhone(PhoneMedia media) {
        return switch (media.codec()) {
            case PCMU -> new G711Encoder(G711.PCMU);
            case PCMA -> new G711Encoder(G711.PCMA);
            case G722 -> new G722FrameEncoder();
            case OPUS -> new OpusFrameEncoder(opus.encoder(
                    media.codec().sampleRate(), Math.min(WIDEBAND_BITRATE, media.opus().mostBitrate()), OPUS_COMPLEXITY,
                    media.opus().inbandFec()));
        };
    }

    /** Creates the uplink from the phone's codec to that of the track that the room took. */
    RoomUplink uplink(PhoneCodec phone, AudioCodec room) {
        if (phone == PhoneCodec.OPUS && room == AudioCodec.OPUS) {
            return new UntouchedUplink();
        }
        return switch (room) {
            case PCMU -> toLaw(phone, G711.PCMU);
            case PCMA -> toLaw(phone, G711.PCMA);
            case OPUS -> {
                int bitrate = phone.sampleRate() == NARROW ? NARROWBAND_BITRATE : WIDEBAND_BITRATE;
                yield new TranscodingUplink(
                        ofPhone(phone, phone.sampleRate()), phone.clockRate(),
                        new OpusFrameEncoder(opus.encoder(phone.sampleRate(), bitrate, OPUS_COMPLEXITY, true)),
                        AudioCodec.OPUS.clockRate());
            }
        };
    }

    private RoomUplink toLaw(PhoneCodec phone, G711 law) {
        return phone.law().isPresent()
                ? new G711Uplink(phone.law().get(), law)
                : new TranscodingUplink(ofPhone(phone, NARROW), phone.clockRate(), new G711Encoder(law), NARROW);
    }

    /** @param sampleRate of the samples it produces: 8000 or 16000 */
    FrameDecoder ofPhone(PhoneCodec phone, int sampleRate) {
        return switch (phone) {
            case PCMU -> ofLaw(G711.PCMU, sampleRate);
            case PCMA -> ofLaw(G711.PCMA, sampleRate);
            case G722 -> sampleRate == NARROW ? new NarrowbandDecoder(new G722FrameDecoder()) : new G722FrameDecoder();
            case OPUS -> new OpusFrameDecoder(opus.decoder(sampleRate));
        };
    }
}
