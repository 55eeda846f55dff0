package dev.trunkline.phone;

/** Receives the events of a call, on the phone's own threads: return at once. */
@FunctionalInterface
public interface CallListener {
    void on(CallEvent event);
}
