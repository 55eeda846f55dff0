package dev.trunkline.phone;

/** Told what happens on a call, on the phone's own threads: return at once. */
@FunctionalInterface
public interface CallListener {
    void on(CallEvent event);
}
