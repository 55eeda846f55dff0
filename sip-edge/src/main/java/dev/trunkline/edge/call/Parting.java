package dev.trunkline.edge.call;

import dev.trunkline.sip.message.SipHeader;
import java.util.List;
import java.util.stream.Stream;

/**
 * Further headers of our BYE or REFER: the attributes of the phone's participant, as its trunk wants them (LiveKit's
 * {@code attributes_to_headers}). A BYE of the phone has none of them.
 */
public record Parting(List<SipHeader> headers) {
    public static final Parting NONE = new Parting(List.of());

    public Parting {
        headers = List.copyOf(headers);
    }

    /** Returns these headers after others that were requested. If two have the same name these count, as in livekit-sip. */
    List<SipHeader> after(List<SipHeader> others) {
        return Stream.concat(others.stream().filter(other -> headers.stream().noneMatch(ours -> ours.name().equalsIgnoreCase(other.name()))), headers.stream())
                .toList();
    }

    /** Hides the headers: what agents write about a caller must not leak into a log line. */
    @Override
    public String toString() {
        return "Parting[" + headers.size() + "]";
    }
}
