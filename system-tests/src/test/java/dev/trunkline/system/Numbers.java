package dev.trunkline.system;

/** The numbers of the demo data. */
final class Numbers {
    static final String ON_AGENT = "+3225550100";
    static final String IMMEDIATE = "+3225550101";
    static final String ONE_AT_A_TIME = "+3225550102";
    static final String SWITCHED_OFF = "+3225550103";
    static final String NOBODY_COMES = "+3225550104";
    static final String TEN_AN_HOUR = "+3225550105";
    static final String UNKNOWN = "+3225550199";

    private Numbers() {}
}
