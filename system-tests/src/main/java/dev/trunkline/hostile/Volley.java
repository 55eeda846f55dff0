package dev.trunkline.hostile;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Sends many requests from one socket, whatever their octets are, and records the responses. Refusals are acknowledged and
 * answered calls are hung up, so that nothing is left behind. For use by one thread.
 */
public final class Volley {
    private static final int REMEMBERED = 1_000;
    private static final Duration SHORT = Duration.ofMillis(1);

    private final RawSip sip;
    /** The latest INVITEs, by Call-ID. */
    private final Map<String, Sent> open = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Sent> eldest) {
            return size() > REMEMBERED;
        }
    };
    private final Map<Integer, Integer> statuses = new TreeMap<>();
    private final Map<String, Integer> finals = new HashMap<>();
    private int sent;

    private record Sent(String name, String text) {}

    public Volley(RawSip sip) {
        this.sip = sip;
    }

    /** Sends one request. Responses are tracked for INVITEs only. */
    public void fire(String name, String text) throws IOException {
        if (text.startsWith("INVITE ")) {
            open.put(RawSip.callId(text), new Sent(name, text));
        }
        sip.send(text);
        sent++;
        read(SHORT);
    }

    /** Reads responses until none has come for this long. */
    public void readUntilQuiet(Duration quiet) throws IOException {
        read(quiet);
    }

    private void read(Duration first) throws IOException {
        Optional<String> next = sip.receive(first);
        while (next.isPresent()) {
            handle(next.get());
            next = sip.receive(first);
        }
    }

    private void handle(String message) throws IOException {
        int status = RawSip.status(message);
        if (status == 0) {
            if (message.startsWith("BYE ")) {
                sip.send(message.replaceFirst("BYE .*\r\n", "SIP/2.0 200 OK\r\n"));
            }
            return;
        }
        if (status < 200) {
            return;
        }
        statuses.merge(status, 1, Integer::sum);
        if (RawSip.header(message, "CSeq").endsWith("INVITE")) {
            settle(message, status);
        }
    }

    private void settle(String response, int status) throws IOException {
        Sent invite = open.get(RawSip.callId(response));
        if (invite == null) {
            return;
        }
        finals.put(invite.name(), status);
        if (status >= 300) {
            sip.send(sip.ack(invite.text(), response));
            return;
        }
        sip.send(within("ACK", 1, invite.text(), response));
        sip.send(within("BYE", 2, invite.text(), response));
    }

    private String within(String method, int number, String invite, String response) {
        String target = RawSip.header(response, "Contact").replaceFirst(".*<([^>]+)>.*", "$1");
        return method + " " + target + " SIP/2.0\r\n"
                + "Via: SIP/2.0/UDP " + sip.own() + ";branch=z9hG4bKv" + Long.toHexString(System.nanoTime()) + ";rport\r\n"
                + "Max-Forwards: 70\r\nFrom: " + RawSip.header(invite, "From") + "\r\nTo: " + RawSip.header(response, "To")
                + "\r\nCall-ID: " + RawSip.callId(invite) + "\r\nCSeq: " + number + " " + method + "\r\nContent-Length: 0\r\n\r\n";
    }

    /** Returns the number of final responses so far, by status. */
    public Map<Integer, Integer> statuses() {
        return Map.copyOf(statuses);
    }

    /** Returns the status of the final response to the INVITE with this name. */
    public Optional<Integer> finalOf(String name) {
        return Optional.ofNullable(finals.get(name));
    }

    public int sent() {
        return sent;
    }

    /** Returns a text as octets of SIP: one per character. */
    public static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
