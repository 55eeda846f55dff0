package dev.trunkline.router.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.trunkline.router.apply.ApplyReport;
import dev.trunkline.router.apply.DirectoryExport;
import dev.trunkline.router.apply.DirectoryFileReader;
import dev.trunkline.router.apply.DirectoryWriter;
import dev.trunkline.router.apply.FaultyFileException;
import dev.trunkline.router.apply.Removals;
import dev.trunkline.router.auth.AdminOnly;
import dev.trunkline.router.problem.Problem;
import dev.trunkline.router.snapshot.CurrentDirectory;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import org.jboss.logging.Logger;

/** The directory as a file: apply one, export what there is. */
@Path("/directory")
@AdminOnly
public class DirectoryResource {
    private static final Logger LOG = Logger.getLogger(DirectoryResource.class);
    private static final String YAML = "application/yaml";

    private final DirectoryFileReader files;
    private final DirectoryWriter writer;
    private final DirectoryExport export;
    private final Removals removals;
    private final CurrentDirectory directory;
    private final ObjectMapper yaml =
            YAMLMapper.builder().disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .build();

    public DirectoryResource(
            DirectoryFileReader files,
            DirectoryWriter writer,
            DirectoryExport export,
            Removals removals,
            CurrentDirectory directory) {
        this.files = files;
        this.writer = writer;
        this.export = export;
        this.removals = removals;
        this.directory = directory;
    }

    /**
     * Takes YAML or JSON, whatever the content type says.
     *
     * @param dryRun true: tells what would change, and changes nothing
     * @param whole true: the file is the whole directory, and what is not in it is removed
     */
    @POST
    @Path("/apply")
    @Consumes(MediaType.WILDCARD)
    @Produces(MediaType.APPLICATION_JSON)
    public ApplyReport apply(
            byte[] body,
            @QueryParam("dry_run") @DefaultValue("false") boolean dryRun,
            @QueryParam("whole") @DefaultValue("false") boolean whole)
            throws FaultyFileException, SQLException {
        var mode = new DirectoryWriter.Mode(dryRun, whole);
        ApplyReport report = writer.apply(files.read(new String(body, StandardCharsets.UTF_8)), "admin", mode);
        LOG.infof("directory file %s: %d created, %d updated, %d unchanged, %d removed",
                dryRun ? "tried" : "applied", report.created(), report.updated(), report.unchanged(), report.removed());
        // So that whoever applied it can call at once; other replicas follow within their interval.
        directory.refresh();
        return report;
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public ObjectNode json() throws SQLException {
        return export.read();
    }

    @GET
    @Produces(YAML)
    public String yaml() throws JsonProcessingException, SQLException {
        return yaml.writeValueAsString(json());
    }

    /**
     * Takes one item out.
     *
     * @param kind {@code organisations}, {@code numbers}, {@code trunks} or {@code rules}
     * @param name the item's name, or the number in E.164
     */
    @DELETE
    @Path("/{kind}/{name}")
    @Produces(MediaType.APPLICATION_JSON)
    public Response remove(@PathParam("kind") String kind, @PathParam("name") String name) throws SQLException {
        if (!Removals.knows(kind)) {
            return Problem.response(
                    Response.Status.NOT_FOUND, "Write organisations, numbers, trunks or rules instead of " + kind + ".");
        }
        return switch (removals.remove(kind, name, "admin")) {
            case Removals.Outcome.Unknown() ->
                    Problem.response(Response.Status.NOT_FOUND, "There is no %s among the %s.".formatted(name, kind));
            case Removals.Outcome.Needed(List<String> by) ->
                    Problem.response(
                            Response.Status.CONFLICT,
                            "%s is needed by %s: change or remove those first.".formatted(name, String.join(", ", by)));
            case Removals.Outcome.Removed() -> {
                LOG.infof("%s taken out of the directory's %s", name, kind);
                directory.refresh();
                yield Response.noContent().build();
            }
        };
    }
}
