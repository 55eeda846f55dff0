package dev.trunkline.local;

import dev.trunkline.bus.SteadyClock;
import dev.trunkline.local.aot.AotUse;
import dev.trunkline.local.guard.KafkaGuard;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/**
 * The whole suite on one machine, each part a process of its own.
 *
 * <pre>
 *   Kafka, Redis, Postgres, livekit-server   (in parallel)
 *        -> topics
 *        -> the five services, LiveKit's SIP API and the demo agent   (in parallel)
 *        -> demo data, at the first start -> the edge answers OPTIONS -> a trial call succeeds
 *        -> the console, for which nothing waits
 * </pre>
 */
public final class Suite implements AutoCloseable {
    /** Distance between the SIP ports of an edge and its next replica. */
    public static final int REPLICA_SIP_PORTS = 50;

    private static final Duration READY_PATIENCE = Duration.ofSeconds(90);
    /** The name of a start's last period: from when the last part is ready until calls succeed. */
    private static final String TRIAL = "trial call";

    private final SuiteSettings settings;
    private final AotUse aot;
    private final Progress progress;
    private final Secrets secrets;
    private final boolean accountsAreNew;
    private final KafkaPart kafkaPart;
    private final SuiteLock lock;
    private final Leftovers leftovers;
    private final StartTimes starts = new StartTimes(SteadyClock.ofThisProcess());
    private final HttpClient http = HttpClient.newHttpClient();
    private final Stores stores = new Stores();
    private final StoreStarts storeStarts;
    private final Map<String, ChildProcess> processes = new LinkedHashMap<>();
    private Backends backends;
    private Services services;

    /**
     * The addresses of the stores and LiveKit, on which the services depend.
     *
     * @param redis with its password
     */
    public record Backends(String kafka, String redis, String postgresUrl, URI liveKit) {
        /** Leaves out the address of Redis, which contains the password. */
        @Override
        public String toString() {
            return "Backends[" + kafka + ", " + postgresUrl + ", " + liveKit + "]";
        }
    }

    private Suite(SuiteSettings settings, AotUse aot, Progress progress) throws IOException, InterruptedException {
        this.settings = settings;
        this.aot = aot;
        this.progress = progress;
        this.lock = SuiteLock.take(OwnerOnly.ownFolder(settings.state()));
        OwnerOnly.mend(settings.state());
        OwnerOnly.folder(logs());
        this.accountsAreNew = !Files.exists(secretsFile()) || Secrets.kept(secretsFile(), Secrets.CONSOLE_ADMIN).isEmpty();
        this.secrets = Secrets.loadOrMake(secretsFile(), new SecureRandom());
        this.storeStarts = new StoreStarts(settings, secrets, stores, progress, this::ready);
        this.kafkaPart = KafkaPart.of(settings);
        this.leftovers = leftovers(settings);
    }

    private static Leftovers leftovers(SuiteSettings settings) {
        return new Leftovers(settings.state().resolve("processes"));
    }

    /**
     * Ends what an earlier start left. The caller must hold the lock of the state folder.
     *
     * @throws IOException if ports that the suite needs are taken; the message says which, and by what
     */
    static void makeRoom(SuiteSettings settings, Progress progress) throws IOException {
        int ended = leftovers(settings).end();
        if (ended > 0) {
            progress.say("ended " + ended + " processes left over from an earlier start");
        }
        NeededPort.requireFree(NeededPort.of(settings));
    }

    /**
     * Starts everything and waits until the edge accepts calls.
     *
     * @throws IOException if a part did not start, with its log's path in the message; the other parts are stopped again
     */
    public static Suite start(SuiteSettings settings, Progress progress) throws IOException, InterruptedException {
        return start(settings, new AotUse.None(), progress);
    }

    /** Starts everything in the same way. @param aot how the JVMs use AOT caches */
    public static Suite start(SuiteSettings settings, AotUse aot, Progress progress) throws IOException, InterruptedException {
        Suite suite = new Suite(settings, aot, progress);
        try {
            suite.startAll();
            return suite;
        } catch (IOException | InterruptedException | RuntimeException e) {
            suite.close();
            throw e;
        }
    }

