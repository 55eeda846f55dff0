package dev.trunkline.sip;

import dev.trunkline.sip.message.OutgoingResponse;
import dev.trunkline.sip.message.SipRequest;
import dev.trunkline.sip.message.SipResponse;
import dev.trunkline.sip.net.AdvertisedNetwork;
import dev.trunkline.sip.net.ConnectionLimits;
import dev.trunkline.sip.net.DropReason;
import dev.trunkline.sip.net.Listener;
import dev.trunkline.sip.net.PacketMark;
import dev.trunkline.sip.net.PacketSource;
import dev.trunkline.sip.net.SipTransportKind;
import dev.trunkline.sip.net.SourceGuard;
import dev.trunkline.sip.net.TransportWatch;
import dev.trunkline.sip.transport.tls.TlsSettings;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** SIP on loopback without an edge behind it: every request gets 200 with a Contact. */
public final class LoopbackStack implements AutoCloseable, SipHandler, TransportWatch {
    public static final ConnectionLimits LIMITS = new ConnectionLimits(
            100, 50, Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofMinutes(1));

    public final BlockingQueue<SipRequest> requests = new LinkedBlockingQueue<>();
    public final Map<Ending, AtomicInteger> over = new ConcurrentHashMap<>();
    public final BlockingQueue<DropReason> drops = new LinkedBlockingQueue<>();
    public final AtomicInteger open = new AtomicInteger();
    public final AtomicInteger malformed = new AtomicInteger();
    public volatile Predicate<PacketSource> inUse = source -> false;
    public volatile Predicate<InetAddress> trusted = source -> true;
    public volatile Predicate<InetAddress> known = source -> true;
    public volatile OutgoingResponse reply = OutgoingResponse.of(200).tagged("us").withContact();
    public final SipStack transport;

    public LoopbackStack(ConnectionLimits limits, Optional<TlsSettings> tls, String... listeners) {
        this(limits, tls, List.of(), listeners);
    }

    public LoopbackStack(
            ConnectionLimits limits, Optional<TlsSettings> tls, List<AdvertisedNetwork> networks, String... listeners) {
        var settings = new ListenSettings(
                Stream.of(listeners).map(Listener::parse).toList(), networks, 1 << 20, 1_000, limits, PacketMark.NONE, tls);
        transport = new SipStack(settings, new SourceGuard() {
            @Override
            public boolean lets(InetAddress source) {
                return trusted.test(source);
            }

            @Override
            public boolean knows(InetAddress source) {
                return known.test(source);
            }
        }, this);
        transport.start(this);
    }

    @Override
    public void request(ServerTransaction transaction) {
        requests.add(transaction.request());
        transaction.respond(reply);
    }

    @Override
    public void dropped(DropReason why) {
        drops.add(why);
    }

    @Override
    public void ack(SipRequest ack) {
        requests.add(ack);
    }

    @Override
    public void repeated(SipResponse answer) {
        throw new AssertionError("no INVITE was sent");
    }

    @Override
    public boolean inUse(PacketSource connection) {
        return inUse.test(connection);
    }

    public SipRequest await() throws InterruptedException {
        SipRequest request = requests.poll(10, TimeUnit.SECONDS);
        if (request == null) {
            throw new AssertionError("no request came");
        }
        return request;
    }

    public int over(Ending why) {
        return over.getOrDefault(why, new AtomicInteger()).get();
    }

    public static void until(BooleanSupplier fits) throws InterruptedException {
        long end = System.nanoTime() + Duration.ofSeconds(15).toNanos();
        while (!fits.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("it did not become so");
            }
            Thread.sleep(5);
        }
    }

    @Override
    public void opened(SipTransportKind transport) {
        open.incrementAndGet();
    }

    @Override
    public void closed(SipTransportKind transport, Ending why) {
        open.decrementAndGet();
        refused(why);
    }

    @Override
    public void refused(Ending why) {
        over.computeIfAbsent(why, any -> new AtomicInteger()).incrementAndGet();
    }

    @Override
    public void malformed(boolean answered) {
        malformed.incrementAndGet();
    }

    @Override
    public void certificate(Instant notAfter) {}

    @Override
    public void certificateRefused() {}

    @Override
    public void close() {
        transport.close();
    }
}
