package dev.trunkline.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProgramNameTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "/usr/sbin/asterisk -f -C /etc/secret              | /usr/sbin/asterisk",
        "asterisk --password s                             | asterisk",
        "/usr/bin/python3.13 -u /srv/agent.py start --key s | python3.13 /srv/agent.py",
        "python3 -m http.server 8081                       | python3 http.server",
        "python3 -c password                               | python3",
        "/opt/jdk/bin/java -Xmx1g -cp a:b dev.Main secret  | java dev.Main",
        "java -Dkey=secret -jar /srv/x.jar secret          | java /srv/x.jar",
        "node --require dotenv greeter.mjs                 | node greeter.mjs",
        "java                                              | java",
        "/                                                 | /",
    })
    void theProgramAndWhatItRunsAndNoArgument(String command, String name) {
        assertThat(ProgramName.of(List.of(command.split(" ")))).isEqualTo(name);
    }
}
