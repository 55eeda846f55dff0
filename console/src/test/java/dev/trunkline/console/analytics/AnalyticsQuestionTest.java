package dev.trunkline.console.analytics;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AnalyticsQuestionTest {
    private static final Instant FROM = Instant.parse("2026-11-01T00:00:00Z");
    private static final Instant TO = Instant.parse("2026-11-08T00:00:00Z");

    private static AnalyticsQuestion of(String dimension, Optional<List<String>> organisations, String value) {
        return new AnalyticsQuestion(FROM, TO, ZoneId.of("UTC"), dimension, organisations, Optional.of("Bakery"), value);
    }

    @Test
    void whoSeesAllAsksAboutEachOrganisationThatHasOrHadTheName() {
        AnalyticsQuestion question = of("organisation", Optional.empty(), "").named(List.of("o1", "o2"));

        assertThat(question.where()).isEqualTo("dimension = ? and value = ? and organisation_id = any (?)");
        assertThat(question.valuesOfCounts()).containsExactly("organisation", "", new String[] {"o1", "o2"});
        assertThat(question.whereOfCalls()).isEqualTo("? = '' and organisation_id = any (?)");
    }

    @Test
    void oneOrganisationIsAskedForByEquality() {
        AnalyticsQuestion question = of("trunk", Optional.empty(), "pbx").named(List.of("o1"));

        assertThat(question.where()).isEqualTo("dimension = ? and value = ? and organisation_id = ?");
        assertThat(question.valuesOfCalls()).containsExactly("pbx", "o1", FROM, TO);
    }

    @Test
    void whoSeesOneOrganisationSeesNoOtherByItsName() {
        AnalyticsQuestion question = of("organisation", Optional.of(List.of("own")), "").named(List.of("other"));

        assertThat(question.where()).endsWith("organisation_id = any (?)");
        assertThat(question.valuesOfCounts()).containsExactly("organisation", "", new String[0]);
    }
}
