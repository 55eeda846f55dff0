package dev.trunkline.router.provisioning.link;

import dev.trunkline.router.auth.AdminOnly;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.sql.SQLException;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Reports what came from LiveKit. */
@Path("/livekit/provisioning")
@AdminOnly
@Produces(MediaType.APPLICATION_JSON)
@SecurityRequirement(name = "token")
@Tag(name = "Directory")
@APIResponse(responseCode = "401", ref = "Unauthorised")
@APIResponse(responseCode = "403", ref = "Forbidden")
@APIResponse(responseCode = "503", ref = "Unavailable")
public class ProvisioningResource {
    private final Provisioner provisioner;

    public ProvisioningResource(Provisioner provisioner) {
        this.provisioner = provisioner;
    }

    @GET
    @Operation(
            summary = "Show what was taken from LiveKit, and what could not be",
            description = "Trunks and rules that were created with LiveKit's SIP API (`lk sip …`, its SDKs), with their ids there and their"
                    + " names here. `conflicts` says of each that differs here why, and what to do; `notes` says which fields of one that"
                    + " is here have no meaning, or another one.")
    @APIResponse(responseCode = "200", description = "The items, conflicts and notes.")
    public ProvisioningReport report() throws SQLException {
        return provisioner.report();
    }
}
