package dev.trunkline.sip;

import dev.trunkline.sip.lane.Lane;
import dev.trunkline.sip.message.MessageParser;
import dev.trunkline.sip.message.Parsed;
import dev.trunkline.sip.transport.Arrival;

/** Takes the messages of one lane: parses the octets and passes the message to the client or server side. */
final class LaneDesk {
    private final StackParts parts;
    private final ServerSide server;
    private final ClientSide client;
    private final Lane<Arrival> lane;

    LaneDesk(StackParts parts, SipHandler handler, Endpoints endpoints, Lane<Arrival> lane) {
        this.parts = parts;
        this.lane = lane;
        server = new ServerSide(parts, handler, lane);
        client = new ClientSide(parts, handler, endpoints, lane);
    }

    void take(Arrival arrival) {
        switch (MessageParser.parse(arrival.octets(), arrival.source())) {
            case Parsed.Request(var request) -> {
                tell(arrival);
                server.take(request, arrival);
            }
            case Parsed.Response(var response) -> {
                tell(arrival);
                client.take(response, arrival);
            }
            case Parsed.Refused(var flaw, var reply) -> {
                parts.watch().malformed(true);
                arrival.back().send(reply, () -> { });
            }
            case Parsed.Ignored(var why) -> {
                if (looksLikeText(arrival.octets())) {
                    parts.watch().malformed(false);
                }
            }
        }
    }

    private void tell(Arrival arrival) {
        parts.tap().saw(false, arrival.endpoint().listener(), arrival.source().address(), arrival.source().port(), arrival.octets());
    }

    /** Keep-alives, STUN and RTP do not count as damaged SIP. */
    private static boolean looksLikeText(byte[] octets) {
        return octets.length > 0 && octets[0] > ' ' && octets[0] < 0x7F;
    }

    Lane<Arrival> lane() {
        return lane;
    }

    ClientSide client() {
        return client;
    }

    ServerSide server() {
        return server;
    }
}
