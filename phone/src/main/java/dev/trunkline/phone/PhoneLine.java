package dev.trunkline.phone;

import dev.trunkline.phone.loop.EventLoop;
import dev.trunkline.phone.rtp.Pacer;
import dev.trunkline.phone.rtp.RtpSession;
import dev.trunkline.phone.sip.SipLink;
import dev.trunkline.phone.sip.Tokens;
import java.io.IOException;
import java.util.random.RandomGenerator;

/** What the calls of one phone share: its SIP socket, its three threads, its settings. */
record PhoneLine(PhoneSettings settings, EventLoop loop, SipLink link, EventLoop mediaLoop, Pacer pacer, Tokens tokens, RandomGenerator random) {

    RtpSession openRtp(CallRequest request, RtpSession.Listener listener) throws IOException {
        return new RtpSession(mediaLoop, pacer, settings.bindAddress(), request.audio(), request.listenFor(), request.record(), random, listener);
    }
}
