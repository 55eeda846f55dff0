package dev.trunkline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArgumentsTest {

    @Test
    void optionsStandAnywhere() {
        Arguments arguments = parse("--to", "1", "file", "--dry", "--to=2", "--at", "--dry");
        assertThat(arguments.all("--to")).containsExactly("1", "2");
        assertThat(arguments.has("--dry")).isTrue();
        // The value of an option may look like another one.
        assertThat(arguments.one("--at")).contains("--dry");
        assertThat(arguments.only("a file")).isEqualTo("file");
    }

    @Test
    void aValueMayHoldAnEqualsSign() {
        assertThat(parse("--to=ST_1=yeastar").one("--to")).contains("ST_1=yeastar");
    }

    @ParameterizedTest
    @CsvSource({
        "--nothing, there is no option --nothing", "--nothing=1, there is no option --nothing",
        "--to, --to wants a value", "--dry=1, there is no option --dry"
    })
    void faultyWords(String word, String message) {
        assertThatThrownBy(() -> parse(word)).isInstanceOf(UsageException.class).hasMessage(message);
    }

    @Test
    void whatIsAskedForMustBeThere() {
        assertThatThrownBy(() -> parse().only("a file")).hasMessage("a file is missing");
        assertThatThrownBy(() -> parse("a", "b").only("a file")).hasMessage("one at a time: b");
        assertThatThrownBy(() -> parse("a").nothingElse()).hasMessageContaining("\"a\"");
        assertThatThrownBy(() -> parse().required("--to")).hasMessage("--to is missing");
        assertThatThrownBy(() -> parse("--to", "1", "--to", "2").one("--to")).hasMessage("--to stands twice");
    }

    private static Arguments parse(String... words) {
        return Arguments.parse(List.of(words), Set.of("--dry"), Set.of("--to", "--at"));
    }
}
