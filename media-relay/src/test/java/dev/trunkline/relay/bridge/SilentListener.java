package dev.trunkline.relay.bridge;

import dev.trunkline.events.MediaStats;
import dev.trunkline.relay.dtmf.DtmfKey;
import java.time.Instant;
import java.util.Optional;

/** Receives every callback of a call's media, and does nothing. */
public class SilentListener implements CallMedia.Listener {
    @Override
    public void pressed(DtmfKey key) {}

    @Override
    public void released(DtmfKey key, int millis) {}

    @Override
    public void keyed(int millis) {}

    @Override
    public void phoneSilent(boolean excused, Optional<Instant> lastHeard) {}

    @Override
    public void heartbeat(MediaStats stats, Optional<Instant> lastHeard) {}

    @Override
    public void failing() {}
}
