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
 *   Kafka, Redis, Postgres, livekit-server   (beside each other)
 *        -> topics
 *        -> the five services, LiveKit's SIP API and the demo agent   (beside each other)
 *        -> demo data, at the first start -> the edge answers OPTIONS -> a trial call goes through
 *        -> the console, for which nothing waits
 * </pre>
 */
public final class Suite implements AutoCloseable {
    /** Between the SIP ports of an edge and of its next replica. */
    public static final int REPLICA_SIP_PORTS = 50;

    private static final Duration READY_PATIENCE = Duration.ofSeconds(90);
    /** Among the times of a start: from the last part's being ready until calls go through. */
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
     * Addresses of what the services stand on.
     *
     * @param redis with its password
     */
    public record Backends(String kafka, String redis, String postgresUrl, URI liveKit) {
        /** Without the password that is in the address of Redis. */
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
     * Ends what an earlier start has left. For whoever has the lock of the state folder.
     *
     * @throws IOException if ports that the suite needs are taken; it says which, and by what
     */
    static void makeRoom(SuiteSettings settings, Progress progress) throws IOException {
        int ended = leftovers(settings).end();
        if (ended > 0) {
            progress.say("ended " + ended + " processes that an earlier start had left");
        }
        NeededPort.requireFree(NeededPort.of(settings));
    }

    /**
     * Starts everything and waits until the edge takes calls.
     *
     * @throws IOException that says which part did not start and where its log is; what was started is stopped again
     */
    public static Suite start(SuiteSettings settings, Progress progress) throws IOException, InterruptedException {
        return start(settings, new AotUse.None(), progress);
    }

    /** The same. @param aot what the JVMs have to do with AOT caches */
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

    /** Begins to start the console, which no call needs and nothing waits for: {@link #awaitConsole} does. */
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
     * @throws IOException that says where its log is if they cannot in time
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

    /** Starts a LiveKit server without rooms where the suite looks for it. */
    public URI startLiveKit() throws IOException {
        return storeStarts.liveKit(CompletableFuture.completedFuture(backends.redis()));
    }

    private void ready(String part, long pid) {
        starts.ready(part, () -> ProcessHandle.of(pid).map(StartTimes::cpu).orElse(Duration.ZERO));
        progress.started(part);
    }

    /** What the launcher and all that it started have used. */
    private static Duration ownProcesses() {
        return StartTimes.cpu(ProcessHandle.current());
    }

    private synchronized void rememberProcesses() throws IOException {
        // Its own alone: whoever started this suite may have another one.
        leftovers.remember(running().pids().values().stream()
                .flatMap(pid -> ProcessHandle.of(pid).stream())
                .flatMap(process -> Stream.concat(Stream.of(process), process.descendants()))
                .toList());
    }

    /** Where everything is. */
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

    /** Who may do what on the Kafka of this suite; empty where everybody may do everything. */
    public Optional<KafkaGuard> guard() {
        return kafkaPart.guard();
    }

    /** The key of the LiveKit server that the suite uses. */
    public String liveKitKey() {
        return storeStarts.key();
    }

    /** The secret that belongs to {@link #liveKitKey()}. */
    public String liveKitSecret() {
        return storeStarts.secret();
    }

    /** Where the passwords are that were made for this suite. */
    public Path secretsFile() {
        return settings.state().resolve(Secrets.FILE);
    }

    /** Where people open the console; empty where it does not run. */
    public Optional<URI> consoleUrl() {
        return processes.containsKey(Services.CONSOLE)
                ? Optional.of(Services.consoleUrl(settings))
                : Optional.empty();
    }

    /** The console's accounts with their passwords, if they were made at this start. */
    Map<String, String> newAccounts() {
        return accountsAreNew ? consoleAccounts() : Map.of();
    }

    /** The console's accounts with their passwords. */
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

    /** A part of the suite by its name, for example {@code media-relay}. */
    public ChildProcess process(String name) {
        return Optional.ofNullable(processes.get(name))
                .orElseThrow(() -> new IllegalArgumentException("no part is called " + name + "; there are " + processes.keySet()));
    }

    /** Starts a part again that was killed, and waits until it is ready. */
    public void restart(String name) throws IOException, InterruptedException {
        process(name).start();
        rememberProcesses();
        process(name).awaitReady(http, READY_PATIENCE);
        saveRunning();
    }

    /** Of several restarts at once the last says where everything is. */
    private synchronized void saveRunning() throws IOException {
        running().save(settings.state());
    }

    /**
     * Starts parts again that die from now on, until that is closed, which must be before this is.
     *
     * @param told of deaths and restarts
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

    /** Ends a replica as a scale-down does, or the console: it drains first. */
    public void removeReplica(String name) throws IOException {
        ChildProcess replica = process(name);
        replica.askToStop();
        replica.close();
        processes.remove(name);
        running().save(settings.state());
    }

    /** Ends Redis, with all that it held. */
    public void stopRedis() throws IOException {
        stores.stop(RedisServer.class);
    }

    /** An empty Redis where the one before was. */
    public void startRedis() throws IOException {
        storeStarts.redis(URI.create(backends.redis()).getPort());
    }

    public void stopPostgres() throws IOException {
        stores.stop(PostgresServer.class);
    }

    /** Postgres with the data that it had. */
    public void startPostgres() throws IOException {
        URI url = URI.create(backends.postgresUrl().substring("jdbc:".length()));
        storeStarts.postgres(url.getPort());
    }

    /** Ends the LiveKit server, if it is one of ours, and with it all rooms. */
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
