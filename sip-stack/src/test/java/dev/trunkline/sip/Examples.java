package dev.trunkline.sip;

import dev.trunkline.sip.RegisteringClient.Standing;
import dev.trunkline.sip.auth.Account;
import dev.trunkline.sip.auth.DigestClient;
import dev.trunkline.sip.auth.DigestSession;
import dev.trunkline.sip.message.OutgoingRequest;
import dev.trunkline.sip.message.OutgoingResponse;
import dev.trunkline.sip.message.SipHeader;
import dev.trunkline.sip.message.SipRequest;
import dev.trunkline.sip.message.SipResponse;
import dev.trunkline.sip.net.ConnectionLimits;
import dev.trunkline.sip.net.Listener;
import dev.trunkline.sip.net.PacketMark;
import dev.trunkline.sip.net.SipTransportKind;
import dev.trunkline.sip.register.RegisterTimes;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** The examples of README.md, compiled so that they stay true. */
final class Examples {
    private Examples() {}

    static ListenSettings listening(String... listeners) {
        var limits = new ConnectionLimits(1000, 100, Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ofMinutes(10));
        return new ListenSettings(
                List.of(listeners).stream().map(Listener::parse).toList(), List.of(), 1 << 20, 1000, limits, PacketMark.NONE, Optional.empty());
    }

    /** Accepts every call and answers all other requests. */
    static SipStack answering(String listener, String sdp) {
        SipStack stack = SipStack.builder(listening(listener)).contactUser("echo").build();
        stack.start(new SipHandler() {
            @Override
            public void request(ServerTransaction transaction) {
                SipRequest request = transaction.request();
                switch (request.method()) {
                    case "INVITE" -> {
                        transaction.respond(OutgoingResponse.of(180).tagged("echo"));
                        transaction.respond(OutgoingResponse.of(200).tagged("echo").withContact().withSdp(sdp));
                    }
                    case "BYE", "OPTIONS" -> transaction.respond(OutgoingResponse.of(200));
                    default -> transaction.respond(OutgoingResponse.of(501));
                }
            }

            @Override
            public void ack(SipRequest ack) {}
        });
        return stack;
    }

    /** Places a call, acknowledges the answer and hangs up. @return the response to the BYE */
    static CompletableFuture<SipResponse> calling(SipStack stack, String uri, String sdp) {
        var over = new CompletableFuture<SipResponse>();
        OutgoingRequest invite = new OutgoingRequest("INVITE", uri, List.of(), "call-1", "sip:me@example.com", "me", uri, "", 1,
                        List.of(new SipHeader("Allow", "INVITE, ACK, BYE, CANCEL")), SipTransportKind.UDP, Optional.empty())
                .refreshing(Optional.of(sdp));
        stack.send(invite, answer -> {
            if (!answer.accepts()) {
                over.complete(answer);
                return;
            }
            String target = answer.contact().orElse(uri);
            stack.acknowledge(within(answer, target, "ACK", 1));
            stack.send(within(answer, target, "BYE", 2), over::complete);
        });
        return over;
    }

    private static OutgoingRequest within(SipResponse answer, String target, String method, long number) {
        return new OutgoingRequest(method, target, List.of(), answer.callId(), answer.from().uri(), answer.fromTag(),
                answer.to().uri(), answer.toTag(), number, List.of(), SipTransportKind.UDP, Optional.empty());
    }

    /** Keeps an account registered at a registrar until it is stopped. @param told receives the outcome of each answer */
    static RegisteringClient registering(
            SipStack stack, String registrar, String user, String password, Delays delays, Consumer<Standing> told) {
        var random = new SecureRandom();
        var account = new Account(user, password, Optional.empty());
        var session = new DigestSession(new DigestClient(account, () -> Long.toHexString(random.nextLong())));
        var binding = new RegisteringClient.Binding(
                "sip:" + registrar, List.of(), "sip:" + user + "@" + registrar, user, SipTransportKind.UDP);
        var client = new RegisteringClient(stack, session, () -> binding, RegisterTimes.of(Duration.ofMinutes(5)), delays,
                Clock.systemUTC(), random, told);
        client.start();
        return client;
    }
}
