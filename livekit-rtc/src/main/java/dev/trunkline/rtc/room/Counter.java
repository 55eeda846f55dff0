package dev.trunkline.rtc.room;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** A counter incremented on one thread and read on any, without a lock or a fence. */
final class Counter {

    private static final VarHandle VALUE;

    static {
        try {
            VALUE = MethodHandles.lookup().findVarHandle(Counter.class, "value", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private long value;

    void increment() {
        add(1);
    }

    void add(long count) {
        VALUE.setOpaque(this, value + count);
    }

    long get() {
        return (long) VALUE.getOpaque(this);
    }
}
