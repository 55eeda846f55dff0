package dev.trunkline.edge.sip.jain;

import dev.trunkline.edge.sip.wire.Flaw;
import dev.trunkline.edge.sip.wire.RequestChecks;
import dev.trunkline.edge.sip.wire.WireMessage;
import gov.nist.javax.sip.header.CSeq;
import gov.nist.javax.sip.header.CallID;
import gov.nist.javax.sip.header.ContentLength;
import gov.nist.javax.sip.header.From;
import gov.nist.javax.sip.header.RequestLine;
import gov.nist.javax.sip.header.StatusLine;
import gov.nist.javax.sip.header.To;
import gov.nist.javax.sip.header.Via;
import gov.nist.javax.sip.message.SIPMessage;
import gov.nist.javax.sip.message.SIPResponse;
import gov.nist.javax.sip.parser.MessageParser;
import gov.nist.javax.sip.parser.ParseExceptionListener;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/**
 * The stack's parser with checks before and behind it. Never throws: what is no SIP is null, and a request that must be
 * refused is a stand-in that {@link RefusalValve} answers. Of header fields that the edge does not need a damaged one is
 * passed over, as RFC 3261 section 16.3 advises.
 */
final class CheckedParser implements MessageParser {
    private static final Set<Class<?>> NEEDED = Set.of(
            RequestLine.class, StatusLine.class, From.class, To.class, CSeq.class, CallID.class, Via.class,
            ContentLength.class);
    private static final Flaw DAMAGED = Flaw.bad("a header field that is needed is damaged");
    private static final byte[] STAND_IN = """
            OPTIONS sip:flawed@localhost SIP/2.0\r
            Via: SIP/2.0/UDP 0.0.0.0:5060;branch=z9hG4bKflawed;rport\r
            From: <sip:flawed@localhost>;tag=flawed\r
            To: <sip:flawed@localhost>\r
            Call-ID: flawed\r
            CSeq: 1 OPTIONS\r
            Max-Forwards: 0\r
            Content-Length: 0\r
            \r
            """.getBytes(StandardCharsets.US_ASCII);

    private final KeyedParser parser = new KeyedParser();

    @Override
    public SIPMessage parseSIPMessage(byte[] bytes, boolean body, boolean strict, ParseExceptionListener listener) {
        return parse(bytes);
    }

    /** @return null for what is no SIP message, or must be passed over in silence */
    SIPMessage parse(byte[] datagram) {
        int begin = 0;
        while (begin < datagram.length && (datagram[begin] == '\r' || datagram[begin] == '\n')) {
            begin++;
        }
        // A keep-alive, STUN (RFC 5389 begins with 00 or 01), RTP, or TLS at the wrong door.
        if (begin == datagram.length || datagram[begin] <= ' ') {
            return null;
        }
        byte[] bytes = begin == 0 ? datagram : Arrays.copyOfRange(datagram, begin, datagram.length);
        WireMessage wire = WireMessage.of(bytes);
        if (wire.isResponse()) {
            return response(bytes);
        }
        if (!wire.startLine().contains(" ")) {
            return null;
        }
        Optional<Flaw> flaw = RequestChecks.of(wire);
        return flaw.isPresent() ? standIn(wire, flaw.get()) : request(wire, bytes);
    }

    private SIPMessage request(WireMessage wire, byte[] bytes) {
        try {
            SIPMessage request =
                    parser.parseSIPMessage(wire.needsPlain() ? wire.plain(bytes) : bytes, true, false, CheckedParser::judge);
            return isWhole(request) ? request : standIn(wire, DAMAGED);
        } catch (ParseException | RuntimeException | StackOverflowError e) {
            // The stack's parser is not ours: whatever it does with a message must not end the thread that reads all.
            return standIn(wire, DAMAGED);
        }
    }

    /** The stack asks for these without asking whether they are there. */
    private static boolean isWhole(SIPMessage message) {
        return message != null
                && message.getFrom() != null
                && message.getTo() != null
                && message.getCallId() != null
                && message.getCSeq() != null
                && message.getTopmostVia() != null
                && message.getTopmostVia().getHost() != null
                && message.getTopmostVia().getTransport() != null;
    }

    /** A response that is damaged belongs to nobody (RFC 4475 sections 3.1.2.5 and 3.1.2.19). */
    private SIPMessage response(byte[] bytes) {
        try {
            SIPMessage message = parser.parseSIPMessage(bytes, true, false, CheckedParser::judge);
            return isWhole(message) && message instanceof SIPResponse response && response.getStatusCode() / 100 <= 6 ? message : null;
        } catch (ParseException | RuntimeException | StackOverflowError e) {
            return null;
        }
    }

    private static void judge(ParseException fault, SIPMessage message, Class<?> kind, String header, String text)
            throws ParseException {
        if (kind != null && NEEDED.contains(kind)) {
            throw fault;
        }
    }

    private SIPMessage standIn(WireMessage wire, Flaw flaw) {
        try {
            SIPMessage standIn = parser.parseSIPMessage(STAND_IN, true, false, CheckedParser::judge);
            standIn.setApplicationData(new Flawed(wire, flaw));
            return standIn;
        } catch (ParseException e) {
            throw new IllegalStateException(e);
        }
    }
}
