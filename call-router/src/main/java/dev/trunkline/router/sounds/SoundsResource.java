package dev.trunkline.router.sounds;

import dev.trunkline.router.auth.Authenticated;
import dev.trunkline.router.auth.CurrentPrincipal;
import dev.trunkline.router.problem.Flags;
import dev.trunkline.router.snapshot.CurrentDirectory;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.logging.Logger;

/** The recordings that are played to callers. */
@Path("/sounds")
@Authenticated
@Produces(MediaType.APPLICATION_JSON)
@SecurityRequirement(name = "token")
@Tag(name = "Sounds", description = "Recordings for callers. An admin has the suite's and those of each organisation, a tenant its own.")
@APIResponse(responseCode = "401", ref = "Unauthorised")
@APIResponse(responseCode = "403", ref = "Forbidden")
@APIResponse(responseCode = "503", ref = "Unavailable")
public class SoundsResource {
    private static final Logger LOG = Logger.getLogger(SoundsResource.class);
    private static final String LANGUAGE = "BCP 47, for example nl-BE.";
    private static final String ORGANISATION = "For an admin: the owner's name; omitted: the suite. A tenant omits it: its own.";

    private final Sounds sounds;
    private final CurrentPrincipal caller;
    private final CurrentDirectory directory;

    public SoundsResource(Sounds sounds, CurrentPrincipal caller, CurrentDirectory directory) {
        this.sounds = sounds;
        this.caller = caller;
        this.directory = directory;
    }

    @GET
    @Operation(summary = "List sounds", description = "Each in each of its languages, without the files. For an admin who names no"
            + " organisation: all.")
    @APIResponse(responseCode = "200", description = "Sounds, ordered by name.")
    public Map<String, List<SoundView>> list(@QueryParam("organisation") Optional<String> organisation) throws SQLException {
        return Map.of("sounds", sounds.list(caller.get(), organisation));
    }

    @GET
    @Path("/{name}")
    @Produces(MediaType.WILDCARD)
    @Operation(summary = "Read a sound", description = "The file as it was uploaded.")
    @APIResponse(responseCode = "200", description = "The file.")
    @APIResponse(responseCode = "404", ref = "Unknown")
    public Response one(
            @PathParam("name") String name,
            @Parameter(description = LANGUAGE + " Omitted: the default.") @QueryParam("language") Optional<String> language,
            @Parameter(description = ORGANISATION) @QueryParam("organisation") Optional<String> organisation)
            throws SQLException {
        StoredSound sound = sounds.one(caller.get(), organisation, name, Upload.language(language));
        return Response.ok(sound.file()).type(sound.contentType()).tag(sound.sha256()).build();
    }

    @PUT
    @Path("/{name}")
    @Consumes(MediaType.WILDCARD)
    @Operation(
            summary = "Upload a sound",
            description = "The body is the file: WAV (PCM of 16 bits at 8, 16 or 48 kHz, or G.711) or Ogg Opus, one channel, at most 900,000"
                    + " octets and 120 s. The format is read from the file, not Content-Type. A sound's first language is its default.")
    @RequestBody(required = true, content = {
        @Content(mediaType = "audio/wav"), @Content(mediaType = "audio/ogg"), @Content(mediaType = "application/octet-stream")})
    @APIResponse(responseCode = "200", description = "The sound as it is now; relays play it within a second.")
    @APIResponse(responseCode = "400", ref = "Malformed")
    @APIResponse(responseCode = "409", ref = "Conflict")
    public SoundView put(
            @PathParam("name") String name,
            @Parameter(description = LANGUAGE + " Omitted: without a language, for all.") @QueryParam("language") Optional<String> language,
            @Parameter(description = ORGANISATION) @QueryParam("organisation") Optional<String> organisation,
            @Parameter(description = "true: it is played from now on if the sound does not exist in the requested language.")
                    @QueryParam("default") Optional<String> byDefault,
            byte[] body)
            throws SQLException {
        Upload upload = Upload.check(name, language, Flags.read("default", byDefault), body);
        SoundView put = sounds.put(caller.get(), organisation, upload);
        LOG.infof("sound %s %s uploaded by %s: %d octets", upload.name(), upload.language(), caller.get().subject(), body.length);
        directory.refresh();
        return put;
    }

    @DELETE
    @Path("/{name}")
    @Operation(summary = "Remove a sound", description = "A caller who is listening to it hears it to its end. Rules that name it"
            + " announce nothing.")
    @APIResponse(responseCode = "204", description = "The sound was removed.")
    @APIResponse(responseCode = "404", ref = "Unknown")
    public void remove(
            @PathParam("name") String name,
            @Parameter(description = LANGUAGE + " Omitted: in all its languages.") @QueryParam("language") Optional<String> language,
            @Parameter(description = ORGANISATION) @QueryParam("organisation") Optional<String> organisation)
            throws SQLException {
        sounds.remove(caller.get(), organisation, name, Upload.language(language));
        LOG.infof("sound %s %s removed by %s", name, language.orElse("in all languages"), caller.get().subject());
        directory.refresh();
    }
}
