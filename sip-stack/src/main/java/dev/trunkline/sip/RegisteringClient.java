package dev.trunkline.sip;

import dev.trunkline.sip.auth.Challenger;
import dev.trunkline.sip.auth.DigestSession;
import dev.trunkline.sip.message.OutgoingRequest;
import dev.trunkline.sip.message.SipHeader;
import dev.trunkline.sip.message.SipResponse;
import dev.trunkline.sip.net.SipTransportKind;
import dev.trunkline.sip.register.RegisterAnswer;
import dev.trunkline.sip.register.RegisterTimes;
import dev.trunkline.sip.register.Registration;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Keeps one account registered (RFC 3261 section 10): {@link Registration} decides, this class acts. Everything runs on the
 * thread of its delays.
 */
public final class RegisteringClient {
    /** The reason reported if a registrar accepted a REGISTER and kept no binding. */
    private static final String NOTHING_KEPT = "the registrar accepted the REGISTER but keeps no binding";

    /**
     * The account and its registrar. Obtained for each attempt; the registrar may therefore change.
     *
     * @param registrar Request-URI, without a user: {@code sip:example.com}
     * @param routes through an outbound proxy; empty for none
     * @param account whose calls should arrive here, {@code sip:user@example.com}
     * @param contactUser user part of our Contact, which many carriers put into the Request-URI of their calls
     * @param transport if neither the registrar's URI nor DNS gives one
     */
    public record Binding(
            String registrar, List<String> routes, String account, String contactUser, SipTransportKind transport) {
        public Binding {
            routes = List.copyOf(routes);
        }
    }

    /**
     * The outcome of a REGISTER.
     *
     * @param until expiry of our binding at the registrar; empty if it has none
     * @param status of its response; 408 if none arrived, 503 if the request could not be sent
     * @param why it was not accepted, in plain words; empty if it was
     * @param serviceRoute Route values for later requests (RFC 3608)
     */
    public record Standing(Optional<Instant> until, int status, String why, List<String> serviceRoute) {
        public Standing {
            serviceRoute = List.copyOf(serviceRoute);
        }

        public boolean registered() {
            return until.isPresent();
        }
    }

    private final AnsweringClient client;
    private final Supplier<Binding> bindings;
    private final Registration machine;
    private final Delays delays;
    private final Clock clock;
    private final Consumer<Standing> listener;
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private final String callId;
    private final String tag;
    private Registration.State state;
    private Delays.Delayed timer = () -> { };
    private long cseq = 1;
    /** Number of the last REGISTER sent; responses to earlier ones are too late. */
    private long sent;
    private List<String> serviceRoute = List.of();
    /** Destination of the last REGISTER, where the binding is removed. */
    private Optional<Binding> last = Optional.empty();

    /**
     * @param session with the registrar
     * @param random for jitter, and for ids that cannot be guessed
     * @param listener called for each response, on the thread of the delays
     */
    public RegisteringClient(
            UserAgentClient client,
            DigestSession session,
            Supplier<Binding> bindings,
            RegisterTimes times,
            Delays delays,
            Clock clock,
            RandomGenerator random,
            Consumer<Standing> listener) {
        this.client = new AnsweringClient(client, session);
        this.bindings = bindings;
        this.machine = new Registration(times, random);
        this.delays = delays;
        this.clock = clock;
        this.listener = listener;
        this.state = machine.idle();
        this.callId = id(random);
        this.tag = id(random);
    }

    private static String id(RandomGenerator random) {
        byte[] octets = new byte[12];
        random.nextBytes(octets);
        return HexFormat.of().formatHex(octets);
    }

    public void start() {
        delays.execute(() -> on(new Registration.Input.Begin()));
    }

    /** Registers at once, because the registrar was unavailable and may have lost the binding. */
    public void refresh() {
        delays.execute(() -> on(new Registration.Input.Refresh()));
    }

