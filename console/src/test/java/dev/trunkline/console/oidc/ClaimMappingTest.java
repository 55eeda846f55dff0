package dev.trunkline.console.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.trunkline.console.accounts.Role;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ClaimMappingTest {
    private static final ClaimMapping MAPPING = new ClaimMapping(
            "preferred_username", "realm_access/roles", "organisation",
            Map.of("phone-admins", Role.ADMIN, "tenants", Role.TENANT, "agents", Role.DESK, "helpers", Role.SUPPORT));

    private static ClaimMapping.Person person(String claims) throws Exception {
        return MAPPING.person(new ObjectMapper().readTree(claims.replace('\'', '"')));
    }

    private static void refused(String claims, TurnedAway why) {
        assertThatThrownBy(() -> person(claims)).isInstanceOfSatisfying(NotSignedIn.class, fault -> assertThat(fault.why()).isEqualTo(why));
    }

    @Test
    void aRoleAndAnOrganisationComeFromClaims() throws Exception {
        assertThat(person("{'sub': '1', 'preferred_username': 'anna', 'realm_access': {'roles': ['x', 'tenants']}, 'organisation': 'town'}"))
                .isEqualTo(new ClaimMapping.Person("anna", Role.TENANT, Optional.of("town")));
        assertThat(person("{'sub': '1', 'realm_access': {'roles': 'helpers'}}"))
                .isEqualTo(new ClaimMapping.Person("1", Role.SUPPORT, Optional.empty()));
    }

    @Test
    void ofSeveralRolesTheFirstCountsAndAnAdminIsOfNoOrganisation() throws Exception {
        assertThat(person("{'sub': '1', 'realm_access': {'roles': ['agents', 'phone-admins']}, 'organisation': 'town'}"))
                .isEqualTo(new ClaimMapping.Person("1", Role.ADMIN, Optional.empty()));
    }

    @Test
    void aNameWithASlashIsAClaimOfThatNameFirst() throws Exception {
        assertThat(person("{'sub': '1', 'realm_access/roles': ['agents'], 'realm_access': {'roles': ['phone-admins']}, 'organisation': ['town']}")
                        .role())
                .isEqualTo(Role.DESK);
    }

    @Test
    void whoeverHasNoRoleOrNotOneOrganisationIsTurnedAway() {
        refused("{'sub': '1', 'organisation': 'town'}", TurnedAway.NO_ROLE);
        refused("{'sub': '1', 'realm_access': {'roles': ['admin']}, 'organisation': 'town'}", TurnedAway.NO_ROLE);
        refused("{'sub': '1', 'realm_access': 'phone-admins'}", TurnedAway.NO_ROLE);
        refused("{'sub': '1', 'realm_access': {'roles': ['tenants']}}", TurnedAway.NO_ORGANISATION);
        refused("{'sub': '1', 'realm_access': {'roles': ['agents']}, 'organisation': ''}", TurnedAway.NO_ORGANISATION);
        refused("{'sub': '1', 'realm_access': {'roles': ['helpers']}, 'organisation': ['town', 'city']}", TurnedAway.NO_ORGANISATION);
    }
}
