package dev.trunkline.router.warm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.trunkline.events.Agent;
import dev.trunkline.events.RuleRef;
import dev.trunkline.events.WarmRooms;
import dev.trunkline.router.directory.DispatchRule;
import dev.trunkline.router.rules.RuleDefinitions;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WantedRoomsTest {
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final WarmRooms TWO = new WarmRooms(new RuleRef("1", "r1"), "call", List.of(new Agent("a", "")), 2);
    private static final WarmRooms THREE = new WarmRooms(new RuleRef("1", "r1"), "call", List.of(new Agent("a", "")), 3);

    private static DispatchRule rule(String id, String terms) {
        try {
            return new DispatchRule(
                    id, "r" + id, Optional.empty(), List.of(), RuleDefinitions.readTerms(YAML.readTree(terms)), 0, Instant.EPOCH);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aRuleWithWarmAgentsWantsRoomsWithItsPrefixAndWhatItsAgentsAreTold() {
        Map<String, WarmRooms> wanted = WantedRooms.of(List.of(
                rule("1", "{type: individual, room_prefix: shop, metadata: m, agents: [{name: a}, {name: b, metadata: own}], warm: 3}"),
                rule("2", "{type: individual, agents: [{name: a}]}"),
                rule("3", "{type: direct, room_name: lobby}")));

        assertThat(wanted).isEqualTo(Map.of("1", new WarmRooms(
                new RuleRef("1", "r1"), "shop", List.of(new Agent("a", "m"), new Agent("b", "own")), 3)));
    }

    @Test
    void whatTheTopicSaysAlreadyIsNotSaidAgain() {
        assertThat(WantedRooms.changes(Map.of("1", TWO), Map.of("1", TWO))).isEmpty();
        assertThat(WantedRooms.changes(Map.of(), Map.of())).isEmpty();
    }

    @Test
    void whatIsNewOrChangedIsSaid() {
        assertThat(WantedRooms.changes(Map.of("1", TWO), Map.of())).isEqualTo(Map.of("1", Optional.of(TWO)));
        assertThat(WantedRooms.changes(Map.of("1", THREE), Map.of("1", TWO))).isEqualTo(Map.of("1", Optional.of(THREE)));
    }

    @Test
    void whatIsNotWantedAnyMoreIsWithdrawn() {
        assertThat(WantedRooms.changes(Map.of(), Map.of("1", TWO))).isEqualTo(Map.of("1", Optional.empty()));
    }
}