    /** Removes the binding. @return completes when the registrar has answered, or after the timeout */
    public CompletionStage<Void> end() {
        delays.execute(() -> on(new Registration.Input.End()));
        return ended;
    }

    private void on(Registration.Input input) {
        Registration.Step step = machine.on(state, input, clock.instant());
        state = step.state();
        perform(step.actions().iterator());
    }

    /** If one action throws, the others are still performed: without its timer a registration would stall for ever. */
    private void perform(Iterator<Registration.Action> actions) {
        if (actions.hasNext()) {
            try {
                perform(actions.next());
            } finally {
                perform(actions);
            }
        }
    }

    private void perform(Registration.Action action) {
        switch (action) {
            case Registration.Action.Send(var expires) -> orFailed(SipResponse.SERVICE_UNAVAILABLE, () -> send(expires));
            case Registration.Action.Wait(var time) -> {
                timer.stop();
                timer = delays.after(time, () -> on(new Registration.Input.Due()));
            }
            case Registration.Action.Tell(var answer) -> tell(answer);
            case Registration.Action.TellEnded() -> {
                timer.stop();
                ended.complete(null);
            }
        }
    }

    private void send(Duration expires) {
        Binding binding = expires.isZero() ? last.orElseGet(bindings) : bindings.get();
        last = Optional.of(binding);
        var request = new OutgoingRequest(
                        "REGISTER", binding.registrar(), binding.routes(), callId, binding.account(), tag, binding.account(), "",
                        cseq,
                        List.of(new SipHeader("Expires", Long.toString(expires.toSeconds())),
                                // RFC 3327: the Path that proxies add is for the registrar, which requires that we support it.
                                new SipHeader("Supported", "path")),
                        binding.transport(), Optional.empty())
                .reachedAs(binding.contactUser());
        long number = ++sent;
        var why = new StringBuilder();
        client.send(request, AnsweringClient.answering(response -> delays.execute(() ->
                answered(number, response, expires, binding.contactUser(), why.toString()))), why::append);
    }

    private void answered(long number, SipResponse response, Duration expires, String user, String why) {
        if (number != sent) {
            return;
        }
        cseq = response.cseq() + 1;
        orFailed(response.status(), () -> understood(response, expires, user, why));
    }

    private void understood(SipResponse response, Duration expires, String user, String why) {
        RegisterAnswer answer = Challenger.of(response.status()).isPresent()
                ? new RegisterAnswer.Refused(response.status(), why)
                : RegisterAnswer.of(response, expires, user);
        delays.execute(() -> on(new Registration.Input.Answered(answer)));
    }

    /** If the task throws, the REGISTER has failed with this status, and is retried like any other failure. */
    private void orFailed(int status, Runnable task) {
        boolean done = false;
        try {
            task.run();
            done = true;
        } finally {
            if (!done) {
                delays.execute(() -> on(new Registration.Input.Answered(new RegisterAnswer.Failed(status, Optional.empty()))));
            }
        }
    }

    private void tell(RegisterAnswer answer) {
        if (answer instanceof RegisterAnswer.Accepted accepted) {
            serviceRoute = accepted.serviceRoute();
        }
        listener.accept(new Standing(state.bound(), answer.status(), why(answer), serviceRoute));
    }

    private static String why(RegisterAnswer answer) {
        return switch (answer) {
            case RegisterAnswer.Accepted accepted -> accepted.granted().isPositive() ? "" : NOTHING_KEPT;
            case RegisterAnswer.Refused refused -> refused.why();
            case RegisterAnswer.TooBrief brief -> "the registrar keeps asking for longer intervals";
            case RegisterAnswer.Failed failed when failed.status() == SipResponse.REQUEST_TIMEOUT -> "no answer arrived in time";
            case RegisterAnswer.Failed failed when failed.status() == SipResponse.SERVICE_UNAVAILABLE ->
                "the registrar cannot be reached or accepts no requests now";
            case RegisterAnswer.Failed failed -> "the registrar answered " + failed.status();
        };
    }
}
