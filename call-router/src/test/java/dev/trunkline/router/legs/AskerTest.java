package dev.trunkline.router.legs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.trunkline.router.auth.Principal;
import dev.trunkline.router.directory.Directory;
import dev.trunkline.router.directory.Organisation;
import dev.trunkline.router.problem.Refused;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The organisation for which a request makes an outbound call. */
class AskerTest {
    private static final UUID BAKERY = UUID.fromString("00000000-0000-4000-8000-00000000000b");
    private static final UUID CINEMA = UUID.fromString("00000000-0000-4000-8000-00000000000c");
    private static final Principal ADMIN = new Principal.Admin("admin");
    private static final Principal BAKER = new Principal.Tenant("anna", BAKERY, "bakery");

    private final Directory one = directory(organisation(BAKERY, "bakery"));
    private final Directory two = directory(organisation(BAKERY, "bakery"), organisation(CINEMA, "cinema"));

    private static Organisation organisation(UUID id, String name) {
        return new Organisation(id.toString(), name, JsonNodeFactory.instance.objectNode(), OptionalInt.empty(), Optional.empty());
    }

    private static Directory directory(Organisation... organisations) {
        return Directory.of(1, List.of(organisations), List.of(), List.of(), List.of());
    }

    @Test
    void aTenantNeedNotNameItsOwnAndMayNameNoOther() {
        assertThat(Asker.organisation(BAKER, Optional.empty(), two).name()).isEqualTo("bakery");
        assertThat(Asker.organisation(BAKER, Optional.of("bakery"), two).name()).isEqualTo("bakery");
        refuses(Response.Status.NOT_FOUND, BAKER, Optional.of("cinema"), two);
    }

    @Test
    void anAdminNamesOneUnlessThereIsOneAlone() {
        assertThat(Asker.organisation(ADMIN, Optional.of("cinema"), two).name()).isEqualTo("cinema");
        assertThat(Asker.organisation(ADMIN, Optional.empty(), one).name()).isEqualTo("bakery");
        refuses(Response.Status.BAD_REQUEST, ADMIN, Optional.empty(), two);
        refuses(Response.Status.BAD_REQUEST, ADMIN, Optional.empty(), directory());
        refuses(Response.Status.NOT_FOUND, ADMIN, Optional.of("cinema"), one);
    }

    private static void refuses(Response.Status status, Principal who, Optional<String> named, Directory directory) {
        assertThatThrownBy(() -> Asker.organisation(who, named, directory))
                .isInstanceOfSatisfying(Refused.class, refused -> assertThat(refused.status()).isEqualTo(status));
    }
}
