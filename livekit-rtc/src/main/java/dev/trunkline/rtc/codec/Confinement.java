package dev.trunkline.rtc.codec;

/** Checks before every call that a codec is used only by the thread that created it, and not after it was closed. */
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

    /** Returns true the first time only. */
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
