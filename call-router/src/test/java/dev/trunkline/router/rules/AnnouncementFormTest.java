package dev.trunkline.router.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.trunkline.router.directory.AnnouncementChoice;
import dev.trunkline.router.fields.Fault;
import dev.trunkline.router.fields.Fields;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnnouncementFormTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private record Read(Optional<AnnouncementChoice> choice, List<Fault> faults) {}

    private static Read read(String announcement) throws Exception {
        List<Fault> faults = new ArrayList<>();
        var fields = new Fields(JSON.readTree("{\"announcement\": " + announcement + "}"), "", faults);
        Optional<AnnouncementChoice> choice = AnnouncementForm.read(fields);
        fields.nothingElse();
        return new Read(choice, faults);
    }

    @Test
    void aNameIsEnough() throws Exception {
        assertThat(read("\"machine\"")).isEqualTo(new Read(Optional.of(new AnnouncementChoice.Play("machine", Optional.empty())), List.of()));
    }

    @Test
    void aLanguageAndAReasonAreRead() throws Exception {
        assertThat(read("{\"name\": \"machine\", \"language\": \"nl-be\"}").choice())
                .contains(new AnnouncementChoice.Play("machine", Optional.of("nl-BE")));
        assertThat(read("{\"skip\": \"a person answers here\"}").choice()).contains(new AnnouncementChoice.Skip("a person answers here"));
        assertThat(read("null")).isEqualTo(new Read(Optional.empty(), List.of()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"machine\"", "{\"name\":\"machine\",\"language\":\"nl-BE\"}", "{\"skip\":\"a person answers here\"}"})
    void whatIsWrittenIsReadAgain(String written) throws Exception {
        assertThat(AnnouncementForm.write(read(written).choice().orElseThrow()).toString()).isEqualTo(written);
        assertThat(AnnouncementForm.parse(JSON.readTree(written))).isEqualTo(read(written).choice().orElseThrow());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\'', value = {
        "\"../x\"                              | announcement          | write the name of a sound",
        "{}                                    | announcement.name     | is missing",
        "{\"skip\": \"no\"}                    | announcement.skip     | why callers need not be told",
        "{\"skip\": \"a good reason\", \"name\": \"x\"} | announcement.name | is not known here",
        "{\"name\": \"x\", \"language\": \"dutch please\"} | announcement.language | write a language tag",
        "7                                     | announcement          | put it in quotes",
    })
    void aFaultSaysWhereAndWhatToWrite(String announcement, String path, String problem) throws Exception {
        assertThat(read(announcement).faults()).anySatisfy(fault -> {
            assertThat(fault.path()).isEqualTo(path);
            assertThat(fault.problem()).contains(problem);
        });
    }

    @Test
    void aDocumentThatNobodyWroteIsRefused() {
        assertThatThrownBy(() -> AnnouncementForm.parse(JSON.readTree("{\"play\": 1}"))).isInstanceOf(IllegalStateException.class);
    }
}
