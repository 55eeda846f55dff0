package dev.trunkline.demoagent.echo;

/**
 * How a call ended for the agent.
 *
 * @param failed whether LiveKit is to be told that the job failed
 * @param why for the log and, of a failure, for LiveKit
 */
public record Ending(boolean failed, String why) {

    static Ending done(String why) {
        return new Ending(false, why);
    }

    static Ending failure(String why) {
        return new Ending(true, why);
    }
}
