package dev.trunkline.rtc.sctp;

import java.time.Duration;
import java.util.Comparator;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;

/** Two associations and the network between them, in simulated time: no sleep, no thread, everything from one seed. */
final class Network {

    /** How bad the network is. Probabilities are 0 to 1. */
    record Quality(double loss, double duplication, long minDelayMillis, long maxDelayMillis) {
        static final Quality PERFECT = new Quality(0, 0, 5, 5);
        static final Quality ROUGH = new Quality(0.15, 0.05, 1, 60);
        static final Quality AWFUL = new Quality(0.35, 0.20, 1, 400);
    }

    private record Delivery(long at, long sequence, Peer to, byte[] packet) {}

    final Peer client;
    final Peer server;
    private final RandomGenerator random;
    private final PriorityQueue<Delivery> onTheWay =
            new PriorityQueue<>(Comparator.comparingLong(Delivery::at).thenComparingLong(Delivery::sequence));
    private Quality quality;
    private long now = -5_000_000_000L; // nanoTime may be negative
    private long sequence;
    long packets;

    Network(long seed, Quality quality) {
        this(seed, quality, SctpSettings.defaults());
    }

    Network(long seed, Quality quality, SctpSettings settings) {
        this.quality = quality;
        this.random = new SplittableRandom(seed);
        client = new Peer("client", settings, this::now, new SplittableRandom(seed + 1));
        server = new Peer("server", settings.asDtlsServer(), this::now, new SplittableRandom(seed + 2));
        client.connect(packet -> send(server, packet));
        server.connect(packet -> send(client, packet));
    }

    long now() {
        return now;
    }

    void quality(Quality quality) {
        this.quality = quality;
    }

    /** Starts both sides, as WebRTC's peers do, and runs until both are up. */
    Network established() {
        client.association.start();
        server.association.start();
        runUntil(() -> client.isUp() && server.isUp());
        return this;
    }

    private void send(Peer to, byte[] packet) {
        packets++;
        if (random.nextDouble() < quality.loss()) {
            return;
        }
        deliverLater(to, packet);
        if (random.nextDouble() < quality.duplication()) {
            deliverLater(to, packet);
        }
    }

    private void deliverLater(Peer to, byte[] packet) {
        long delay = Duration.ofMillis(
                random.nextLong(quality.minDelayMillis(), quality.maxDelayMillis() + 1)).toNanos();
        onTheWay.add(new Delivery(now + delay, sequence++, to, packet));
    }

    /** Runs until the condition holds; fails after one hour of simulated time. */
    void runUntil(BooleanSupplier condition) {
        long end = now + Duration.ofHours(1).toNanos();
        while (!condition.getAsBoolean()) {
            if (!step() || now - end > 0) {
                throw new AssertionError("Nothing more comes at " + now + ": client " + client + ", server " + server);
            }
        }
    }

    void run(Duration time) {
        long end = now + time.toNanos();
        while (next().isPresent() && next().getAsLong() <= end) {
            step();
        }
        now = end;
    }

    private OptionalLong next() {
        OptionalLong timer = OptionalLong.empty();
        for (Peer peer : new Peer[] {client, server}) {
            OptionalLong timeout = peer.association.nextTimeout();
            if (timeout.isPresent() && (timer.isEmpty() || timeout.getAsLong() < timer.getAsLong())) {
                timer = timeout;
            }
        }
        if (onTheWay.isEmpty()) {
            return timer;
        }
        long arrival = onTheWay.element().at();
        return OptionalLong.of(timer.isPresent() ? Math.min(arrival, timer.getAsLong()) : arrival);
    }

    private boolean step() {
        OptionalLong next = next();
        if (next.isEmpty()) {
            return false;
        }
        now = Math.max(now, next.getAsLong());
        if (!onTheWay.isEmpty() && onTheWay.element().at() <= now) {
            Delivery delivery = onTheWay.remove();
            delivery.to().association.feed(delivery.packet());
        } else {
            client.association.onTimer();
            server.association.onTimer();
        }
        return true;
    }
}
