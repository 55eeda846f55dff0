package dev.trunkline.backends;

import dev.trunkline.backends.Backend.Pausable;
import dev.trunkline.local.KafkaBroker;
import dev.trunkline.local.LiveKitBinary;
import dev.trunkline.local.LiveKitServer;
import dev.trunkline.local.LiveKitServer.LiveKitSettings;
import dev.trunkline.local.PostgresLogins;
import dev.trunkline.local.PostgresServer;
import dev.trunkline.local.RedisServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** The servers that the one-machine suite starts: a broker in this JVM, and children of this process. */
final class EmbeddedBackends implements Backends {
    @Override
    public Backend kafka(int port) throws IOException {
        var folder = new Folder("kafka");
        return new Embedded<>("127.0.0.1:" + port, folder, () -> KafkaBroker.start(folder.path(), port));
    }

    @Override
    public Pausable kafkaProcess(int port) throws IOException {
        var folder = new Folder("kafka");
        return new EmbeddedProcess<>(
                "127.0.0.1:" + port, folder, () -> KafkaProcess.start(folder.path(), port), KafkaProcess::pid);
    }

    @Override
    public Pausable redis(int port, String password) throws IOException {
        return new EmbeddedProcess<>(
                RedisServer.url(port, password), new Folder("redis"), () -> RedisServer.start(port, password), RedisServer::pid);
    }

    @Override
    public Pausable postgres(int port, PostgresLogins logins) throws IOException {
        var folder = new Folder("postgres");
        return new EmbeddedProcess<>(
                "jdbc:postgresql://127.0.0.1:" + port + "/postgres", folder,
                () -> PostgresServer.start(folder.path().resolve("data"), port, logins), PostgresServer::pid);
    }

    @Override
    public Pausable liveKit(LiveKitSettings settings) throws IOException {
        var folder = new Folder("livekit");
        return new EmbeddedProcess<>(
                settings.url().toString(), folder, () -> LiveKitServer.start(liveKitBinary(), folder.path(), settings),
                LiveKitServer::pid);
    }

    private static Path liveKitBinary() throws IOException {
        Optional<Path> named = Optional.ofNullable(System.getenv("LIVEKIT_SERVER")).map(Path::of);
        return named.isPresent() ? named.get() : LiveKitBinary.find(System.err::println);
    }
}
