package dev.trunkline.router.numbers;

import dev.trunkline.router.apply.FaultyFileException;
import dev.trunkline.router.auth.Authenticated;
import dev.trunkline.router.auth.CurrentPrincipal;
import dev.trunkline.router.auth.Principal;
import dev.trunkline.router.directory.Directory;
import dev.trunkline.router.live.LiveCalls;
import dev.trunkline.router.problem.Flags;
import dev.trunkline.router.problem.Refused;
import dev.trunkline.router.snapshot.CurrentDirectory;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.logging.Logger;

/** The numbers and their assignment. */
@Path("/numbers")
@Authenticated
@Produces(MediaType.APPLICATION_JSON)
@SecurityRequirement(name = "token")
@Tag(name = "Numbers", description = "Numbers and the organisations that have them. An admin adds, assigns and releases them; a tenant"
        + " sees its own and configures them. A number that is not the tenant's does not exist for it (404).")
@APIResponse(responseCode = "401", ref = "Unauthorised")
@APIResponse(responseCode = "403", ref = "Forbidden")
@APIResponse(responseCode = "503", ref = "Unavailable")
public class NumbersResource {
    private static final Logger LOG = Logger.getLogger(NumbersResource.class);
    private static final int PAGE = 100;

    private final Numbers numbers;
    private final CurrentPrincipal caller;
    private final CurrentDirectory directory;
    private final LiveCalls live;

    public NumbersResource(Numbers numbers, CurrentPrincipal caller, CurrentDirectory directory, LiveCalls live) {
        this.numbers = numbers;
        this.caller = caller;
        this.directory = directory;
        this.live = live;
    }

    @GET
    @Operation(summary = "List numbers", description = "For an admin: all, with their organisations. For a tenant: its own. Each with"
            + " its calls at the moment.")
    @APIResponse(responseCode = "200", description = "A page of numbers, in order.")
    @APIResponse(responseCode = "400", ref = "Malformed")
    public NumberPage list(
            @Parameter(description = "Only those of this organisation, by name.") @QueryParam("organisation") Optional<String> organisation,
            @Parameter(description = "true: only those that no organisation has; false: only the others.") @QueryParam("idle") Optional<String> idle,
            @Parameter(description = "true: only those that are switched on; false: only the others.") @QueryParam("active") Optional<String> active,
            @Parameter(description = "Part of the number or of its label.") @QueryParam("search") Optional<String> search,
            @Parameter(description = "Begin after this number: the `next` of the previous page.") @QueryParam("after")
            Optional<String> after,
            @Parameter(description = "Maximum numbers per page, 1 to 1000; 100 by default.") @QueryParam("limit") Optional<String> limit)
            throws SQLException {
        var filter = new NumberFilter(
                organisation, Flags.read("idle", idle), Flags.read("active", active), search, after, page(limit, NumberFilter.MOST));
        NumberPage page = numbers.list(caller.get(), filter);
        return live.onNumbers(caller.get()).map(page::with).orElse(page);
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Add one number or many",
            description = "For admins. With `organisation` a number is assigned immediately, without it stays idle. All or none are added.")
    @RequestBody(required = true, content = @Content(mediaType = MediaType.APPLICATION_JSON,
            schema = @Schema(type = SchemaType.OBJECT),
            examples = {
                @ExampleObject(name = "one", value = "{\"phone_number\": \"+3225550100\", \"organisation\": \"demo\", \"label\": \"Orders\"}"),
                @ExampleObject(name = "many", value = "{\"numbers\": [{\"phone_number\": \"+3225550100\"}, {\"phone_number\": \"+3225550101\"}]}")}))
    @APIResponse(responseCode = "201", description = "The numbers as they are now; `warnings` names patterns that match numbers of another"
            + " organisation, and says who gets the calls.")
    @APIResponse(responseCode = "400", ref = "Malformed")
    @APIResponse(responseCode = "409", ref = "Conflict")
    public Response add(byte[] body) throws SQLException, FaultyFileException {
        Principal.Admin admin = admin("Numbers are added by the admin: a tenant configures those that it has.");
        List<NumberView> added = numbers.add(admin, NumberBodies.added(body));
        LOG.infof("%d numbers added by %s", added.size(), admin.subject());
        directory.refresh();
        return Response.status(Response.Status.CREATED)
                .entity(AddedNumbers.of(added, directory.get().orElseGet(Directory::empty)))
                .build();
    }

    @GET
    @Path("/{number}")
    @Operation(
            summary = "Read a number",
            description = "With the layers of configuration that it inherits and the merged configuration of a call to it.")
    @APIResponse(responseCode = "200", description = "The number.")
    @APIResponse(responseCode = "404", ref = "Unknown")
    public NumberView one(@Parameter(description = "As listed; a plus need not be escaped.") @PathParam("number") String number)
            throws SQLException {
        NumberView one = numbers.one(caller.get(), number);
        return live.onNumbers(caller.get()).map(calls -> one.withCalls(calls.of(one.phoneNumber()))).orElse(one);
    }

    @PATCH
    @Path("/{number}")
    @Consumes(MediaType.WILDCARD)
    @Operation(
            summary = "Configure a number",
            description = "Omitted fields stay; config_override is replaced as a whole; null removes an own limit or a"
                    + " rate. A tenant may change label, active, config_override, own_concurrent_calls and own_caller_rate,"
                    + " the last two within what the admin grants; an admin also max_concurrent_calls, caller_rate, agent_instance"
                    + " and announcement.")
    @RequestBody(required = true, content = @Content(mediaType = MediaType.APPLICATION_JSON,
            schema = @Schema(type = SchemaType.OBJECT),
            examples = @ExampleObject(name = "greeting", value = "{\"label\": \"Orders\", \"config_override\": {\"greeting\": \"Good morning.\"}, \"own_concurrent_calls\": 2}")))
    @APIResponse(responseCode = "200", description = "The number as it is now.")
    @APIResponse(responseCode = "400", ref = "Malformed")
    @APIResponse(responseCode = "404", ref = "Unknown")
    public NumberView change(@PathParam("number") String number, byte[] body) throws SQLException, FaultyFileException {
        NumberView changed = numbers.change(caller.get(), number, NumberBodies.changed(body));
        LOG.infof("number configured by %s", caller.get().subject());
        directory.refresh();
        return changed;
    }

