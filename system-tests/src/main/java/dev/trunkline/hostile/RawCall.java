package dev.trunkline.hostile;

import dev.trunkline.phone.sdp.SessionDescription;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A dialog whose every request is plain text: it can be sent from another address, with other octets, or not at all. For use by
 * one thread; messages from the other side are read while a method waits.
 */
public final class RawCall {
    private static final Duration RESEND = Duration.ofMillis(500);
    private static final Duration QUIET = Duration.ofMillis(1);

    private final RawSip sip;
    private final String invite;
    private final List<String> received = new ArrayList<>();
    private int cseq = 1;
    private Optional<String> answer = Optional.empty();
    private String said = "200 OK";

    private RawCall(RawSip sip, String invite) {
        this.sip = sip;
        this.invite = invite;
    }

    /** Sends an INVITE, octet by octet as it was given. */
    public static RawCall dial(RawSip sip, String invite) throws IOException {
        sip.send(invite);
        return new RawCall(sip, invite);
    }

    /** Returns an offer of PCMU and telephone-event at this address and port, whoever they belong to. */
    public static String offer(String address, int port) {
        return lines(
                "v=0", "o=- 1 1 IN IP4 " + address, "s=-", "c=IN IP4 " + address, "t=0 0",
                "m=audio " + port + " RTP/AVP 0 101", "a=rtpmap:0 PCMU/8000", "a=rtpmap:101 telephone-event/8000",
                "a=fmtp:101 0-15", "a=sendrecv");
    }

    public static String lines(String... lines) {
        return String.join("\r\n", lines) + "\r\n";
    }

    /** Returns the status of the final response to the INVITE, and acknowledges it; empty if none came. */
    public Optional<String> awaitFinal(Duration atMost) throws IOException {
        Optional<String> last = finalOf("INVITE", 1, atMost, Optional.of(invite));
        last.filter(response -> RawSip.status(response) >= 300).ifPresent(refusal -> sendQuietly(sip.ack(invite, refusal)));
        last.filter(response -> RawSip.status(response) < 300).ifPresent(response -> {
            answer = Optional.of(response);
            sendQuietly(ack(1));
        });
        return last;
    }

    /** Makes the phone forget the call: requests in the dialog get 481 from now on. */
    public void forget() {
        said = "481 Call/Transaction Does Not Exist";
    }

    /** Returns the final response to the INVITE, without acknowledging it. */
    public Optional<String> awaitFinalWithoutAck(Duration atMost) throws IOException {
        answer = finalOf("INVITE", 1, atMost, Optional.of(invite));
        return answer;
    }

    /** Returns the address to which the other side wants RTP. */
    public InetSocketAddress media() {
        String response = answer.orElseThrow(() -> new IllegalStateException("the call was not answered"));
        return SessionDescription.parse(body(response)).orElseThrow().media();
    }

    public String callId() {
        return RawSip.callId(invite);
    }

    public String inviteText() {
        return invite;
    }

    /** Returns a request within the dialog as it would be sent now, with the next CSeq. */
    public String request(String method, String headers, String type, String body) {
        cseq++;
        return requestAt(cseq, method, headers, type, body);
    }

    /** Returns the same with a given CSeq. */
    public String requestAt(int number, String method, String headers, String type, String body) {
        String response = answer.orElse(invite);
        String contact = RawSip.header(response, "Contact").replaceFirst(".*<([^>]+)>.*", "$1");
        String target = contact.isEmpty() ? "sip:edge@" + sip.edge().getHostString() + ":" + sip.edge().getPort() : contact;
        return method + " " + target + " SIP/2.0\r\n"
                + "Via: SIP/2.0/UDP " + sip.own() + ";branch=z9hG4bK" + Long.toHexString(System.nanoTime()) + ";rport\r\n"
                + "Max-Forwards: 70\r\n"
                + "From: " + RawSip.header(invite, "From") + "\r\n"
                + "To: " + RawSip.header(response, "To") + "\r\n"
                + "Call-ID: " + callId() + "\r\n"
                + "CSeq: " + number + " " + method + "\r\n"
                + "Contact: <sip:raw@" + sip.own() + ">\r\n"
                + headers
                + (body.isEmpty() ? "" : "Content-Type: " + type + "\r\n")
                + "Content-Length: " + body.getBytes(StandardCharsets.ISO_8859_1).length + "\r\n\r\n" + body;
    }

    public String ack(int number) {
        return requestAt(number, "ACK", "", "", "");
    }

    /** Sends a request of the dialog and waits for its final response, which is acknowledged for a re-INVITE. */
    public Optional<String> ask(String request, Duration atMost) throws IOException {
        sip.send(request);
        String[] number = RawSip.header(request, "CSeq").split(" ");
        Optional<String> response = finalOf(number[1], Integer.parseInt(number[0]), atMost, Optional.of(request));
        if (number[1].equals("INVITE") && response.isPresent()) {
            boolean taken = RawSip.status(response.get()) < 300;
            sip.send(taken ? ack(Integer.parseInt(number[0])) : sip.ack(request, response.get()).replace("CSeq: 1 ACK", "CSeq: " + number[0] + " ACK"));
        }
        return response;
    }

    /** Sends a BYE and returns the status of its response; 0 if none came. */
    public int hangUp(Duration atMost) throws IOException {
        return ask(request("BYE", "", "", ""), atMost).map(RawSip::status).orElse(0);
    }

    /** Returns whether the other side has sent a BYE by now, and answers it. */
    public boolean wasHungUp() throws IOException {
        read(QUIET);
        return received.stream().anyMatch(message -> message.startsWith("BYE ") && RawSip.callId(message).equals(callId()));
    }

    private Optional<String> finalOf(String method, int number, Duration atMost, Optional<String> again) throws IOException {
        long end = System.nanoTime() + atMost.toNanos();
        long resend = System.nanoTime() + RESEND.toNanos();
        while (System.nanoTime() < end) {
            Optional<String> response = received.stream()
                    .filter(message -> isResponse(message, method, number) && RawSip.status(message) >= 200)
                    .findFirst();
            if (response.isPresent()) {
                return response;
            }
            read(Duration.ofMillis(50));
            boolean heard = received.stream().anyMatch(message -> isResponse(message, method, number));
            if (again.isPresent() && !heard && System.nanoTime() > resend) {
                sip.send(again.get());
                resend = System.nanoTime() + 2 * RESEND.toNanos();
            }
        }
        return Optional.empty();
    }

    private boolean isResponse(String message, String method, int number) {
        return RawSip.status(message) > 0
                && RawSip.callId(message).equals(callId())
                && RawSip.header(message, "CSeq").equals(number + " " + method);
    }

    private void read(Duration atMost) throws IOException {
        Optional<String> next = sip.receive(atMost);
        while (next.isPresent()) {
            String message = next.get();
            received.add(message);
            if (RawSip.status(message) == 0 && !message.startsWith("ACK ")) {
                sip.send(answerTo(message));
            }
            next = sip.receive(QUIET);
        }
    }

    private String answerTo(String request) {
        StringBuilder response = new StringBuilder("SIP/2.0 ").append(said).append("\r\n");
        request.lines()
                .takeWhile(line -> !line.isEmpty())
                .filter(line -> line.matches("(?i)(via|from|to|call-id|cseq|record-route):.*"))
                .forEach(line -> response.append(line).append("\r\n"));
        return response.append("Content-Length: 0\r\n\r\n").toString();
    }

    private void sendQuietly(String message) {
        try {
            sip.send(message);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static String body(String message) {
        int end = message.indexOf("\r\n\r\n");
        return end < 0 ? "" : message.substring(end + 4);
    }
}
