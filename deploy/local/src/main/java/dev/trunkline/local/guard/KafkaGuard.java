package dev.trunkline.local.guard;

import dev.trunkline.bus.KafkaAddress;
import dev.trunkline.local.OwnerOnly;
import dev.trunkline.local.Passwords;
import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The users of a guarded Kafka on one machine, with their passwords, and its certificate. They are generated at its first start and kept
 * in a folder that nobody else can read. The broker itself and the code that grants permissions use {@link #ADMIN}.
 */
public final class KafkaGuard {
    /** The user who may do everything. */
    public static final String ADMIN = "admin";
    /** The user of the {@code ./trunkline} commands that read calls. */
    public static final String OPERATOR = "operator";

    private static final String USERS = "users.properties";
    private static final String STORE_PASSWORD = "store-password";
    private static final String AUTHORITY = "ca.pem";
    private static final String STORE = "broker.p12";
    private static final String DAYS = "3650";

    private final Path folder;
    private final Properties passwords;

    private KafkaGuard(Path folder, Properties passwords) {
        this.folder = folder;
        this.passwords = passwords;
    }

    /** Loads the folder, and generates what is missing in it. @param users each has a password afterwards */
    public static KafkaGuard loadOrMake(Path folder, Set<String> users, SecureRandom random) throws IOException, InterruptedException {
        OwnerOnly.folder(folder);
        Properties passwords = Files.exists(folder.resolve(USERS)) ? read(folder) : new Properties();
        int before = passwords.size();
        Stream.concat(Stream.of(ADMIN), users.stream()).forEach(user -> passwords.computeIfAbsent(user, name -> Passwords.make(random)));
        if (passwords.size() > before) {
            write(folder.resolve(USERS), passwords, "Users of Kafka, and their passwords");
        }
        KafkaGuard guard = new KafkaGuard(folder, passwords);
        guard.makeCertificate(random);
        return guard;
    }

    /** @throws IOException if the folder contains no guard */
    public static KafkaGuard load(Path folder) throws IOException {
        return new KafkaGuard(folder, read(folder));
    }

    private static Properties read(Path folder) throws IOException {
        Properties passwords = new Properties();
        try (Reader reader = Files.newBufferedReader(folder.resolve(USERS))) {
            passwords.load(reader);
        }
        return passwords;
    }

    private static void write(Path file, Properties properties, String comment) throws IOException {
        StringWriter text = new StringWriter();
        properties.store(text, comment);
        OwnerOnly.write(file, text.toString());
    }

    /** Creates a self-signed certificate for the address on which the broker listens. */
    private void makeCertificate(SecureRandom random) throws IOException, InterruptedException {
        Path store = folder.resolve(STORE);
        if (Files.exists(folder.resolve(AUTHORITY)) && Files.exists(store) && Files.exists(folder.resolve(STORE_PASSWORD))) {
            return;
        }
        OwnerOnly.write(folder.resolve(STORE_PASSWORD), Passwords.make(random));
        Files.deleteIfExists(store);
        Files.deleteIfExists(folder.resolve(AUTHORITY));
        keytool("-genkeypair", "-alias", "broker", "-keyalg", "EC", "-dname", "CN=trunkline-kafka", "-ext", "san=ip:127.0.0.1",
                "-validity", DAYS, "-storetype", "PKCS12", "-keystore", store.toString());
        keytool("-exportcert", "-rfc", "-alias", "broker", "-keystore", store.toString(), "-file", folder.resolve(AUTHORITY).toString());
    }

    private void keytool(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                // On the command line, the password would show in the process list.
                "-storepass:file", folder.resolve(STORE_PASSWORD).toString()));
        command.add(1, arguments[0]);
        command.addAll(List.of(arguments).subList(1, arguments.length));
        Process process = new ProcessBuilder(OwnerOnly.command(command)).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException("keytool made no certificate for Kafka: " + said.strip());
        }
    }

    /** Returns the folder in which the guard is kept. */
    public Path folder() {
        return folder;
    }

    /** Returns a service's Kafka settings, except the bootstrap servers. */
    public Map<String, String> environment(String user) {
        return Map.of(
                "TRUNKLINE_KAFKA_TLS", "true",
                "TRUNKLINE_KAFKA_TRUST", folder.resolve(AUTHORITY).toAbsolutePath().toString(),
                "TRUNKLINE_KAFKA_USER", user,
                "TRUNKLINE_KAFKA_PASSWORD", password(user));
    }

    /** Returns the address with the credentials of a user in the table. */
    public KafkaAddress address(String bootstrapServers, String user) throws IOException {
        return address(bootstrapServers, user, "SCRAM-SHA-512", "scram.ScramLoginModule");
    }

    /** Returns the address with the admin's credentials, which work before any other user exists. */
    public KafkaAddress adminAddress(String bootstrapServers) throws IOException {
        return address(bootstrapServers, ADMIN, "PLAIN", "plain.PlainLoginModule");
    }

    private KafkaAddress address(String bootstrapServers, String user, String mechanism, String module) throws IOException {
        return new KafkaAddress(bootstrapServers, Map.of(
                "security.protocol", "SASL_SSL",
                "ssl.truststore.type", "PEM",
                "ssl.truststore.certificates", Files.readString(folder.resolve(AUTHORITY)),
                "sasl.mechanism", mechanism,
                "sasl.jaas.config", jaas(module, Map.of("username", user, "password", password(user)))));
    }

    /** Returns a user's password. Passwords are generated, and contain no character that needs quoting. */
    String password(String user) {
        String password = passwords.getProperty(user);
        if (password == null) {
            throw new IllegalArgumentException("Kafka has no user " + user + " here; it has " + passwords.keySet());
        }
        return password;
    }

    /** Returns the users except {@link #ADMIN}. */
    Collection<String> users() {
        return passwords.stringPropertyNames().stream().filter(user -> !user.equals(ADMIN)).toList();
    }

    /** Returns broker settings that authenticate clients, in place of those of an open broker. The listeners are BROKER and CONTROLLER. */
    public Map<String, String> brokerProperties() throws IOException {
        String plain = jaas("plain.PlainLoginModule", Map.of(
                "username", ADMIN, "password", password(ADMIN), "user_" + ADMIN, password(ADMIN)));
        Map<String, String> properties = new HashMap<>();
        properties.put("listener.security.protocol.map", "BROKER:SASL_SSL,CONTROLLER:SASL_SSL");
        properties.put("sasl.enabled.mechanisms", "PLAIN,SCRAM-SHA-512");
        properties.put("sasl.mechanism.inter.broker.protocol", "PLAIN");
        properties.put("sasl.mechanism.controller.protocol", "PLAIN");
        properties.put("listener.name.broker.plain.sasl.jaas.config", plain);
        properties.put("listener.name.broker.scram-sha-512.sasl.jaas.config", jaas("scram.ScramLoginModule", Map.of()));
        properties.put("listener.name.controller.sasl.enabled.mechanisms", "PLAIN");
        properties.put("listener.name.controller.plain.sasl.jaas.config", plain);
        properties.put("ssl.keystore.type", "PKCS12");
        properties.put("ssl.keystore.location", folder.resolve(STORE).toString());
        properties.put("ssl.keystore.password", Files.readString(folder.resolve(STORE_PASSWORD)));
        properties.put("ssl.truststore.type", "PEM");
        properties.put("ssl.truststore.location", folder.resolve(AUTHORITY).toString());
        properties.put("authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer");
        properties.put("super.users", "User:" + ADMIN);
        return properties;
    }

    private static String jaas(String module, Map<String, String> options) {
        StringBuilder text = new StringBuilder("org.apache.kafka.common.security." + module + " required");
        options.forEach((name, value) -> text.append(' ').append(name).append("=\"").append(value).append('"'));
        return text.append(';').toString();
    }
}
