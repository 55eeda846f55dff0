package dev.trunkline.edge.call;

import dev.trunkline.sip.message.SipHeader;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a BYE or a REFER of ours has besides its own headers: the attributes of the phone's participant, as its trunk wants them
 * (LiveKit's {@code attributes_to_headers}). A BYE of the phone's has nothing of it.
 */
public record Parting(List<SipHeader> headers) {
    public static final Parting NONE = new Parting(List.of());

    public Parting {
        headers = List.copyOf(headers);
    }

    /** After others that somebody asked for: of two of one name these count, as livekit-sip has it. */
    List<SipHeader> after(List<SipHeader> others) {
        return Stream.concat(others.stream().filter(other -> headers.stream().noneMatch(ours -> ours.name().equalsIgnoreCase(other.name()))), headers.stream())
                .toList();
    }

    /** Says nothing: what agents write of a caller must not leak into a log line. */
    @Override
    public String toString() {
        return "Parting[" + headers.size() + "]";
    }
}
