package dev.trunkline.phone.sdp;

import dev.trunkline.phone.Codec;
import dev.trunkline.phone.Direction;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The parts of a session description's audio that a phone needs (RFC 8866).
 *
 * @param media        where it expects RTP; port 0 rejects the stream
 * @param payloadTypes of the audio line, in order
 * @param telephoneEvent the payload type of telephone-event, if there is one
 * @param direction    as seen by its writer
 */
public record SessionDescription(InetSocketAddress media, List<Integer> payloadTypes, OptionalInt telephoneEvent, Direction direction) {

    /** Reads the first audio section; empty if there is none that can be read. */
    public static Optional<SessionDescription> parse(String sdp) {
        String session = "";
        String own = "";
        int port = -1;
        List<Integer> payloadTypes = List.of();
        OptionalInt telephoneEvent = OptionalInt.empty();
        Direction direction = Direction.SENDRECV;
        boolean inMedia = false;
        for (String line : sdp.split("\r?\n")) {
            if (line.startsWith("m=")) {
                if (port >= 0) {
                    break;
                }
                inMedia = true;
                String[] parts = line.substring(2).strip().split("\\s+");
                if (parts.length >= 4 && parts[0].equals("audio")) {
                    port = number(parts[1].split("/")[0], 65_535);
                    payloadTypes = payloadTypes(parts);
                }
            } else if (inMedia && port < 0) {
                continue;
            } else if (line.startsWith("c=IN ")) {
                String address = line.substring(line.lastIndexOf(' ') + 1).strip().split("/")[0];
                session = inMedia ? session : address;
                own = inMedia ? address : own;
            } else if (line.toLowerCase(Locale.ROOT).matches("a=rtpmap:\\d{1,3} telephone-event/8000.*")) {
                telephoneEvent = OptionalInt.of(Integer.parseInt(line.substring(9, line.indexOf(' '))));
            } else {
                direction = direction(line).orElse(direction);
            }
        }
        String address = own.isEmpty() ? session : own;
        if (port < 0 || address.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new SessionDescription(new InetSocketAddress(InetAddress.getByName(address), port), payloadTypes, telephoneEvent, direction));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    /** Returns its first audio codec that the phone supports. */
    public Optional<Codec> codec() {
        return payloadTypes.stream()
                .flatMap(type -> List.of(Codec.PCMU, Codec.PCMA).stream().filter(codec -> codec.payloadType() == type))
                .findFirst();
    }

    /**
     * Writes the phone's own session description.
     *
     * @param version     of the origin line, rising with each change of a session (RFC 3264 8)
     * @param eventType   telephone-event's payload type, if it is among the codecs
     */
    public static String write(InetSocketAddress local, long version, List<Codec> codecs, int eventType, Direction direction) {
        InetAddress address = local.getAddress();
        String host = (address.getAddress().length == 4 ? "IP4 " : "IP6 ") + address.getHostAddress();
        List<String> types = new ArrayList<>();
        StringBuilder attributes = new StringBuilder();
        for (Codec codec : codecs) {
            int type = codec.audio() ? codec.payloadType() : eventType;
            types.add(Integer.toString(type));
            attributes.append("a=rtpmap:").append(type).append(' ').append(codec.rtpmap()).append("\r\n");
            if (!codec.audio()) {
                attributes.append("a=fmtp:").append(type).append(" 0-15\r\n");
            }
        }
        return "v=0\r\no=phone " + local.getPort() + " " + version + " IN " + host + "\r\ns=call\r\nc=IN " + host + "\r\nt=0 0\r\nm=audio "
                + local.getPort() + " RTP/AVP " + String.join(" ", types) + "\r\n" + attributes + "a=ptime:20\r\na=" + direction.attribute() + "\r\n";
    }

    private static Optional<Direction> direction(String line) {
        for (Direction each : Direction.values()) {
            if (line.strip().equals("a=" + each.attribute())) {
                return Optional.of(each);
            }
        }
        return Optional.empty();
    }

    private static List<Integer> payloadTypes(String[] mediaLine) {
        List<Integer> types = new ArrayList<>();
        for (int i = 3; i < mediaLine.length; i++) {
            int type = number(mediaLine[i], 127);
            if (type >= 0) {
                types.add(type);
            }
        }
        return List.copyOf(types);
    }

    private static int number(String text, int most) {
        return text.matches("\\d{1,5}") && Integer.parseInt(text) <= most ? Integer.parseInt(text) : -1;
    }
}
