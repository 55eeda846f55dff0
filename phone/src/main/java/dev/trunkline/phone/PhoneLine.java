package dev.trunkline.phone;

import dev.trunkline.phone.loop.EventLoop;
import dev.trunkline.phone.rtp.Pacer;
import dev.trunkline.phone.rtp.RtpSession;
import dev.trunkline.phone.sip.SipLink;
import dev.trunkline.phone.sip.Tokens;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/** The parts that the calls of one phone share: its SIP socket, its three threads, its settings. */
record PhoneLine(PhoneSettings settings, EventLoop loop, SipLink link, EventLoop mediaLoop, Pacer pacer, Tokens tokens, RandomGenerator random) {

    /**
     * @param newCalls receives INVITEs that begin a call; empty for a phone that accepts none
     * @throws IOException if the address or port is not available
     */
    static PhoneLine open(PhoneSettings settings, RandomGenerator random, Optional<SipLink.Peer> newCalls) throws IOException {
        EventLoop loop = new EventLoop("phone-sip");
        SipLink link;
        try {
            link = new SipLink(loop, new InetSocketAddress(settings.bindAddress(), settings.sipPort()), settings.t1(), newCalls);
        } catch (IOException e) {
            loop.close();
            throw e;
        }
        return new PhoneLine(settings, loop, link, new EventLoop("phone-rtp-in"), new Pacer("phone-rtp-out"), new Tokens(random), random);
    }

    /** @param wish runs on the loop and reports its reply; an exception fails the stage */
    CompletionStage<Reply> onLoop(Consumer<Consumer<Reply>> wish) {
        CompletableFuture<Reply> reply = new CompletableFuture<>();
        loop.execute(() -> {
            try {
                wish.accept(reply::complete);
            } catch (RuntimeException e) {
                reply.completeExceptionally(e);
            }
        });
        return reply;
    }

    /** Closes the line when no further notifications are needed. @param vanish closes the remaining calls */
    void close(Runnable vanish) {
        pacer.close();
        vanish.run();
        link.close();
        loop.close();
        mediaLoop.close();
    }

    RtpSession openRtp(CallRequest request, RtpSession.Listener listener) throws IOException {
        return new RtpSession(mediaLoop, pacer, settings.bindAddress(), request.audio(), request.listenFor(), request.record(), random, listener);
    }
}
