package dev.trunkline.console.alarms;

import dev.trunkline.console.accounts.Allowed;
import dev.trunkline.console.accounts.CurrentSession;
import dev.trunkline.console.accounts.Role;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.sql.SQLException;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The current alarms. */
@Path("/alarms")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Alarms")
public class AlarmsResource {
    private final Alarms alarms;
    private final CurrentSession current;

    public AlarmsResource(Alarms alarms, CurrentSession current) {
        this.alarms = alarms;
        this.current = current;
    }

    @GET
    @Allowed({Role.ADMIN, Role.TENANT, Role.DESK, Role.SUPPORT})
    @Operation(summary = "List what needs attention now")
    @Blocking
    public List<Alarms.Alarm> list() throws SQLException {
        return alarms.of(current.user());
    }
}
