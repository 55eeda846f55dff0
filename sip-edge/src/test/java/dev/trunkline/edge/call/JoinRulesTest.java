package dev.trunkline.edge.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.edge.call.JoinRules.Side;
import dev.trunkline.events.CallId;
import dev.trunkline.events.OrganisationRef;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which calls of a phone may be joined. */
class JoinRulesTest {
    private static final CallId OTHER = CallId.of("01900000-0000-7000-8000-000000000002");
    private static final Side ASKING = side(Given.CALL, "o", "t", "192.0.2.1", "room-1");

    private static Side side(CallId id, String organisation, String trunk, String address, String room) {
        return new Side(id, false, Optional.ofNullable(organisation).map(name -> new OrganisationRef(name, name)), Optional.ofNullable(trunk),
                Optional.ofNullable(address), Optional.ofNullable(room), false);
    }

    private static int status(Side other, boolean earlyOnly) {
        return JoinRules.objection(ASKING, other, earlyOnly).map(JoinRules.Objection::status).orElse(0);
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", value = {
        "o, t, 192.0.2.9, room-2, 0", "o, u, 192.0.2.1, room-2, 0", "o, -, 192.0.2.1, -, 0",
        "p, t, 192.0.2.1, room-2, 603", "-, t, 192.0.2.1, room-2, 603", "o, u, 192.0.2.9, room-2, 603", "o, -, -, room-2, 603",
        "o, t, 192.0.2.1, room-1, 603",
    })
    void bothAreOfOneOrganisationAndLeadToOneTrunkOrAddressAndToTwoRooms(
            String organisation, String trunk, String address, String room, int status) {
        assertThat(status(side(OTHER, organisation, trunk, address, room), false)).isEqualTo(status);
    }

    @Test
    void neitherIsTheOtherOrUnansweredOrMeantOnlyBeforeTheAnswer() {
        assertThat(status(ASKING, false)).isEqualTo(400);
        Side other = side(OTHER, "o", "t", "192.0.2.1", "room-2");
        assertThat(status(other, true)).isEqualTo(486);
        assertThat(status(new Side(OTHER, true, other.organisation(), other.trunk(), other.address(), other.room(), false), false))
                .isEqualTo(480);
    }

    @Test
    void whoIsOnlyAskedWhetherItTakesACallerHasNobodyToGiveAway() {
        Side other = side(OTHER, "o", "t", "192.0.2.1", "room-2");
        assertThat(status(new Side(OTHER, false, other.organisation(), other.trunk(), other.address(), other.room(), true), false))
                .isEqualTo(603);
    }
}
