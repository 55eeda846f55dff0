package dev.trunkline.relay.sdp;

import dev.trunkline.relay.sdp.MediaDescription.Encoding;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** An {@code m=} section while its lines are read. */
final class MediaSection {
    final Map<Integer, Encoding> encodings = new HashMap<>();
    final Map<Integer, String> parameters = new HashMap<>();
    final List<CryptoLine> crypto = new ArrayList<>();
    Optional<MediaAddress> connection = Optional.empty();
    Optional<MediaDirection> direction = Optional.empty();
    OptionalInt ptime = OptionalInt.empty();
    OptionalInt maxPtime = OptionalInt.empty();
    OptionalInt rtcpPort = OptionalInt.empty();
    private final String kind;
    private final int port;
    private final String protocol;
    private final List<String> formats;

    MediaSection(String kind, int port, String protocol, List<String> formats) {
        this.kind = kind;
        this.port = port;
        this.protocol = protocol;
        this.formats = formats;
    }

    /** Fills in the session's values if the section has none of its own. */
    MediaDescription described(
            Optional<MediaAddress> ofSession,
            MediaDirection directionOfSession,
            OptionalInt ptimeOfSession,
            OptionalInt maxPtimeOfSession) {
        return new MediaDescription(
                kind, port, protocol, formats, connection.or(() -> ofSession), encodings, parameters, crypto,
                ptime.isPresent() ? ptime : ptimeOfSession, maxPtime.isPresent() ? maxPtime : maxPtimeOfSession,
                rtcpPort, direction.orElse(directionOfSession));
    }
}
