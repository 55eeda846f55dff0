package dev.trunkline.sip.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.sip.message.MessageParser;
import dev.trunkline.sip.message.MessageWriter;
import dev.trunkline.sip.message.NameAddr;
import dev.trunkline.sip.message.OutgoingRequest;
import dev.trunkline.sip.message.OutgoingResponse;
import dev.trunkline.sip.message.Parsed;
import dev.trunkline.sip.message.SipHeader;
import dev.trunkline.sip.message.SipMessage;
import dev.trunkline.sip.message.SipRequest;
import dev.trunkline.sip.message.SipUri;
import dev.trunkline.sip.net.PacketSource;
import dev.trunkline.sip.net.SipTransportKind;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;

/** Reads everything from a message, and writes every message that can be written in response to it. */
public final class Everything {
    public static final PacketSource SOURCE =
            new PacketSource(InetAddress.ofLiteral("203.0.113.5"), 4711, SipTransportKind.UDP);
    /** Octets; the stack of the smallest common thread. */
    private static final int SMALL_STACK = 512 * 1024;

    private Everything() {}

    /** Runs the task on a thread with a small stack. */
    public static <T> T onSmallStack(Callable<T> task) throws Exception {
        var future = new FutureTask<>(task);
        var thread = new Thread(null, future, "small-stack", SMALL_STACK);
        thread.start();
        return future.get();
    }

    public static Parsed read(byte[] octets) {
        Parsed parsed = MessageParser.parse(octets, SOURCE);
        switch (parsed) {
            case Parsed.Request request -> {
                asked(request.request());
                answered(request.request());
            }
            case Parsed.Response response -> asked(response.response());
            case Parsed.Refused refused -> {
                assertThat(refused.flaw().status()).isIn(400, 413, 414, 505, 513);
                assertThat(refused.reply().length).isLessThan(octets.length + 1024);
                assertOneMessage(refused.reply());
            }
            case Parsed.Ignored ignored -> assertThat(ignored.why()).isNotBlank();
        }
        return parsed;
    }

    private static void asked(SipMessage message) {
        assertThat(message.method()).isNotEmpty();
        assertThat(message.callId()).isNotEmpty();
        assertThat(message.cseq()).isBetween(0L, (1L << 31) - 1);
        assertThat(message.from().uri()).isNotEmpty();
        assertThat(message.to().uri()).isNotEmpty();
        assertThat(message.via().port()).isBetween(1, 65_535);
        message.branch();
        message.contact().ifPresent(contact -> assertThat(SipUri.parse(contact).scheme()).isNotEmpty());
        assertThat(message.recordRoutes()).doesNotContainNull();
        message.contentType();
        message.body();
        message.sdp();
        message.parts().forEach(part -> part.text());
        for (String name : message.headers().names()) {
            NameAddr.all(message.headers().values(name)).forEach(address -> SipUri.parse(address.uri()).loose());
            message.headers().tokens(name);
            assertThat(message.headers().first(name)).isPresent();
        }
    }

    private static void answered(SipRequest request) {
        request.requestUser();
        var headers = new ArrayList<SipHeader>();
        request.headers().names().forEach(name ->
                request.headers().values(name).forEach(value -> headers.add(new SipHeader("X-" + name, value))));
        OutgoingResponse reply = OutgoingResponse.of(200).tagged("us").with(headers.subList(0, Math.min(20, headers.size())));
        assertOneMessage(MessageWriter.response(request, reply, Optional.of("<sip:us@192.0.2.1>")));
        var bye = new OutgoingRequest("BYE", request.contact().orElse("sip:x"), request.recordRoutes(), request.callId(),
                request.to().uri(), "us", request.from().uri(), request.from().tag().orElse(""), 1, List.of(),
                SipTransportKind.UDP, Optional.empty());
        byte[] sent = MessageWriter.request(bye, "SIP/2.0/UDP 192.0.2.1;branch=z9hG4bKx;rport", Optional.empty());
        assertOneMessage(sent);
        assertOneMessage(MessageWriter.cancel(sent));
        // The same parser accepts the messages that we write, unless the peer's own addresses exceed our length limit.
        if (sent.length < 2000 && MessageParser.parse(sent, SOURCE) instanceof Parsed.Request again) {
            assertThat(again.request().callId().strip()).isEqualTo(request.callId().replace('\0', ' ').strip());
        }
    }

    /** Asserts that there is one header section, that each line of it ends in CR LF and that it contains no NUL. */
    private static void assertOneMessage(byte[] octets) {
        String text = new String(octets, StandardCharsets.ISO_8859_1);
        String head = text.substring(0, text.indexOf("\r\n\r\n") + 2);
        assertThat(head.replace("\r\n", "").chars()).noneMatch(c -> c == '\r' || c == '\n' || c == 0);
        assertThat(text).contains("\r\nContent-Length: ");
    }
}
