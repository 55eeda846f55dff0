package dev.trunkline.demoagent.echo;

/**
 * How a call ended for the agent.
 *
 * @param failed whether to report the job to LiveKit as failed
 * @param why for the log and, if it failed, for LiveKit
 */
public record Ending(boolean failed, String why) {

    static Ending done(String why) {
        return new Ending(false, why);
    }

    static Ending failure(String why) {
        return new Ending(true, why);
    }
}
