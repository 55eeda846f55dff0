package dev.trunkline.sip.message;

import dev.trunkline.sip.net.PacketSource;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A received message. Keeps its octets; header fields are read on demand, and those that are used often are cached. Immutable
 * and thread-safe: two threads may both read a field at the same time, with the same result.
 */
public abstract sealed class SipMessage permits SipRequest, SipResponse {
    private final Head head;
    private final PacketSource source;
    private final long cseq;
    private final Via via;
    private final SipHeaders headers;
    // Null until first used. Each value is immutable, so a thread sees all of it or none.
    private String callId;
    private Party from;
    private Party to;
    private String body;
    private Description description;

    /** @param head of a message that was found valid */
    SipMessage(Head head, PacketSource source, long cseq) {
        this.head = head;
        this.source = source;
        this.cseq = cseq;
        this.via = topmost(head, source);
        this.headers = new ReceivedHeaders(head);
    }

    private static Via topmost(Head head, PacketSource source) {
        int field = head.first(Head.VIA);
        var reader = new ViaReader(head.octets());
        int end = Scan.pieceEnd(head.octets(), head.from(field), head.to(field), ',');
        reader.read(head.from(field), Scan.trimEnd(head.octets(), head.from(field), end));
        return reader.via(source.transport());
    }

    Head head() {
        return head;
    }

    /** Returns where it came from, as seen on the socket. */
    public PacketSource source() {
        return source;
    }

    /** Returns a request's own method, or the method in a response's CSeq; upper case as on the wire. */
    public abstract String method();

    public String callId() {
        String known = callId;
        if (known == null) {
            known = head.text(head.first(Head.CALL_ID));
            callId = known;
        }
        return known;
    }

    public Party from() {
        Party known = from;
        if (known == null) {
            known = Party.of(head.text(head.first(Head.FROM)));
            from = known;
        }
        return known;
    }

    public Party to() {
        Party known = to;
        if (known == null) {
            known = Party.of(head.text(head.first(Head.TO)));
            to = known;
        }
        return known;
    }

    /** Returns the sequence number, 0 to 2^31 - 1. */
    public long cseq() {
        return cseq;
    }

    /** Returns the topmost Via. */
    public Via via() {
        return via;
    }

    /**
     * Returns the branch of the topmost Via, which identifies the transaction (RFC 3261 section 17.2.3); empty if there is
     * none.
     */
    public String branch() {
        return via.branch();
    }

    public SipHeaders headers() {
        return headers;
    }

    /** Returns the Record-Route values, in order; values that are not addresses are left out. */
    public List<String> recordRoutes() {
        return headers.list("Record-Route").stream().filter(route -> NameAddr.parse(route).isPresent()).toList();
    }

    /**
     * Returns the URI of the first Contact; empty if there is none, if a response's is damaged, or if it is neither sip, sips
     * nor tel.
     */
    public Optional<String> contact() {
        int field = head.first(Head.CONTACT);
        if (field < 0) {
            return Optional.empty();
        }
        byte[] octets = head.octets();
        int piece = Scan.pieceEnd(octets, head.from(field), head.to(field), ',');
        int end = Scan.trimEnd(octets, head.from(field), piece);
        return piece >= 0 && Addresses.isSound(octets, head.from(field), end)
                ? NameAddr.parse(Scan.text(octets, head.from(field), end)).map(NameAddr::uri)
                : Optional.empty();
    }

    /** Returns type and subtype in lower case, without parameters; empty if there is no body. */
    public String contentType() {
        int field = hasBody() ? head.first(Head.CONTENT_TYPE) : -1;
        return field < 0 ? "" : MediaType.of(head.text(field)).name();
    }

    /** Returns the body, decoded as UTF-8. */
    public String body() {
        String known = body;
        if (known == null) {
            known = new String(head.octets(), head.bodyFrom(), bodyLength(), StandardCharsets.UTF_8);
            body = known;
        }
        return known;
    }

    /** Returns a copy of the body as received. */
    public byte[] bodyOctets() {
        return Arrays.copyOfRange(head.octets(), head.bodyFrom(), head.bodyFrom() + bodyLength());
    }

    public boolean hasBody() {
        return bodyLength() > 0;
    }

    private int bodyLength() {
        return BodyLength.end(head) - head.bodyFrom();
    }

    /** Returns what the body says about the session, also as a part of a {@code multipart/*} body. */
    public Description description() {
        Description known = description;
        if (known == null) {
            known = DescriptionReader.of(this);
            description = known;
        }
        return known;
    }

    /** Returns the session description; empty if the body has none. */
    public Optional<String> sdp() {
        return description().sdp();
    }

    /** Returns the parts of a {@code multipart/*} body, including nested ones; empty if it is not one. */
    public List<Multipart.Part> parts() {
        int field = hasBody() ? head.first(Head.CONTENT_TYPE) : -1;
        return field < 0 ? List.of() : Multipart.leaves(head.text(field), bodyOctets());
    }

    /** Returns the message as received. Must not be changed. */
    public byte[] octets() {
        return head.octets();
    }
}
