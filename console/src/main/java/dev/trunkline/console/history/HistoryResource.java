package dev.trunkline.console.history;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.trunkline.console.accounts.Allowed;
import dev.trunkline.console.accounts.CurrentSession;
import dev.trunkline.console.accounts.Role;
import dev.trunkline.console.accounts.User;
import dev.trunkline.console.problem.Refused;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import jakarta.ws.rs.core.UriInfo;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Finished calls. */
@Path("/history")
@Tag(name = "History", description = "Finished calls; a tenant sees its own.")
public class HistoryResource {
    private static final Set<String> FILTERS = Set.of(
            "from", "to", "organisation", "number", "agent", "trunk", "outcome", "reason", "direction", "search", "trial");
    private static final int PAGE = 50;
    private static final int MOST = 500;

    private final History history;
    private final CurrentSession current;
    private final ObjectMapper json;

    public HistoryResource(History history, CurrentSession current, ObjectMapper json) {
        this.history = history;
        this.current = current;
        this.json = json;
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @Allowed({Role.ADMIN, Role.TENANT, Role.DESK, Role.SUPPORT})
    @Operation(summary = "List calls, newest first", description = "Filters: from, to (times in UTC; to is exclusive), organisation,"
            + " number, agent, trunk, outcome (answered, refused, unanswered), reason, direction, trial (no, with, only; by default"
            + " no), search (an id, the beginning of a pseudonym, part of a number, agent, rule, room or reason). `after` is the"
            + " `next` of the previous page; `limit` is 1 to 500.")
    @Blocking
    public History.Page list(@Context UriInfo uri) throws SQLException {
        return history.page(current.user(), filters(uri), parameter(uri, "after"), limit(uri));
    }

    @GET
    @Path("/export")
    @Allowed({Role.ADMIN, Role.TENANT, Role.SUPPORT})
    @Operation(summary = "Export calls as a file", description = "format=csv or jsonl; all calls that match the filters, newest first.")
    @Blocking
    public Response export(@Context UriInfo uri) {
        String format = parameter(uri, "format").orElse("csv");
        Export export = Arrays.stream(Export.values())
                .filter(known -> known.name().toLowerCase(Locale.ROOT).equals(format))
                .findFirst()
                .orElseThrow(() -> Refused.malformed("format must be csv or jsonl."));
        User user = current.user();
        Map<String, String> filters = filters(uri);
        HistoryFilter.of(user, filters);
        StreamingOutput file = stream -> {
            try (Writer out = new OutputStreamWriter(stream, StandardCharsets.UTF_8)) {
                export.head(out);
                Optional<String> after = Optional.empty();
                do {
                    // Only one page is in memory at a time, and a slow client occupies no database connection.
                    History.Page page = history.page(user, filters, after, MOST);
                    export.write(out, page.calls(), json);
                    after = page.next();
                } while (after.isPresent());
            } catch (SQLException e) {
                throw new WebApplicationException(Response.Status.SERVICE_UNAVAILABLE);
            }
        };
        return Response.ok(file)
                .header(HttpHeaders.CONTENT_TYPE, export.type())
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"calls." + format + "\"")
                .build();
    }

    private static Map<String, String> filters(UriInfo uri) {
        Map<String, String> filters = FILTERS.stream()
                .filter(name -> parameter(uri, name).isPresent())
                .collect(Collectors.toMap(name -> name, name -> parameter(uri, name).orElseThrow()));
        filters.putIfAbsent("trial", "no");
        return filters;
    }

    private static Optional<String> parameter(UriInfo uri, String name) {
        return Optional.ofNullable(uri.getQueryParameters().getFirst(name)).filter(text -> !text.isBlank());
    }

    private static int limit(UriInfo uri) {
        String text = parameter(uri, "limit").orElse(Integer.toString(PAGE));
        int limit = text.matches("\\d{1,4}") ? Integer.parseInt(text) : 0;
        if (limit < 1 || limit > MOST) {
            throw Refused.malformed("limit must be from 1 to %d.".formatted(MOST));
        }
        return limit;
    }
}
