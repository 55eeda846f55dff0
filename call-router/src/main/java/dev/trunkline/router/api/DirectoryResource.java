package dev.trunkline.router.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.trunkline.router.apply.ApplyReport;
import dev.trunkline.router.apply.DirectoryExport;
import dev.trunkline.router.apply.DirectoryWriter;
import dev.trunkline.router.apply.FaultyFileException;
import dev.trunkline.router.apply.Removals;
import dev.trunkline.router.auth.AdminOnly;
import dev.trunkline.router.auth.CurrentPrincipal;
import dev.trunkline.router.problem.Flags;
import dev.trunkline.router.problem.Refused;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
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

/** The directory as a file: applies one, and exports the current one. */
@Path("/directory")
@AdminOnly
@Produces(MediaType.APPLICATION_JSON)
@SecurityRequirement(name = "token")
@Tag(name = "Directory", description = "The whole directory as one file, which can be kept under version control. For admins.")
@APIResponse(responseCode = "401", ref = "Unauthorised")
@APIResponse(responseCode = "403", ref = "Forbidden")
@APIResponse(responseCode = "503", ref = "Unavailable")
public class DirectoryResource {
    private static final Logger LOG = Logger.getLogger(DirectoryResource.class);
    private static final String YAML = "application/yaml";
    private static final String WITH_SECRETS = "with_secrets";
    private static final String HOW_TO_READ_STARS =
            "# *** is a hidden secret: if the file is applied where it came from, the stored secret stays.\n";

    private final DirectoryFiles files;
    private final DirectoryExport export;
    private final Items items;
    private final CurrentPrincipal caller;
    private final ObjectMapper yaml =
            YAMLMapper.builder().disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER).build();

    public DirectoryResource(DirectoryFiles files, DirectoryExport export, Items items, CurrentPrincipal caller) {
        this.files = files;
        this.export = export;
        this.items = items;
        this.caller = caller;
    }

    @POST
    @Path("/apply")
    @Consumes(MediaType.WILDCARD)
    @Operation(
            summary = "Apply a file",
            description = "YAML or JSON, whatever the content type says, in one transaction: all of it or nothing. Items are"
                    + " identified by name; an omitted field gets its default, an omitted item stays. Applying it"
                    + " again changes nothing. _comment is ignored at any depth.")
    @RequestBody(required = true, content = @Content(mediaType = YAML, schema = @Schema(type = SchemaType.OBJECT),
            examples = @ExampleObject(name = "number", value = "organisations:\n  - name: bakery\n    numbers:\n"
                    + "      - phone_number: \"+3225550100\"\n        label: Orders\n")))
    @APIResponse(responseCode = "200", description = "What changed, item by item and field by field, before and after; `warnings` names what may"
            + " be unintended: rules that take the same calls, numbers that match keys of two organisations, numbers that nobody has.")
    @APIResponse(responseCode = "400", ref = "Malformed")
    @APIResponse(responseCode = "409", description = "The directory has changed since the dry run, and the file would do something else now.")
    public ApplyReport apply(
            byte[] body,
            @Parameter(description = "true: reports what would change, and changes nothing.")
                    @QueryParam("dry_run") Optional<String> dryRun,
            @Parameter(description = "true: the file is the whole directory, and everything that is not in it is removed.")
                    @QueryParam("whole") Optional<String> whole,
            @Parameter(description = "The `changes` of a dry run: the file is applied only if its effect is still the same.")
                    @QueryParam("changes") Optional<String> changes)
            throws FaultyFileException, SQLException {
        var mode = new DirectoryWriter.Mode(Flags.isSet("dry_run", dryRun), Flags.isSet("whole", whole), changes);
        ApplyReport report = files.apply(caller.get(), new String(body, StandardCharsets.UTF_8), mode);
        LOG.infof("directory file %s by %s: %s", mode.dryRun() ? "tried" : "applied", caller.get().subject(), report.summary());
        return report;
    }

    @GET
    @Operation(
            summary = "Export the directory",
            description = "In the form that apply accepts. Everything that grants access is written as three stars: digests of users,"
                    + " signing secrets of webhooks, PINs, what a configuration or an agent's metadata calls a key, token,"
                    + " password, secret, credential or PIN, and passwords in URLs. If such a file is applied to the directory that it came"
                    + " from, changed or not, the stored secrets are kept; where none is stored, it is refused (400) with the"
                    + " field. With `with_secrets=true` the secrets are included: protect the file as you protect passwords.")
    @APIResponse(responseCode = "200", description = "As JSON, or as YAML for Accept: application/yaml.")
    @APIResponse(responseCode = "400", ref = "Malformed")
    public ObjectNode json(
            @Parameter(description = "true: include everything that grants access.") @QueryParam(WITH_SECRETS) Optional<String> withSecrets)
            throws SQLException {
        return exported(Flags.isSet(WITH_SECRETS, withSecrets));
    }

    @GET
    @Produces(YAML)
    public String yaml(@QueryParam(WITH_SECRETS) Optional<String> withSecrets) throws JsonProcessingException, SQLException {
        boolean secrets = Flags.isSet(WITH_SECRETS, withSecrets);
        return (secrets ? "" : HOW_TO_READ_STARS) + yaml.writeValueAsString(exported(secrets));
    }

    private ObjectNode exported(boolean secrets) throws SQLException {
        if (secrets) {
            LOG.infof("directory exported with secrets by %s", caller.get().subject());
        }
        return secrets ? export.read() : export.readWithoutSecrets();
    }

    @DELETE
    @Path("/{kind}/{name}")
    @Operation(summary = "Remove one item")
    @APIResponse(responseCode = "204", description = "The item was removed.")
    @APIResponse(responseCode = "404", ref = "Unknown")
    @APIResponse(responseCode = "409", ref = "Conflict")
    public void remove(
            @Parameter(description = "organisations, numbers, trunks, outbound_trunks or rules.") @PathParam("kind") String kind,
            @Parameter(description = "The item's name, or the number as listed.") @PathParam("name") String name)
            throws SQLException {
        if (!Removals.knows(kind)) {
            throw Refused.unknown("Write organisations, numbers, trunks, outbound_trunks or rules instead of " + kind + ".");
        }
        items.remove(caller.get(), kind, name);
    }
}
