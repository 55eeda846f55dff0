package dev.trunkline.console.history;

import dev.trunkline.console.accounts.Allowed;
import dev.trunkline.console.accounts.CurrentSession;
import dev.trunkline.console.accounts.Role;
import dev.trunkline.console.problem.Refused;
import dev.trunkline.events.privacy.Pseudonyms;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.logging.Logger;

/** Callers who want to be forgotten. */
@Path("/callers")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "History")
public class CallersResource {
    private static final Logger LOG = Logger.getLogger(CallersResource.class);

    private final Erasure erasure;
    private final CurrentSession current;
    private final Optional<Pseudonyms> pseudonyms;
    private final Clock clock;

    /** @param number in E.164 */
    public record Who(Optional<String> number, Optional<String> pseudonym) {
        /** Leaves out who it is. */
        @Override
        public String toString() {
            return "Who[…]";
        }
    }

    public CallersResource(Erasure erasure, CurrentSession current, Optional<Pseudonyms> pseudonyms, Clock clock) {
        this.erasure = erasure;
        this.current = current;
        this.pseudonyms = pseudonyms;
        this.clock = clock;
    }

    @DELETE
    @Consumes(MediaType.APPLICATION_JSON)
    @Allowed(Role.ADMIN)
    @Operation(summary = "Erase a caller", description = "By `number` in E.164 or by the whole `pseudonym`. Answers a receipt.")
    @Blocking
    public Erasure.Receipt erase(Who who) throws SQLException {
        Erasure.Receipt receipt = erasure.erase(pseudonym(who), current.user().name(), clock.instant());
        LOG.infof("a caller was erased from %d calls by %s: erasure=%s", receipt.erasedCalls(), current.user().name(), receipt.id());
        return receipt;
    }

    private String pseudonym(Who who) {
        Optional<String> pseudonym = Optional.ofNullable(who).flatMap(Who::pseudonym);
        if (pseudonym.isPresent() && pseudonym.get().matches("[0-9a-f]{64}")) {
            return pseudonym.get();
        }
        Optional<String> number = Optional.ofNullable(who).flatMap(Who::number).map(text -> text.replaceAll("[ ./()-]", ""));
        if (pseudonym.isPresent() || number.isEmpty() || !number.get().matches("\\+[0-9]{4,15}")) {
            throw Refused.malformed("Write {\"number\": \"+32470123456\"}, or {\"pseudonym\": \"…\"} with its 64 digits.");
        }
        return pseudonyms.orElseThrow(() -> Refused.unavailable(
                        "The console cannot make a pseudonym of a number: set TRUNKLINE_PSEUDONYM_KEY to that of the edges."))
                .ofNumber(number.get())
                .pseudonym();
    }
}
