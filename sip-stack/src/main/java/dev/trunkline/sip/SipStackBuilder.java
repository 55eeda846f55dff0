package dev.trunkline.sip;

import dev.trunkline.sip.locate.Candidate;
import dev.trunkline.sip.locate.LocateSettings;
import dev.trunkline.sip.locate.Locator;
import dev.trunkline.sip.locate.Target;
import dev.trunkline.sip.net.DropReason;
import dev.trunkline.sip.net.Faults;
import dev.trunkline.sip.net.Listener;
import dev.trunkline.sip.net.SipBindException;
import dev.trunkline.sip.net.SipTransportKind;
import dev.trunkline.sip.net.SourceGuard;
import dev.trunkline.sip.net.TransportWatch;
import dev.trunkline.sip.transaction.Timings;
import dev.trunkline.sip.transport.tls.ReloadedTls;
import dev.trunkline.sip.transport.tls.UnusableCertificateException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/** Builds a stack; settings that are not given have defaults. */
public final class SipStackBuilder {
    private final ListenSettings settings;
    private SourceGuard guard = source -> true;
    private TransportWatch watch = unwatched();
    private BiConsumer<String, Throwable> faults = (where, fault) -> { };
    private WireTap tap = WireTap.NONE;
    private Timings timings = Timings.RFC_3261;
    private StackLimits limits = StackLimits.USUAL;
    private int lanes = Runtime.getRuntime().availableProcessors();
    private String contactUser = "stack";
    private LongSupplier nanoTime = System::nanoTime;
    private Clock clock = Clock.systemUTC();
    private RandomGenerator random = new SecureRandom();
    private LocateSettings locate = LocateSettings.defaults();
    private Optional<Function<Target, CompletionStage<List<Candidate>>>> locating = Optional.empty();

    SipStackBuilder(ListenSettings settings) {
        this.settings = settings;
    }

    /** Sets the guard of sources; by default everybody may send. */
    public SipStackBuilder guardedBy(SourceGuard guard) {
        this.guard = guard;
        return this;
    }

    public SipStackBuilder watchedBy(TransportWatch watch) {
        this.watch = watch;
        return this;
    }

    /** @param faults called with the place and the throwable when a message, timer or task ended by throwing */
    public SipStackBuilder telling(BiConsumer<String, Throwable> faults) {
        this.faults = faults;
        return this;
    }

    /** @param tap called for each message */
    public SipStackBuilder tappedBy(WireTap tap) {
        this.tap = tap;
        return this;
    }

    public SipStackBuilder timings(Timings timings) {
        this.timings = timings;
        return this;
    }

    public SipStackBuilder limits(StackLimits limits) {
        this.limits = limits;
        return this;
    }

    /** @param lanes 1 or more; by default the number of processors */
    public SipStackBuilder lanes(int lanes) {
        this.lanes = lanes;
        return this;
    }

    /** @param user user part of our Contact; {@code stack} by default */
    public SipStackBuilder contactUser(String user) {
        this.contactUser = user;
        return this;
    }

    /** @param nanoTime a monotonic clock, in nanoseconds */
    public SipStackBuilder nanoTime(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        return this;
    }

    /** @param clock for checking the validity of certificates */
    public SipStackBuilder clock(Clock clock) {
        this.clock = clock;
        return this;
    }

    /** @param random thread-safe; branches and tags come from it, so it must not be predictable */
    public SipStackBuilder random(RandomGenerator random) {
        this.random = random;
        return this;
    }

    /** Sets how host names of outgoing requests are looked up (RFC 3263). */
    public SipStackBuilder locating(LocateSettings settings) {
        this.locate = settings;
        return this;
    }

    /** Replaces DNS. */
    SipStackBuilder locatedBy(Function<Target, CompletionStage<List<Candidate>>> instead) {
        this.locating = Optional.of(instead);
        return this;
    }

    private static Set<SipTransportKind> spoken(ListenSettings settings) {
        return settings.listeners().stream().map(Listener::transport).collect(Collectors.toUnmodifiableSet());
    }

    /**
     * Reads the certificates; no port is opened before {@link SipStack#start}.
     *
     * @throws SipBindException if there is no usable certificate for TLS; it says what to do
     */
    public SipStack build() {
        var contained = new Faults(faults, nanoTime);
        try {
            Optional<ReloadedTls> tls = settings.tls().isEmpty()
                    ? Optional.empty()
                    : Optional.of(new ReloadedTls(settings.tls().get(), clock, watch));
            var locator = new Locator(spoken(settings), locate, random);
            return new SipStack(
                    new StackParts(settings, limits, lanes, timings, guard, watch, new LocalNames(settings, contactUser),
                            new Identifiers(random), locating.orElse(locator::locate), nanoTime, contained, tap),
                    tls, locator);
        } catch (UnusableCertificateException e) {
            throw new SipBindException("SIP over TLS cannot be offered: " + e.getMessage(), e);
        }
    }

    static TransportWatch unwatched() {
        return new Unwatched();
    }

    /** Ignores everything. */
    private static final class Unwatched implements TransportWatch {
        @Override
        public void opened(SipTransportKind transport) {}

        @Override
        public void closed(SipTransportKind transport, Ending why) {}

        @Override
        public void refused(Ending why) {}

        @Override
        public void dropped(DropReason why) {}

        @Override
        public void malformed(boolean answered) {}

        @Override
        public void certificate(Instant notAfter) {}

        @Override
        public void certificateRefused() {}
    }
}
