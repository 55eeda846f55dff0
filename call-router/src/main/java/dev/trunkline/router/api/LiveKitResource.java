package dev.trunkline.router.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.trunkline.router.apply.ApplyReport;
import dev.trunkline.router.apply.DirectoryWriter;
import dev.trunkline.router.apply.FaultyFileException;
import dev.trunkline.router.apply.RulesWithoutTrunk;
import dev.trunkline.router.auth.AdminOnly;
import dev.trunkline.router.auth.CurrentPrincipal;
import dev.trunkline.router.directory.Directory;
import dev.trunkline.router.fields.Fault;
import dev.trunkline.router.livekit.ImportOptions;
import dev.trunkline.router.livekit.LiveKitImport;
import dev.trunkline.router.livekit.Translation;
import dev.trunkline.router.problem.Flags;
import dev.trunkline.router.problem.Refused;
import dev.trunkline.router.routing.RuleRemarks;
import dev.trunkline.router.snapshot.CurrentDirectory;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
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

/** Imports files that were written for LiveKit's SIP service. */
@Path("/directory/import")
@AdminOnly
@Produces(MediaType.APPLICATION_JSON)
@SecurityRequirement(name = "token")
@Tag(name = "Directory")
@APIResponse(responseCode = "401", ref = "Unauthorised")
@APIResponse(responseCode = "403", ref = "Forbidden")
@APIResponse(responseCode = "503", ref = "Unavailable")
public class LiveKitResource {
    private static final Logger LOG = Logger.getLogger(LiveKitResource.class);

    private final DirectoryFiles files;
    private final CurrentDirectory directory;
    private final CurrentPrincipal caller;
    private final boolean trunklessAreWildcards;

    public LiveKitResource(
            DirectoryFiles files, CurrentDirectory directory, CurrentPrincipal caller, RulesWithoutTrunk rulesWithoutTrunk) {
        this.files = files;
        this.directory = directory;
        this.caller = caller;
        this.trunklessAreWildcards = rulesWithoutTrunk == RulesWithoutTrunk.ACCEPT;
    }

    @POST
    @Path("/livekit")
    @Consumes(MediaType.WILDCARD)
    @Operation(
            summary = "Apply a LiveKit file",
            description = "The JSON of CreateSIPDispatchRule, wrapped or in the deprecated flat form,"
                    + " CreateSIPInboundTrunk or CreateSIPOutboundTrunk, in camelCase or snake_case; one, a list of them, or the response"
                    + " to a List request. `warnings` says what becomes of everything that differs here.")
    @RequestBody(required = true, content = @Content(mediaType = MediaType.APPLICATION_JSON,
            schema = @Schema(type = SchemaType.OBJECT),
            examples = @ExampleObject(name = "rule", value = "{\"dispatch_rule\": {\"name\": \"orders\", \"trunk_ids\": [\"pbx\"],"
                    + " \"rule\": {\"dispatch_rule_individual\": {\"room_prefix\": \"orders\"}},"
                    + " \"room_config\": {\"agents\": [{\"agent_name\": \"order-agent\"}]}}}")))
    @APIResponse(responseCode = "200", description = "What changed, in the form of /directory/apply.")
    @APIResponse(responseCode = "400", ref = "Malformed")
    public ApplyReport apply(
            byte[] body,
            @Parameter(description = "NAME: our trunk, for rules that name one of LiveKit's trunks or none, or the name of the trunk in"
                            + " the file. ID=NAME: our trunk for one of LiveKit's ids; may be repeated.")
                    @QueryParam("trunk") List<String> trunks,
            @Parameter(description = "Name of the organisation that owns them.") @QueryParam("organisation") Optional<String> organisation,
            @Parameter(description = "true: rules that name no trunk take the calls of every trunk, even without wildcard: true.")
                    @QueryParam("wildcard") Optional<String> wildcard,
            @Parameter(description = "true: reports what would change, and changes nothing.")
                    @QueryParam("dry_run") Optional<String> dryRun)
            throws FaultyFileException, SQLException {
        boolean tried = Flags.isSet("dry_run", dryRun);
        boolean wild = Flags.isSet("wildcard", wildcard);
        // Trunks and numbers that were written by another replica a moment ago have to be known too.
        directory.refresh();
        Directory now = directory.get().orElseGet(Directory::empty);
        Translation translation = LiveKitImport.translate(
                new String(body, StandardCharsets.UTF_8), options(trunks, organisation, wild, now));
        ApplyReport report = applied(translation, DirectoryWriter.Mode.of(tried, false));
        LOG.infof("LiveKit file %s by %s: %s", tried ? "tried" : "applied", caller.get().subject(), report.summary());
        List<Fault> warnings = Stream.concat(
                        translation.warnings().stream(),
                        Stream.concat(report.warnings().stream(), oneAtATime(translation, report.directory())).map(translation::placed))
                .toList();
        return report.warning(warnings);
    }

    /** Warns of numbers that take one call at a time, because LiveKit does not count the calls to a number. */
    private static Stream<Fault> oneAtATime(Translation translation, Directory directory) {
        JsonNode rules = translation.file().path("rules");
        return IntStream.range(0, rules.size()).boxed().flatMap(i -> directory.rules().stream()
                .filter(rule -> rule.name().equals(rules.path(i).path("name").asText()))
                .flatMap(rule -> RuleRemarks.oneAtATime(directory, rule).stream())
                .map(remark -> new Fault("rules[%d].%s".formatted(i, remark.field()), remark.text())));
    }

    private ApplyReport applied(Translation translation, DirectoryWriter.Mode mode) throws SQLException, FaultyFileException {
        try {
            return files.apply(caller.get(), translation.file(), mode);
        } catch (FaultyFileException e) {
            throw new FaultyFileException(e.faults().stream().map(translation::placed).toList());
        }
    }

    private ImportOptions options(
            List<String> trunks, Optional<String> organisation, boolean wildcard, Directory now) {
        Map<String, String> byId = new HashMap<>();
        trunks.stream()
                .filter(trunk -> trunk.contains("="))
                .map(trunk -> trunk.split("=", 2))
                .forEach(pair -> byId.put(pair[0], pair[1]));
        List<String> plain = trunks.stream().filter(trunk -> !trunk.contains("=")).toList();
        if (plain.size() > 1) {
            throw Refused.malformed("trunk=%s and trunk=%s: write trunk=NAME once, and trunk=ID=NAME for each of LiveKit's ids."
                    .formatted(plain.get(0), plain.get(1)));
        }
        return new ImportOptions(
                plain.stream().findFirst(),
                byId,
                organisation.filter(name -> !name.isBlank()),
                wildcard || trunklessAreWildcards,
                now.trunks().values().stream().map(view -> view.trunk().name()).collect(Collectors.toSet()));
    }
}
