package dev.trunkline.console.analytics;

import dev.trunkline.console.accounts.Allowed;
import dev.trunkline.console.accounts.CurrentSession;
import dev.trunkline.console.accounts.Role;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Figures over many calls. */
@Path("/analytics")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Analytics")
public class AnalyticsResource {
    private final Analytics analytics;
    private final CurrentSession current;
    private final Clock clock;

    public AnalyticsResource(Analytics analytics, CurrentSession current, Clock clock) {
        this.analytics = analytics;
        this.current = current;
        this.clock = clock;
    }

    @GET
    @Allowed({Role.ADMIN, Role.TENANT, Role.SUPPORT})
    @Operation(summary = "Figures for a period", description = "from and to are days in the zone (to includes its whole day) or times in"
            + " UTC; by default the last 30 days. By organisation, and by one of number, agent, trunk.")
    @Blocking
    public AnalyticsPage page(
            @QueryParam("from") Optional<String> from,
            @QueryParam("to") Optional<String> to,
            @QueryParam("zone") Optional<String> zone,
            @QueryParam("organisation") Optional<String> organisation,
            @QueryParam("number") Optional<String> number,
            @QueryParam("agent") Optional<String> agent,
            @QueryParam("trunk") Optional<String> trunk)
            throws SQLException {
        return analytics.page(AnalyticsQuestion.of(
                current.user(),
                new AnalyticsQuestion.Parameters(
                        given(from), given(to), given(zone), given(organisation), given(number), given(agent), given(trunk)),
                clock.instant()));
    }

    private static Optional<String> given(Optional<String> text) {
        return text.filter(some -> !some.isBlank());
    }
}
