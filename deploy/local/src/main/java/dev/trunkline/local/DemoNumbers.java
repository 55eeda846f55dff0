package dev.trunkline.local;

/** The numbers of the demo data that trial calls, training and measurements use. */
public final class DemoNumbers {
    /** A number in the demo organisation's range without a rule in the demo data: calls to it get 404. */
    public static final String UNKNOWN = "+3225559000";

    private DemoNumbers() {}
}
