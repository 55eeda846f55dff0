package dev.trunkline.backends;

import java.lang.System.Logger.Level;
import java.util.Optional;

/** The choice of this JVM, made on first use. */
final class Chosen {
    static final Backends BACKENDS = choose();

    private Chosen() {}

    private static Backends choose() {
        BackendChoice choice = BackendChoice.of(Optional.ofNullable(System.getenv(BackendChoice.SETTING)), DockerEngine::find);
        System.getLogger(Backends.class.getName()).log(Level.INFO, choice.toString());
        return switch (choice.kind()) {
            case CONTAINERS -> new ContainerBackends();
            case EMBEDDED -> new EmbeddedBackends();
        };
    }
}
