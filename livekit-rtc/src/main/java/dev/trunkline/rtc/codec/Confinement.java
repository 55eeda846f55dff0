package dev.trunkline.rtc.codec;

/** Holds a codec to the thread that made it, and to its life: one check in front of every call. */
final class Confinement {
    private final String what;
    private final Thread owner = Thread.currentThread();
    private boolean closed;

    Confinement(String what) {
        this.what = what;
    }

    void check() {
        checkThread();
        if (closed) {
            throw new IllegalStateException("This " + what + " is closed");
        }
    }

    /** True the first time only. */
    boolean close() {
        checkThread();
        boolean first = !closed;
        closed = true;
        return first;
    }

    private void checkThread() {
        if (Thread.currentThread() != owner) {
            throw new WrongThreadException("This " + what + " belongs to thread " + owner.getName());
        }
    }
}