    private void startAll() throws IOException, InterruptedException {
        makeRoom(settings, progress);
        startBackends();
        services = new Services(settings, backends, secrets, guard(), aot);
        for (ChildProcess process : services.all()) {
            processes.put(process.name(), process);
            starts.begun(process.name());
            process.start();
        }
        rememberProcesses();
        Together.all(processes.values().stream().map(process -> (Callable<Void>) () -> {
            process.awaitReady(http, READY_PATIENCE);
            if (!process.name().equals("kafka")) {
                ready(process.name(), process.pid());
            }
            return null;
        }).toList());
        if (settings.demo()) {
            starts.begun(TRIAL);
            DemoData demo = new DemoData(settings);
            boolean loaded = demo.loadOnce(http, services.routerUrl(), secrets.adminToken());
            if (loaded) {
                progress.say("demo data is loaded");
            }
            demo.tryOut(settings, loaded, progress);
            starts.ready(TRIAL, () -> Duration.ZERO);
        }
        starts.ready(RunningSuite.WHOLE, Suite::ownProcesses);
        if (settings.console()) {
            startConsole();
        }
        running().save(settings.state());
    }

    /** Begins to start the console, without waiting for it, because no call needs it. {@link #awaitConsole} waits. */
    public void startConsole() throws IOException {
        ChildProcess console = services.console();
        processes.put(console.name(), console);
        starts.begun(console.name());
        console.start();
        rememberProcesses();
    }

    /**
     * Waits until people can sign in.
     *
     * @throws IOException if they cannot in time; the message has the log's path
     */
    public void awaitConsole() throws IOException, InterruptedException {
        ChildProcess console = process(Services.CONSOLE);
        console.awaitReady(http, READY_PATIENCE);
        ready(console.name(), console.pid());
        saveRunning();
    }

    private void startBackends() throws IOException, InterruptedException {
        int kafkaPort = Ports.preferred(9092);
        ChildProcess kafka = kafkaPart.process(aot, kafkaPort);
        processes.put("kafka", kafka);
        List.of("kafka", "redis", "postgres", "livekit").forEach(starts::begun);
        kafka.start();
        String bootstrap = "127.0.0.1:" + kafkaPort;
        int redisPort = Ports.preferred(6379);
        int postgresPort = Ports.preferred(5432);
        var redisIsUp = new CompletableFuture<String>();
        List<Object> started = Together.all(List.of(
                () -> {
                    kafkaPart.prepare(kafka, bootstrap);
                    ready("kafka", kafka.pid());
                    return bootstrap;
                },
                () -> storeStarts.redis(redisPort, redisIsUp),
                () -> storeStarts.postgres(postgresPort),
                () -> storeStarts.liveKit(redisIsUp)));
        backends = new Backends(
                bootstrap,
                ((RedisServer) started.get(1)).url(),
                ((PostgresServer) started.get(2)).jdbcUrl(),
                (URI) started.get(3));
    }

    /** Starts a LiveKit server without rooms at the address that the suite uses. */
    public URI startLiveKit() throws IOException {
        return storeStarts.liveKit(CompletableFuture.completedFuture(backends.redis()));
    }

    private void ready(String part, long pid) {
        starts.ready(part, () -> ProcessHandle.of(pid).map(StartTimes::cpu).orElse(Duration.ZERO));
        progress.started(part);
    }

    /** Returns the CPU time of the launcher and of all its descendants. */
    private static Duration ownProcesses() {
        return StartTimes.cpu(ProcessHandle.current());
    }

    private synchronized void rememberProcesses() throws IOException {
        // Only this suite's processes, because the process that started it may have another suite.
        leftovers.remember(running().pids().values().stream()
                .flatMap(pid -> ProcessHandle.of(pid).stream())
                .flatMap(process -> Stream.concat(Stream.of(process), process.descendants()))
                .toList());
    }

    /** Returns the addresses of all parts. */
    public RunningSuite running() {
        Map<String, Long> pids = new LinkedHashMap<>();
        Map<String, String> health = new LinkedHashMap<>();
        processes.forEach((name, process) -> {
            pids.put(name, process.pid());
            process.health().ifPresent(page -> health.put(name, page.toString()));
        });
        pids.putAll(stores.pids());
        return new RunningSuite(
                settings.bind(), settings.sipPort(), backends.kafka(), guard().map(KafkaGuard::folder),
                URI.create(backends.redis()).getPort(), backends.liveKit().toString(), pids, health, starts.all());
    }

    public SuiteSettings settings() {
        return settings;
    }

    public Backends backends() {
        return backends;
    }

    /** Returns the users of this suite's Kafka and their permissions; empty if everybody may do everything. */
    public Optional<KafkaGuard> guard() {
        return kafkaPart.guard();
    }

    /** Returns the key of the LiveKit server that the suite uses. */
    public String liveKitKey() {
        return storeStarts.key();
    }

