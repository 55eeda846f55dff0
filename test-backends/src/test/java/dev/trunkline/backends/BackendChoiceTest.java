package dev.trunkline.backends;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trunkline.backends.BackendChoice.Engine;
import dev.trunkline.backends.BackendChoice.Kind;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class BackendChoiceTest {
    private static final Supplier<Engine> ANSWERS = () -> new Engine.Answers("Docker 28.0 answers");
    private static final Supplier<Engine> SILENT = () -> new Engine.Silent("no Docker engine answers: refused");
    private static final Supplier<Engine> NOT_TO_BE_ASKED = () -> {
        throw new AssertionError("asked");
    };

    private static BackendChoice choice(String setting, Supplier<Engine> engine) {
        return BackendChoice.of(Optional.of(setting), engine);
    }

    @Test
    void withoutASettingContainersAreTakenWhereAnEngineAnswers() {
        assertThat(BackendChoice.of(Optional.empty(), ANSWERS)).isEqualTo(new BackendChoice(Kind.CONTAINERS, "Docker 28.0 answers"));
        assertThat(choice(" ", ANSWERS).kind()).isEqualTo(Kind.CONTAINERS);
    }

    @Test
    void withoutASettingAndAnEngineTheEmbeddedOnesAreTaken() {
        assertThat(BackendChoice.of(Optional.empty(), SILENT)).isEqualTo(new BackendChoice(Kind.EMBEDDED, "no Docker engine answers: refused"));
    }

    @Test
    void whoWantsTheEmbeddedOnesHasThemAndNoEngineIsAsked() {
        assertThat(choice("embedded", NOT_TO_BE_ASKED)).isEqualTo(new BackendChoice(Kind.EMBEDDED, "TRUNKLINE_TEST_BACKENDS says so"));
        assertThat(choice("Embedded ", NOT_TO_BE_ASKED).kind()).isEqualTo(Kind.EMBEDDED);
    }

    @Test
    void whoWantsContainersHasThemIfAnEngineAnswers() {
        assertThat(choice("containers", ANSWERS).kind()).isEqualTo(Kind.CONTAINERS);
    }

    @Test
    void whoWantsContainersAndHasNoEngineIsToldWhyAndWhatToDo() {
        assertThatThrownBy(() -> choice("containers", SILENT))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("TRUNKLINE_TEST_BACKENDS is containers, but no Docker engine answers: refused: start a Docker engine,"
                        + " or set TRUNKLINE_TEST_BACKENDS to embedded or not at all");
    }

    @Test
    void anyOtherSettingIsRefusedAndTheTwoAreNamed() {
        assertThatThrownBy(() -> choice("docker", NOT_TO_BE_ASKED))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("TRUNKLINE_TEST_BACKENDS is \"docker\": set it to containers or embedded, or not at all");
    }

    @Test
    void theLogHasOneLineOfWhatWasChosenAndWhy() {
        assertThat(BackendChoice.of(Optional.empty(), ANSWERS)).hasToString(
                "the tests' Kafka, Redis, Postgres and LiveKit: containers (Docker 28.0 answers)");
    }
}
