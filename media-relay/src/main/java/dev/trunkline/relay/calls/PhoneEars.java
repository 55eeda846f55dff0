package dev.trunkline.relay.calls;

import dev.trunkline.bus.SerialQueue;
import dev.trunkline.events.AgentPool;
import dev.trunkline.events.CallAdmitted;
import dev.trunkline.events.CallHeartbeat;
import dev.trunkline.events.CallRouted;
import dev.trunkline.events.DtmfReceived;
import dev.trunkline.events.EndReason;
import dev.trunkline.events.MediaStats;
import dev.trunkline.relay.bridge.CallMedia;
import dev.trunkline.relay.dtmf.DtmfKey;
import java.time.Instant;
import java.util.Optional;

/** Passes what the media of a call reports about its phone to the call's queue. */
final class PhoneEars implements CallMedia.Listener {
    private final RelayedCall call;
    private final CallContext context;
    private final CallAdmitted admitted;
    private final CallVoice voice;
    private final SerialQueue queue;
    private int heartbeats;

    PhoneEars(RelayedCall call, CallContext context, CallAdmitted admitted, CallVoice voice, SerialQueue queue) {
        this.call = call;
        this.context = context;
        this.admitted = admitted;
        this.voice = voice;
        this.queue = queue;
    }

    @Override
    public void pressed(DtmfKey key) {
        queue.execute(() -> call.keypad().pressed(key));
    }

    @Override
    public void released(DtmfKey key, int millis) {
        queue.execute(() -> call.keypad().released(millis));
    }

    @Override
    public void keyed(int millis) {
        queue.execute(() -> voice.say(new DtmfReceived(admitted.callId(), false, millis)));
    }

    @Override
    public void phoneSilent(boolean excused, Optional<Instant> lastHeard) {
        queue.execute(() -> {
            voice.whole().mediaLost(lastHeard);
            call.end(EndReason.MEDIA_TIMEOUT, excused
                    ? "neither RTP nor RTCP came from the phone for as long as a hold may last"
                    : "neither RTP nor RTCP came from the phone");
        });
    }

    @Override
    public void failing() {
        queue.execute(call::giveUp);
    }

    @Override
    public void heartbeat(MediaStats stats, Optional<Instant> lastHeard) {
        queue.execute(() -> {
            if (call.isAlive()) {
                context.metrics().jitter(stats.jitterMillis());
                CallRouted route = admitted.route();
                voice.say(new CallHeartbeat(
                        admitted.callId(), context.relay(), heartbeats++, route.organisation().id(), route.number(), stats,
                        route.limits().agentPool().map(AgentPool::name), lastHeard,
                        route.outgoing().map(leg -> route.invite().trunk())));
            }
        });
    }
}
