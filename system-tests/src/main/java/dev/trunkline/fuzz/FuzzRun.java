package dev.trunkline.fuzz;

import dev.trunkline.hostile.Neighbour;
import dev.trunkline.hostile.Pulse;
import dev.trunkline.hostile.RawCall;
import dev.trunkline.hostile.RawRtp;
import dev.trunkline.hostile.RawSip;
import dev.trunkline.hostile.RawTcp;
import dev.trunkline.hostile.Volley;
import dev.trunkline.local.RunningSuite;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;

/**
 * Sends damaged SIP by UDP and TCP and damaged RTP to a running suite, beside a call that must not be affected and OPTIONS
 * that must be answered. What it sends depends on the seed alone; the answers depend on the suite.
 */
public final class FuzzRun {
    private static final String UNKNOWN = "+3225551999";
    private static final String BESIDE = "+32470890002";
    private static final String VICTIM = "+32470890003";
    private static final int TONE = 900;
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final long BETWEEN_LOOKS = Duration.ofSeconds(10).toNanos();
    private static final int TCP_MESSAGES = 20;
    /** One message in this many is sent by TCP. */
    private static final int TCP_SHARE = 6;

    private final FuzzOptions options;
    private final RunningSuite suite;
    private final InetSocketAddress edge;
    private final Random random;
    private final SipDamage damage;
    private final AtomicLong rtp = new AtomicLong();
    private final List<String> complaints = new ArrayList<>();
    private long byUdp;
    private long byTcp;
    private int victims;
    private int onConnection;
    private Optional<RawTcp> connection = Optional.empty();

    public FuzzRun(FuzzOptions options, RunningSuite suite) {
        this.options = options;
        this.suite = suite;
        this.edge = new InetSocketAddress(suite.sipAddress(), suite.sipPort());
        this.random = new Random(options.seed());
        this.damage = new SipDamage(random);
    }

    /** Runs to the end. @throws IllegalStateException if the call beside the run cannot be set up */
    public FuzzFigures run() throws IOException, InterruptedException {
        FaultCounts counts = new FaultCounts(suite.health());
        Map<String, Double> before = counts.now();
        try (Neighbour neighbour = Neighbour.call(options.beside(), edge, options.number(), BESIDE);
                Pulse pulse = Pulse.of(options.beside(), edge);
                RawSip sip = RawSip.open(options.from(), edge);
                RawRtp phone = RawRtp.open(options.from(), 0, TONE, random)) {
            Volley volley = new Volley(sip);
            attack(neighbour, sip, phone, volley);
            volley.readUntilQuiet(Duration.ofSeconds(1));
            look(neighbour);
            return new FuzzFigures(
                    options.seed(), options.time(), byUdp, byTcp, rtp.get(), volley.statuses(), FaultCounts.since(before, counts.now()),
                    pulse.worst(), neighbour.media().packetsReceived(), neighbour.media().packetsLost(), List.copyOf(complaints), victims);
        } finally {
            hangUpTcp();
        }
    }

    private void attack(Neighbour neighbour, RawSip sip, RawRtp phone, Volley volley) throws IOException, InterruptedException {
        Templates templates = new Templates(sip, random, options.number(), UNKNOWN);
        phone.damaging(halfOf(new RtpDamage(new Random(options.seed() + 1))));
        RawCall victim = victim(phone);
        long begun = System.nanoTime();
        long nextLook = begun + BETWEEN_LOOKS;
        for (long sent = 0; System.nanoTime() - begun < options.time().toNanos(); sent++) {
            send(sip, volley, damage.damage(templates.next(victim)));
            if (System.nanoTime() > nextLook) {
                look(neighbour);
                victim = victim.wasHungUp() ? victim(phone) : victim;
                nextLook = System.nanoTime() + BETWEEN_LOOKS;
            }
            long due = begun + sent * 1_000_000_000L / options.rate();
            Thread.sleep(Duration.ofNanos(Math.max(0, due - System.nanoTime())));
        }
        phone.hush();
    }

    /** A call on a socket of its own, so that its packets are not taken for answers to damaged messages. */
    private RawCall victim(RawRtp phone) throws IOException {
        RawSip own = RawSip.open(options.from(), edge);
        RawCall call = RawCall.dial(own, own.invite(options.number(), VICTIM, RawCall.offer(phone.address(), phone.port())));
        if (call.awaitFinal(PATIENCE).map(RawSip::status).orElse(0) == 200) {
            phone.hush();
            phone.say(call.media(), TONE);
        }
        victims++;
        return call;
    }

    private UnaryOperator<byte[]> halfOf(RtpDamage how) {
        Random chance = new Random(options.seed() + 2);
        return packet -> {
            if (chance.nextBoolean()) {
                return packet;
            }
            rtp.incrementAndGet();
            return how.damage(packet);
        };
    }

    private void send(RawSip sip, Volley volley, String message) throws IOException {
        if (random.nextInt(TCP_SHARE) > 0) {
            volley.fire("", message);
            byUdp++;
            return;
        }
        if (connection.isEmpty() || onConnection++ > TCP_MESSAGES) {
            hangUpTcp();
            connection = Optional.of(RawTcp.open(options.from(), edge));
            onConnection = 0;
        }
        RawTcp tcp = connection.get();
        if (!tcp.send(tcp.byTcp(message, sip.own()))) {
            hangUpTcp();
        }
        byTcp++;
    }

    private void hangUpTcp() throws IOException {
        if (connection.isPresent()) {
            connection.get().close();
            connection = Optional.empty();
        }
    }

    private void look(Neighbour neighbour) {
        neighbour.complaint().ifPresent(complaints::add);
    }
}
