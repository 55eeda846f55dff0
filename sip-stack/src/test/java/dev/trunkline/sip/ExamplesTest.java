package dev.trunkline.sip;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.sip.message.SipRequest;
import java.nio.file.Files;
import java.nio.file.Path;
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
    void theReadmeHasThemAsTheyAre() throws Exception {
        String source = Files.readString(Path.of("src/test/java/dev/trunkline/sip/Examples.java"));
        String readme = Files.readString(Path.of("README.md"));
        Matcher example = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL).matcher(readme);
        int found = 0;
        for (; example.find(); found++) {
            assertThat(source).contains(example.group(1).indent(4).replaceAll("(?m)^ +$", "").stripTrailing());
        }
        assertThat(found).isEqualTo(2);
    }
}
