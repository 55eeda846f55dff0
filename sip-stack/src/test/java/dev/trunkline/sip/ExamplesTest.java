package dev.trunkline.sip;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.sip.message.SipRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ExamplesTest {
    private static final String SDP = "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio 4000 RTP/AVP 0\r\n";

    @Test
    void theTwoExamplesOfTheReadmeTalkWithEachOther() throws Exception {
        try (SipStack callee = Examples.answering("udp:127.0.0.1:22640", SDP);
                SipStack caller = SipStack.builder(Examples.listening("udp:127.0.0.1:22641")).build()) {
            caller.start(new SipHandler() {
                @Override
                public void request(ServerTransaction transaction) {}

                @Override
                public void ack(SipRequest ack) {}
            });
            assertThat(Examples.calling(caller, "sip:echo@127.0.0.1:22640", SDP).get(10, TimeUnit.SECONDS).status()).isEqualTo(200);
            assertThat(callee.alive()).isTrue();
        }
    }

    @Test
    void theExampleThatRegistersDoesSoOnTheWire() throws Exception {
        try (var registrar = new UdpPeer("127.0.0.1", 22642);
                var delays = new DelayThread("example", (where, fault) -> { });
                SipStack stack = SipStack.builder(Examples.listening("udp:127.0.0.1:22642")).build()) {
            stack.start(new SipHandler() {
                @Override
                public void request(ServerTransaction transaction) {}

                @Override
                public void ack(SipRequest ack) {}
            });
            var told = new LinkedBlockingQueue<RegisteringClient.Standing>();
            RegisteringClient client =
                    Examples.registering(stack, "127.0.0.1:" + registrar.port(), "anna", "secret", delays, told::add);
            String first = registrar.await("REGISTER sip:127.0.0.1:" + registrar.port() + " SIP/2.0");
            assertThat(first).contains("Contact: <sip:anna@127.0.0.1:22642>", "Expires: 300", "Supported: path");
            registrar.send(challenged(first));
            String second = registrar.await("REGISTER");
            assertThat(second).contains("Authorization: Digest username=\"anna\"", "CSeq: 2 REGISTER");
            registrar.send(UdpPeer.response(second, 200, "r"));
            RegisteringClient.Standing standing = told.poll(20, TimeUnit.SECONDS);
            assertThat(standing).isNotNull();
            assertThat(standing.registered()).isTrue();
            var ended = client.end().toCompletableFuture();
            registrar.send(UdpPeer.response(registrar.await("REGISTER"), 200, "r"));
            ended.get(20, TimeUnit.SECONDS);
        }
    }

    private static String challenged(String request) {
        return UdpPeer.response(request, 401, "r").replace("Content-Length",
                "WWW-Authenticate: Digest realm=\"r\", nonce=\"n\", qop=\"auth\", algorithm=SHA-256\r\nContent-Length");
    }

    @Test
    void theReadmeHasThemAsTheyAre() throws Exception {
        String source = Files.readString(Path.of("src/test/java/dev/trunkline/sip/Examples.java"));
        String readme = Files.readString(Path.of("README.md"));
        Matcher example = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL).matcher(readme);
        int found = 0;
        for (; example.find(); found++) {
            assertThat(source).contains(example.group(1).indent(4).replaceAll("(?m)^ +$", "").stripTrailing());
        }
        assertThat(found).isEqualTo(3);
    }
}
