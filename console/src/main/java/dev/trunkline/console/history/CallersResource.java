package dev.trunkline.console.history;

import dev.trunkline.console.accounts.Allowed;
import dev.trunkline.console.accounts.CurrentSession;
import dev.trunkline.console.accounts.Role;
import dev.trunkline.console.calls.CallIds;
import dev.trunkline.console.problem.Refused;
import dev.trunkline.events.CallId;
import dev.trunkline.events.privacy.Pseudonyms;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.logging.Logger;

/** Erasing callers on request. */
@Path("/callers")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "History")
public class CallersResource {
    private static final Logger LOG = Logger.getLogger(CallersResource.class);

    private final Erasure erasure;
    private final CurrentSession current;
    private final Optional<Pseudonyms> pseudonyms;
    private final Clock clock;

    /** @param number in E.164 @param pseudonym complete @param call the id of one of their calls */
    public record Who(Optional<String> number, Optional<String> pseudonym, Optional<String> call) {
        /** Leaves out the caller's identity. */
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
    @Allowed({Role.ADMIN, Role.TENANT})
    @Operation(summary = "Erase a caller", description = "Identified by `number` in E.164, by the whole `pseudonym`, or by the id of one"
            + " `call` of theirs; for a tenant, from the calls of its organisation only. Returns a receipt.")
    @Blocking
    public Erasure.Receipt erase(Who who) throws SQLException {
        Erasure.Receipt receipt = erasure.erase(pseudonym(who), current.user(), clock.instant());
        LOG.infof("a caller was erased from %d calls by %s: erasure=%s", receipt.erasedCalls(), current.user().name(), receipt.id());
        return receipt;
    }

    @GET
    @Path("/erased")
    @Allowed({Role.ADMIN, Role.TENANT})
    @Operation(summary = "List the receipts", description = "The newest 500; a tenant sees its own.")
    @Blocking
    public List<Erasure.Receipt> receipts() throws SQLException {
        return erasure.receipts(current.user());
    }

    private String pseudonym(Who who) throws SQLException {
        Optional<String> call = Optional.ofNullable(who).flatMap(Who::call);
        if (call.isPresent()) {
            Optional<CallId> id = CallIds.of(call.get());
            return (id.isEmpty() ? Optional.<String>empty() : erasure.callerOf(current.user(), id.get().value()))
                    .orElseThrow(() -> Refused.unknown("There is no finished call with this id whose caller is known."));
        }
        Optional<String> pseudonym = Optional.ofNullable(who).flatMap(Who::pseudonym);
        if (pseudonym.isPresent() && pseudonym.get().matches("[0-9a-f]{64}")) {
            return pseudonym.get();
        }
        Optional<String> number = Optional.ofNullable(who).flatMap(Who::number).map(text -> text.replaceAll("[ ./()-]", ""));
        if (pseudonym.isPresent() || number.isEmpty() || !number.get().matches("\\+[0-9]{4,15}")) {
            throw Refused.malformed("Write {\"number\": \"+32470123456\"}, {\"pseudonym\": \"…\"} with its 64 digits, or {\"call\": \"…\"} with a call's id.");
        }
        return pseudonyms.orElseThrow(() -> Refused.unavailable(
                        "The console cannot derive the pseudonym of a number: set TRUNKLINE_PSEUDONYM_KEY to the edges' key."))
                .ofNumber(number.get())
                .pseudonym();
    }
}
