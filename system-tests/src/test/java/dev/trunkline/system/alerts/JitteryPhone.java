package dev.trunkline.system.alerts;

import dev.trunkline.hostile.RawCall;
import dev.trunkline.hostile.RawRtp;
import dev.trunkline.hostile.RawSip;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** A phone behind a bad network: each packet takes another time, up to {@link #LATEST_MILLIS}. */
final class JitteryPhone implements AutoCloseable {
    private static final int LATEST_MILLIS = 200;
    private static final int PACKET_MILLIS = 20;
    private static final int SAMPLES = 160;
    private static final int HERTZ = 700;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final ScheduledExecutorService network = Executors.newScheduledThreadPool(1);
    private final RawSip sip;
    private final RawRtp rtp;
    private final RawCall call;

    private JitteryPhone(RawSip sip, RawRtp rtp, RawCall call) {
        this.sip = sip;
        this.rtp = rtp;
        this.call = call;
    }

    /** Places a call that is answered, and begins to talk. @param seed of the packets' times */
    static JitteryPhone calling(InetSocketAddress edge, String number, long seed) throws IOException {
        var random = new Random(seed);
        RawSip sip = RawSip.open(WatchedSuite.ADDRESS, edge);
        RawRtp rtp = RawRtp.open(WatchedSuite.ADDRESS, 0, HERTZ, random);
        RawCall call = RawCall.dial(sip, sip.invite(number, "+32470170031", RawCall.offer(rtp.address(), rtp.port())));
        var phone = new JitteryPhone(sip, rtp, call);
        int status = call.awaitFinal(PATIENCE).map(RawSip::status).orElse(0);
        if (status != 200) {
            phone.release();
            throw new IOException("the call was answered with " + status);
        }
        phone.talk(call.media(), random);
        return phone;
    }

    private void talk(InetSocketAddress media, Random random) {
        network.scheduleAtFixedRate(() -> {
            byte[] packet = rtp.packet(new byte[SAMPLES]);
            network.schedule(() -> rtp.sendRaw(media, packet), random.nextInt(LATEST_MILLIS), TimeUnit.MILLISECONDS);
        }, 0, PACKET_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void release() {
        network.shutdownNow();
        rtp.close();
        sip.close();
    }

    @Override
    public void close() throws IOException {
        try {
            call.hangUp(PATIENCE);
        } finally {
            release();
        }
    }
}
