package dev.trunkline.system.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Kamailio (Debian package {@code kamailio}) as a carrier's proxy in front of two phones, configured by {@code kamailio/carrier.cfg}. */
public final class Kamailio implements AutoCloseable {
    /** A loopback address other than those of the suite and the phones, because the edge identifies a packet's trunk by its source. */
    public static final InetSocketAddress ADDRESS = new InetSocketAddress("127.0.0.66", 19_063);
    /** The address for TLS. */
    public static final InetSocketAddress TLS = new InetSocketAddress("127.0.0.66", 19_064);
    /** The user of the account that may register and call. */
    public static final String USER = "trunkline";
    public static final String PASSWORD = "s3cret-of-carrier";
    /** The number of the second phone. */
    public static final String SECOND_NUMBER = "+3225550187";

    /** Its two sides. */
    public enum Side {
        /** The holder of the account. */
        CUSTOMER,
        PHONE;

        private String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Path LIBRARIES = Path.of("/usr/lib");

    private final Process process;
    private final Path log;

    private Kamailio(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /** Starts it. @param phone that it rings @param second phone that it rings for {@link #SECOND_NUMBER}, at the same address */
    static Kamailio start(Path module, Path target, Certificates certificates, InetSocketAddress phone, InetSocketAddress second)
            throws IOException, InterruptedException {
        Path folder = target.resolve("kamailio");
        String program = prepare(folder).toString();
        Path configuration = folder.resolve("carrier.cfg");
        Files.writeString(configuration, Files.readString(module.resolve("src/test/resources/kamailio/carrier.cfg"))
                .replace("MODULES", modules() + "/")
                .replace("LISTEN_TLS", text(TLS))
                .replace("LISTEN", text(ADDRESS))
                .replace("CERTIFICATE", certificates.certificate(TLS.getHostString()).toString())
                .replace("KEY", certificates.key(TLS.getHostString()).toString())
                .replace("AUTHORITY", certificates.authority().toString())
                .replace("PHONE_HOST", phone.getHostString())
                .replace("PHONE_PORT", Integer.toString(phone.getPort()))
                .replace("SECOND_PORT", Integer.toString(second.getPort()))
                .replace("SECOND_NUMBER", SECOND_NUMBER)
                .replace("PASSWORD", PASSWORD));
        Path log = folder.resolve("kamailio.log");
        Files.deleteIfExists(log);
        return new Kamailio(new ProcessBuilder(program, "-DD", "-E", "-f", configuration.toString(), "-n", "1", "-m", "64", "-M", "4",
                        "-Y", folder.toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start(), log);
    }

    /** Installs it if it is missing. @throws IOException that says what to install */
    public static Path prepare(Path folder) throws IOException, InterruptedException {
        Files.createDirectories(folder);
        if (program().isEmpty()) {
            DebianPackage.install("kamailio", folder);
        }
        if (!Files.exists(modules().resolve("tls.so"))) {
            DebianPackage.install("kamailio-tls-modules", folder);
        }
        return program().orElseThrow(() -> new IOException("kamailio is not where its package puts it"));
    }

    private static Optional<Path> program() {
        return Stream.of("/usr/sbin/kamailio", "/usr/local/sbin/kamailio").map(Path::of).filter(Files::isExecutable).findFirst();
    }

    /** Returns the folder of its modules. */
    public static Path modules() throws IOException {
        try (Stream<Path> folders = Files.walk(LIBRARIES, 3)) {
            return folders.filter(path -> path.endsWith("kamailio/modules")).findFirst()
                    .orElseThrow(() -> new IOException("kamailio's modules are not below " + LIBRARIES));
        }
    }

    private static String text(InetSocketAddress address) {
        return address.getHostString() + ":" + address.getPort();
    }

    /** Returns how many requests of this kind it has forwarded or rejected. @param what as the configuration logs it: {@code began} */
    public long count(String what, String method, Side from) {
        String wanted = "%s: %s from %s".formatted(what, method, from.word());
        try (Stream<String> lines = Files.lines(log)) {
            return lines.filter(line -> line.endsWith(wanted)).count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the requests within a dialog that had no Route. */
    public List<String> astray() {
        try (Stream<String> lines = Files.lines(log)) {
            return lines.filter(line -> line.contains("astray: ")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until it has forwarded this many requests within dialogs. */
    public void awaitWithin(String method, Side from, long times) {
        Await.until("Kamailio has passed %d %s of the %s on (see %s)".formatted(times, method, from.word(), log), PATIENCE,
                () -> count("within", method, from) >= times);
    }

    @Override
    public void close() {
        try {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            process.waitFor(20, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
