package dev.trunkline.local;

/** Numbers of the demo data that trials, training and measurements call. */
public final class DemoNumbers {
    /** Of the demo organisation's range, to which no rule of the demo data belongs: refused by 404. */
    public static final String UNKNOWN = "+3225559000";

    private DemoNumbers() {}
}
