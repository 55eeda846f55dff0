package dev.trunkline.router.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TokenClaimsTest {

    @Test
    void rolesAreATextOrAListAtAnyDepth() {
        assertThat(claims("groups").roles(Map.of("groups", "admin"))).containsExactly("admin");
        assertThat(claims("groups").roles(Map.of("groups", List.of("a", 5, "b")))).containsExactly("a", "b");
        assertThat(claims("realm_access/roles").roles(Map.of("realm_access", Map.of("roles", List.of("x")))))
                .containsExactly("x");
        assertThat(claims("https://shop.example/role").roles(Map.of("https://shop.example/role", "y")))
                .containsExactly("y");
        assertThat(claims("groups").roles(Map.of("groups", 5))).isEmpty();
        assertThat(claims("realm_access/roles").roles(Map.of("realm_access", "x"))).isEmpty();
        assertThat(claims("groups").roles(Map.of())).isEmpty();
    }

    @Test
    void aTokenIsOfOneOrganisation() {
        assertThat(claims("g").organisation(Map.of("organisation", "demo"))).contains("demo");
        assertThat(claims("g").organisation(Map.of("organisation", List.of("demo")))).contains("demo");
        assertThat(claims("g").organisation(Map.of("organisation", List.of("demo", "other")))).isEmpty();
        assertThat(claims("g").organisation(Map.of("organisation", " "))).isEmpty();
        assertThat(claims("g").organisation(Map.of())).isEmpty();
    }

    private static TokenClaims claims(String role) {
        return new TokenClaims(role, "organisation", "admin", "tenant");
    }
}
