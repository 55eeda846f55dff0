package dev.trunkline.backends;

import dev.trunkline.backends.Backend.Pausable;
import dev.trunkline.local.LiveKitServer.LiveKitSettings;
import dev.trunkline.local.PostgresLogins;
import java.io.IOException;
import org.testcontainers.containers.GenericContainer;

/** Servers that a Docker engine of this machine runs. */
final class ContainerBackends implements Backends {
    @Override
    public Backend kafka(int port) throws IOException {
        return kafkaProcess(port);
    }

    @Override
    public Pausable kafkaProcess(int port) throws IOException {
        String address = "127.0.0.1:" + port;
        return started(address, Containers.kafka(port), () -> Probes.kafka(address));
    }

    @Override
    public Pausable redis(int port, String password) throws IOException {
        return started(
                "redis://:" + password + "@127.0.0.1:" + port, Containers.redis(port, password),
                () -> Probes.redis(port, password));
    }

    @Override
    public Pausable postgres(int port, PostgresLogins logins) throws IOException {
        String url = "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
        ContainerBackend postgres = started(
                url, Containers.postgres(port, logins), () -> Probes.postgres(url, logins.administrator()));
        try {
            Probes.run(url, logins.administrator(), logins.script());
            logins.makeDatabase(url);
            return postgres;
        } catch (IOException e) {
            postgres.close();
            throw e;
        }
    }

    @Override
    public Pausable liveKit(LiveKitSettings settings) throws IOException {
        return started(
                settings.url().toString(), Containers.liveKit(settings), () -> Probes.liveKit(settings.port()));
    }

    private static ContainerBackend started(String address, GenericContainer<?> container, Probes.Probe probe)
            throws IOException {
        try {
            container.start();
        } catch (RuntimeException e) {
            container.stop();
            throw new IOException("no container of " + container.getImage() + " for " + address + ": " + e.getMessage(), e);
        }
        var backend = new ContainerBackend(address, container.getDockerClient(), container.getContainerId(), container::stop, probe);
        backend.awaitAnswer();
        return backend;
    }
}
