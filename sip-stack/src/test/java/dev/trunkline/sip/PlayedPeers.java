package dev.trunkline.sip;

import dev.trunkline.sip.message.MessageParser;
import dev.trunkline.sip.message.OutgoingRequest;
import dev.trunkline.sip.message.Parsed;
import dev.trunkline.sip.message.SipResponse;
import dev.trunkline.sip.net.PacketSource;
import dev.trunkline.sip.net.SipTransportKind;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The peer without a network: requests are kept, and answered when a test says so. */
final class PlayedPeers implements UserAgentClient {
    /** A request that was sent. */
    static final class Sent {
        final OutgoingRequest request;
        private final ResponseHandler handler;
        boolean cancelled;

        Sent(OutgoingRequest request, ResponseHandler handler) {
            this.request = request;
            this.handler = handler;
        }

        /** @param headers header lines */
        void answer(int status, String... headers) {
            SipResponse response = response(request, status, headers);
            if (status < 200) {
                handler.progressed(response);
            } else {
                handler.answered(response);
            }
        }

        /** Returns the value of a header of the request, or an empty string. */
        String header(String name) {
            return request.headers().stream()
                    .filter(header -> header.name().equals(name))
                    .map(header -> header.value())
                    .reduce("", String::concat);
        }
    }

    final List<Sent> sent = new ArrayList<>();

    Sent last() {
        return sent.getLast();
    }

    static SipResponse response(OutgoingRequest request, int status, String... headers) {
        String text = "SIP/2.0 " + status + " Whatever\r\nVia: SIP/2.0/UDP us.example:5060;branch=z9hG4bK1\r\n"
                + "From: <" + request.fromUri() + ">;tag=" + request.fromTag() + "\r\nTo: <" + request.toUri() + ">;tag=them\r\n"
                + "Call-ID: " + request.callId() + "\r\nCSeq: " + request.cseq() + " " + request.method() + "\r\n"
                + String.join("", List.of(headers).stream().map(header -> header + "\r\n").toList()) + "Content-Length: 0\r\n\r\n";
        var source = new PacketSource(InetAddress.getLoopbackAddress(), 5060, SipTransportKind.UDP);
        return ((Parsed.Response) MessageParser.parse(text.getBytes(StandardCharsets.UTF_8), source)).response();
    }

    @Override
    public ClientTransaction send(OutgoingRequest request, Consumer<SipResponse> outcome) {
        return send(request, AnsweringClient.answering(outcome));
    }

    @Override
    public ClientTransaction send(OutgoingRequest request, ResponseHandler outcome) {
        var one = new Sent(request, outcome);
        sent.add(one);
        return () -> one.cancelled = true;
    }

    @Override
    public void acknowledge(OutgoingRequest ack) {
        throw new AssertionError("nothing was accepted");
    }
}
