package dev.trunkline.router.admin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trunkline.router.apply.ApplyReport;
import dev.trunkline.router.apply.DirectoryExport;
import dev.trunkline.router.apply.DirectoryFileReader;
import dev.trunkline.router.apply.DirectoryWriter;
import dev.trunkline.router.apply.FaultyFileException;
import dev.trunkline.router.directory.Directory;
import dev.trunkline.router.snapshot.CurrentDirectory;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import org.jboss.logging.Logger;

/** The directory as a file: apply one, export what there is. */
@Path("/directory")
@AdminOnly
public class DirectoryResource {
    private static final Logger LOG = Logger.getLogger(DirectoryResource.class);
    private static final String YAML = "application/yaml";

    private final DirectoryFileReader files;
    private final DirectoryWriter writer;
    private final CurrentDirectory directory;
    private final ObjectMapper yaml =
            YAMLMapper.builder().disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER).build();

    public DirectoryResource(DirectoryFileReader files, DirectoryWriter writer, CurrentDirectory directory) {
        this.files = files;
        this.writer = writer;
        this.directory = directory;
    }

    /** Takes YAML or JSON, whatever the content type says. */
    @POST
    @Path("/apply")
    @Consumes(MediaType.WILDCARD)
    @Produces(MediaType.APPLICATION_JSON)
    public ApplyReport apply(byte[] body) throws FaultyFileException, SQLException {
        ApplyReport report = writer.apply(files.read(new String(body, StandardCharsets.UTF_8)), "admin");
        LOG.infof("directory file applied: %d created, %d updated, %d unchanged",
                report.created(), report.updated(), report.unchanged());
        // So that whoever applied it can call at once; other replicas follow within their interval.
        directory.refresh();
        return report;
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public ObjectNode json() {
        return DirectoryExport.of(directory.get().orElseGet(Directory::empty));
    }

    @GET
    @Produces(YAML)
    public String yaml() throws JsonProcessingException {
        return yaml.writeValueAsString(json());
    }
}