    @DELETE
    @Path("/{number}")
    @Operation(summary = "Remove a number", description = "For admins. Its history stays.")
    @APIResponse(responseCode = "204", description = "The number was removed.")
    @APIResponse(responseCode = "404", ref = "Unknown")
    public void remove(@PathParam("number") String number) throws SQLException {
        Principal.Admin admin = admin("Numbers are removed by the admin.");
        numbers.remove(admin, number);
        LOG.infof("number removed by %s", admin.subject());
        directory.refresh();
    }

    @POST
    @Path("/{number}/assign")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Assign or reassign a number",
            description = "For admins. An idle number keeps what the admin set on it: label, active, configuration, limits. One"
                    + " that another organisation has is only taken from it with `reassign: true`, and then starts afresh: the"
                    + " label, active, configuration, agent instance and own limits of its former owner are removed; what the"
                    + " admin grants (max_concurrent_calls, caller_rate) stays. `label` and `agent_instance` may be written at"
                    + " once.")
    @RequestBody(required = true, content = @Content(mediaType = MediaType.APPLICATION_JSON,
            schema = @Schema(type = SchemaType.OBJECT),
            examples = @ExampleObject(name = "demo", value = "{\"organisation\": \"demo\", \"label\": \"Orders\", \"reassign\": false}")))
    @APIResponse(responseCode = "200", description = "The number as it is now.")
    @APIResponse(responseCode = "400", ref = "Malformed")
    @APIResponse(responseCode = "404", ref = "Unknown")
    @APIResponse(responseCode = "409", ref = "Conflict")
    public NumberView assign(@PathParam("number") String number, byte[] body) throws SQLException, FaultyFileException {
        Principal.Admin admin = admin("Numbers are assigned by the admin.");
        NumberView assigned = numbers.assign(admin, number, NumberBodies.assigned(body));
        LOG.infof("number assigned to %s by %s", assigned.organisation().orElse("nobody"), admin.subject());
        directory.refresh();
        return assigned;
    }

    @POST
    @Path("/{number}/release")
    @Operation(summary = "Release a number", description = "For admins. It stays, as an idle number, and callers get 404 until it is"
            + " assigned again.")
    @APIResponse(responseCode = "200", description = "The number as it is now.")
    @APIResponse(responseCode = "404", ref = "Unknown")
    public NumberView release(@PathParam("number") String number) throws SQLException {
        Principal.Admin admin = admin("Numbers are released by the admin.");
        NumberView released = numbers.release(admin, number);
        LOG.infof("number released by %s", admin.subject());
        directory.refresh();
        return released;
    }

    @GET
    @Path("/{number}/history")
    @Operation(
            summary = "Show a number's history",
            description = "The latest first: who had it when, and each change of label, active, configuration, agent instance and"
                    + " limits: who made it, how, and the values before and after; secrets are stars. A tenant sees"
                    + " the times when it had the number, not who had it before or has it now.")
    @APIResponse(responseCode = "200", description = "A page of its history. If there is more, the header Link has the next page"
            + " as `rel=\"next\"`.",
            content = @Content(schema = @Schema(type = SchemaType.ARRAY, implementation = NumberEvent.class)))
    @APIResponse(responseCode = "400", ref = "Malformed")
    @APIResponse(responseCode = "404", ref = "Unknown")
    public Response history(
            @PathParam("number") String number,
            @Parameter(description = "Only what is older than the event with this id: the last of the previous page.")
                    @QueryParam("before") Optional<String> before,
            @Parameter(description = "Maximum events per page, 1 to 200; 100 by default.") @QueryParam("limit") Optional<String> limit,
            @Context UriInfo uri)
            throws SQLException {
        int most = page(limit, HistoryPage.MOST);
        HistoryPage page = before.map(id -> new HistoryPage(eventId(id), most)).orElseGet(() -> HistoryPage.latest(most));
        // One more than a page, to see whether there is a next page.
        List<NumberEvent> found = numbers.history(caller.get(), number, new HistoryPage(page.before(), most + 1));
        if (found.size() <= most) {
            return Response.ok(found).build();
        }
        List<NumberEvent> events = found.subList(0, most);
        URI next = uri.getRequestUriBuilder()
                .replaceQueryParam("before", events.getLast().id())
                .replaceQueryParam("limit", most)
                .build();
        return Response.ok(events).link(next, "next").build();
    }

    private Principal.Admin admin(String otherwise) {
        return switch (caller.get()) {
            case Principal.Admin admin -> admin;
            case Principal.Tenant tenant -> throw Refused.forbidden(otherwise);
        };
    }

    private static long eventId(String text) {
        if (!text.matches("[0-9]{1,18}")) {
            throw Refused.malformed("Write the id of the last event of the previous page as before.");
        }
        return Long.parseLong(text);
    }

    private static int page(Optional<String> given, int most) {
        String text = given.orElse(Integer.toString(PAGE));
        if (!text.matches("[0-9]{1,4}") || Integer.parseInt(text) < 1 || Integer.parseInt(text) > most) {
            throw Refused.malformed("Write limit from 1 to " + most + ".");
        }
        return Integer.parseInt(text);
    }
}
