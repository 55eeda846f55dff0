package dev.trunkline.relay.bridge;

import dev.trunkline.events.MediaStats;
import dev.trunkline.relay.dtmf.DtmfKey;

/** Hears all of a call's media, and does nothing about it. */
public class SilentListener implements CallMedia.Listener {
    @Override
    public void pressed(DtmfKey key) {}

    @Override
    public void released(DtmfKey key, int millis) {}

    @Override
    public void keyed(int millis) {}

    @Override
    public void phoneSilent(boolean excused) {}

    @Override
    public void heartbeat(MediaStats stats) {}

    @Override
    public void failing() {}
}
