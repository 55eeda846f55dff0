package dev.trunkline.router.provisioning.link;

import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** Whether trunks and rules that are created in LiveKit come into the directory. */
public interface ProvisioningSettings {
    /** Where livekit-server serves its API, for example {@code http://127.0.0.1:7880}; without it, nothing is taken from LiveKit. */
    Optional<String> url();

    /** Key of LiveKit's API; required with the URL. */
    Optional<String> key();

    /** Its secret; required with the URL. */
    Optional<String> secret();

    /**
     * livekit-server's own Redis, {@code redis://[[user]:password@]host[:port][/database]}: with it, trunks and rules
     * that a wiped Redis has lost are written back, with the ids that they had.
     */
    Optional<String> redis();

    /** Organisation, by name, of trunks and rules that name none; without this setting, those are not taken. */
    Optional<String> organisation();

    /** How often LiveKit is polled; 100 ms or more. */
    @WithDefault("500ms")
    Duration pollEvery();
}
