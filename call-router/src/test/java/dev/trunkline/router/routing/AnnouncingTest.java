package dev.trunkline.router.routing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.events.Announcement;
import dev.trunkline.events.AnswerPolicy;
import dev.trunkline.events.Fallback;
import dev.trunkline.events.FallbackKind;
import dev.trunkline.events.sounds.SoundKey;
import dev.trunkline.router.directory.AnnouncementChoice;
import dev.trunkline.router.directory.AnnouncementChoice.Play;
import dev.trunkline.router.directory.AnnouncementChoice.Skip;
import dev.trunkline.router.directory.Destination;
import dev.trunkline.router.directory.Directory;
import dev.trunkline.router.directory.DispatchRule;
import dev.trunkline.router.directory.Organisation;
import dev.trunkline.router.directory.PhoneNumber;
import dev.trunkline.router.directory.RoomChoice;
import dev.trunkline.router.directory.RuleTerms;
import dev.trunkline.router.directory.SoundTable;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class AnnouncingTest {
    private static final Organisation BAKERY =
            new Organisation("bakery-id", "bakery", Town.json("{}"), OptionalInt.empty(), Optional.empty());

    private final Trace trace = new Trace();

    private Optional<Announcement> announced(AnnouncementChoice ofNumber, AnnouncementChoice ofRule, String config, SoundKey... sounds) {
        var number = new PhoneNumber(
                "+3225550100", BAKERY.id(), true, "", Optional.empty(), Town.json("{}"), 1, Optional.empty(), Optional.ofNullable(ofNumber),
                Instant.EPOCH);
        DispatchRule rule = rule(Optional.ofNullable(ofRule), List.of());
        Directory directory = directory(number, rule, sounds);
        Call call = new Town().of("+3225550100", "+3225550999");
        return Announcing.of(new Matched(call, directory, number, BAKERY, rule), Town.json(config), trace);
    }

    private static DispatchRule rule(Optional<AnnouncementChoice> announcement, List<Fallback> fallback) {
        var terms = new RuleTerms(
                List.of(), List.of(), new Destination.Room(new RoomChoice.Individual("call", false), false), List.of(), "", Town.json("{}"), false,
                Optional.empty(), Optional.empty(), AnswerPolicy.ON_AGENT, 20, fallback, Optional.empty(), Optional.empty(), 0, Optional.empty(), announcement);
        return new DispatchRule("rule-id", "sales", Optional.of(BAKERY.id()), List.of(), terms, 0, Instant.EPOCH);
    }

    /** The first sound is the default for each name. */
    private static Directory directory(PhoneNumber number, DispatchRule rule, SoundKey... sounds) {
        List<SoundKey> all = List.of(sounds);
        return Directory.of(1, List.of(BAKERY), List.of(number), List.of(), List.of(rule)).withSounds(new SoundTable(all.stream()
                .map(key -> new SoundTable.Entry(key, all.indexOf(key) == 0))
                .toList()));
    }

    private static Play play(String name) {
        return new Play(name, Optional.empty());
    }

    private static SoundKey suites(String language) {
        return new SoundKey("", "machine", language);
    }

    @Test
    void nothingIsAnnouncedWhereNobodySaysSo() {
        assertThat(announced(null, null, "{'language':'nl'}")).isEmpty();
        assertThat(trace.steps()).isEmpty();
    }

    @Test
    void theRulesAnnouncementIsPlayedInTheLanguageOfTheConfiguration() {
        assertThat(announced(null, play("machine"), "{'language':'nl-be'}", suites("nl-BE"))).contains(new Announcement("machine", "nl-BE"));
        assertThat(trace.steps()).singleElement().satisfies(step -> assertThat(step.detail())
                .isEqualTo("At the beginning rule sales plays the announcement machine, the suite's, in nl-BE."));
    }

    @Test
    void theNumbersWordCountsBeforeTheRules() {
        assertThat(announced(new Play("machine", Optional.of("fr")), play("other"), "{'language':'nl'}", suites("en")))
                .contains(new Announcement("machine", "fr"));
        assertThat(trace.steps()).singleElement().satisfies(step -> assertThat(step.detail())
                .contains("number +3225550100", "in en, because it does not exist in fr"));
    }

    @Test
    void aNumberThatSkipsItSaysWhy() {
        assertThat(announced(new Skip("a person answers here"), play("machine"), "{}", suites("en"))).isEmpty();
        assertThat(trace.steps()).singleElement().satisfies(step -> {
            assertThat(step.step()).isEqualTo("announcement-skipped");
            assertThat(step.detail()).contains("a person answers here");
        });
    }

    @Test
    void theOrganisationsOwnSoundGoesBeforeTheSuites() {
        announced(null, play("machine"), "{}", suites("nl"), new SoundKey(BAKERY.id(), "machine", ""));
        assertThat(trace.steps()).singleElement().satisfies(step ->
                assertThat(step.detail()).contains("its organisation's, without a language"));
    }

    @Test
    void aSoundThatIsNotThereIsToldInTheTraceAndStillAskedFor() {
        assertThat(announced(null, play("machine"), "{'language': 7}")).contains(new Announcement("machine", ""));
        assertThat(trace.steps()).singleElement().satisfies(step ->
                assertThat(step.detail()).contains("does not exist", "PUT /sounds/machine"));
    }

    @Test
    void aRuleThatNamesASoundThatIsNotThereIsRemarkedUpon() {
        var step = new Fallback(FallbackKind.ANNOUNCEMENT, "closed", "", 0);
        DispatchRule rule = rule(Optional.of(play("machine")), List.of(step));
        var number = new PhoneNumber("+3225550100", BAKERY.id(), true, "", Town.json("{}"), 1, Optional.empty());

        assertThat(RuleRemarks.of(directory(number, rule, suites("nl")), rule)).filteredOn(remark -> remark.text().contains("sound"))
                .singleElement().satisfies(remark -> {
                    assertThat(remark.field()).isEqualTo("fallback[0].announcement");
                    assertThat(remark.text()).contains("neither bakery nor the suite has a sound closed", "PUT /sounds/closed");
                });
        assertThat(RuleRemarks.of(directory(number, rule), rule)).extracting(RuleRemarks.Remark::field)
                .contains("announcement", "fallback[0].announcement");
    }
}