    /** Returns the secret that belongs to {@link #liveKitKey()}. */
    public String liveKitSecret() {
        return storeStarts.secret();
    }

    /** Returns the file with the passwords that were generated for this suite. */
    public Path secretsFile() {
        return settings.state().resolve(Secrets.FILE);
    }

    /** Returns the address at which people open the console; empty if it does not run. */
    public Optional<URI> consoleUrl() {
        return processes.containsKey(Services.CONSOLE)
                ? Optional.of(Services.consoleUrl(settings))
                : Optional.empty();
    }

    /** Returns the console's accounts with their passwords, if they were created at this start. */
    Map<String, String> newAccounts() {
        return accountsAreNew ? consoleAccounts() : Map.of();
    }

    /** Returns the console's accounts with their passwords. */
    public Map<String, String> consoleAccounts() {
        Map<String, String> accounts = new LinkedHashMap<>();
        accounts.put("admin", secrets.console().admin());
        if (settings.demo()) {
            accounts.put("demo", secrets.console().demo());
            accounts.put("desk", secrets.console().desk());
            accounts.put("support", secrets.console().support());
        }
        return accounts;
    }

    public String adminToken() {
        return secrets.adminToken();
    }

    public Path logs() {
        return settings.state().resolve("logs");
    }

    /** Returns a part of the suite by its name, for example {@code media-relay}. */
    public ChildProcess process(String name) {
        return Optional.ofNullable(processes.get(name))
                .orElseThrow(() -> new IllegalArgumentException("no part is called " + name + "; there are " + processes.keySet()));
    }

    /** Restarts a part that was killed, and waits until it is ready. */
    public void restart(String name) throws IOException, InterruptedException {
        process(name).start();
        rememberProcesses();
        process(name).awaitReady(http, READY_PATIENCE);
        saveRunning();
    }

    /** If several parts restart at once, the last one writes the file. */
    private synchronized void saveRunning() throws IOException {
        running().save(settings.state());
    }

    /**
     * Restarts parts that die from now on, until the supervisor is closed. Close it before the suite.
     *
     * @param told receives deaths and restarts
     */
    public Supervisor supervised(Progress told) {
        return Supervisor.over(processes.values(), this::restart, told, SteadyClock.ofThisProcess());
    }

    /**
     * Starts a further replica of a service, {@code call-router-2} and so on, and waits until it is ready.
     *
     * @return its name as a part of the suite
     */
    public String addReplica(String service) throws IOException, InterruptedException {
        int number = 2;
        while (processes.containsKey(service + "-" + number)) {
            number++;
        }
        ChildProcess replica = services.replica(service, number);
        processes.put(replica.name(), replica);
        restart(replica.name());
        return replica.name();
    }

    /** Ends a replica, or the console, as a scale-down does: it drains first. */
    public void removeReplica(String name) throws IOException {
        ChildProcess replica = process(name);
        replica.askToStop();
        replica.close();
        processes.remove(name);
        running().save(settings.state());
    }

    /** Ends Redis; its data is lost. */
    public void stopRedis() throws IOException {
        stores.stop(RedisServer.class);
    }

    /** Starts an empty Redis at the address of the previous one. */
    public void startRedis() throws IOException {
        storeStarts.redis(URI.create(backends.redis()).getPort());
    }

    public void stopPostgres() throws IOException {
        stores.stop(PostgresServer.class);
    }

    /** Starts Postgres with its existing data. */
    public void startPostgres() throws IOException {
        URI url = URI.create(backends.postgresUrl().substring("jdbc:".length()));
        storeStarts.postgres(url.getPort());
    }

    /** Ends the LiveKit server, if it is the launcher's own, and with it all rooms. */
    public void stopLiveKit() throws IOException {
        stores.stop(LiveKitServer.class);
    }

    /** Stops everything in the order of {@link SuiteStop}. */
    @Override
    public void close() {
        new SuiteStop(
                processes.values(), bound -> stores.stopAll(progress, bound), settings.drain(), settings.stopWithin(), this::callsUp,
                progress).run();
        http.close();
        try {
            RunningSuite.forget(settings.state());
            leftovers.end();
        } catch (IOException e) {
            progress.say("the state folder could not be tidied: " + e.getMessage());
        }
        lock.close();
    }

    private OptionalInt callsUp() {
        return Optional.ofNullable(processes.get("sip-edge"))
                .flatMap(ChildProcess::health)
                .map(page -> CallsUp.ask(http, page.resolve("/q/metrics")))
                .orElse(OptionalInt.empty());
    }
}
