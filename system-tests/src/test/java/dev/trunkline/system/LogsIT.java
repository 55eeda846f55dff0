package dev.trunkline.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.events.EndReason;
import dev.trunkline.phone.AudioSource;
import dev.trunkline.phone.Call;
import dev.trunkline.phone.CallRequest;
import dev.trunkline.phone.Phone;
import dev.trunkline.system.support.Await;
import dev.trunkline.system.support.CallLog;
import dev.trunkline.system.support.SuiteExtension;
import dev.trunkline.system.support.SuiteUnderTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** One call through the whole suite, as each service logs it. */
@ExtendWith(SuiteExtension.class)
class LogsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String PBX = "127.0.0.56";
    private static final String CALLER = "+32470899317";
    private static final String DIRECTORY = """
            organisations:
              - name: logs
                caller_rate: {calls: 1000, window_seconds: 3600}
                numbers:
                  - {phone_number: "+3225551760", max_concurrent_calls: 10}
            trunks:
              - {name: Logs PBX, addresses: ["127.0.0.56"], country: BE}
            rules:
              - {name: logs, organisation: logs, trunks: [Logs PBX], type: individual, room_prefix: logs,
                 agents: [{name: demo, metadata: {scenario: echo}}]}
            """;
    /** Date, time and zone, level, class. */
    private static final String HEAD = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}(Z|[+-]\\d\\d:\\d\\d) [A-Z]+ +\\[\\w+] ";

    private final SuiteUnderTest suite;

    LogsIT(SuiteUnderTest suite) {
        this.suite = suite;
    }

    @Test
    void eachServiceSaysWhichCallALineIsAboutInTheSameWay() throws Exception {
        suite.apply(DIRECTORY);
        suite.awaitTrunkAt(PBX);
        String id;
        try (Phone phone = suite.phoneAt(PBX)) {
            Call call = phone.dial(CallRequest.to("+3225551760").from(CALLER).saying(AudioSource.tone(700)));
            call.awaitAnswer(PATIENCE);
            call.sendDtmf('5');
            CallLog log = suite.events().of(call);
            id = log.callId();
            assertThat(call.hangUp().toCompletableFuture().join().status()).isEqualTo(200);
            log.assertEnded(EndReason.CALLER_HUNG_UP);
        }
        String whole = "call=" + id + " organisation=logs trunk=\"Logs PBX\" ";
        // Each service learns the owner of the number at some point; the edge and the router do not know it in their first line.
        Pattern line = Pattern.compile(HEAD + "call=" + id + "( organisation=logs)?( trunk=\"Logs PBX\")? \\S.*");
        for (String service : SuiteUnderTest.SERVICES) {
            Path file = suite.suite().process(service).log();
            Await.until("a line of " + service + " about the call, with its owner", PATIENCE,
                    () -> about(file, id).stream().anyMatch(text -> text.contains(whole)));
            assertThat(about(file, id)).as(service).allMatch(text -> line.matcher(text).matches(), line.pattern());
        }
        for (String service : List.of("media-relay", "agent-dispatcher")) {
            assertThat(about(suite.suite().process(service).log(), id)).as(service).allMatch(text -> text.contains(whole));
        }
        try (Stream<Path> logs = Files.list(suite.suite().logs())) {
            assertThat(logs.toList()).allSatisfy(log -> assertThat(lines(log)).noneMatch(text -> text.contains(CALLER.substring(3))));
        }
    }

    private static List<String> about(Path log, String call) {
        return lines(log).stream().filter(line -> line.contains(call)).toList();
    }

    private static List<String> lines(Path log) {
        try {
            return Files.readString(log, StandardCharsets.ISO_8859_1).lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
