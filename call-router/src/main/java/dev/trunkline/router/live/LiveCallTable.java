package dev.trunkline.router.live;

import dev.trunkline.events.CallId;
import dev.trunkline.events.LiveCall;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The calls that hold a slot at this moment, as the limiter reports them. Bounded; written by one thread, read by any. */
public final class LiveCallTable {
    /** A hundred times the concurrent calls of a suite of the default size. */
    static final int MOST = 100_000;

    private final Map<CallId, LiveCall> calls = new ConcurrentHashMap<>();
    private volatile boolean overflowed;

    /** Adds or updates a call. Beyond {@link #MOST}, a new call is left out. */
    void put(LiveCall call) {
        if (calls.size() >= MOST && !calls.containsKey(call.callId())) {
            overflowed = true;
            return;
        }
        calls.put(call.callId(), call);
    }

    void remove(CallId callId) {
        calls.remove(callId);
    }

    Collection<LiveCall> all() {
        return List.copyOf(calls.values());
    }

    public int size() {
        return calls.size();
    }

    /** Returns whether a call was ever left out: from then on it is unknown which are missing. */
    boolean overflowed() {
        return overflowed;
    }
}
