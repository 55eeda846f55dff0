package dev.trunkline.cli;

import java.util.List;

/** One of the commands behind {@code ./trunkline}. */
public interface Command {
    /** What the command line begins with. */
    String name();

    /** Usage and options, for people. */
    String help();

    /**
     * @param words after the command's name
     * @return exit code: 0 if it is done, 1 if the answer is no
     * @throws UsageException for a faulty command line
     * @throws java.io.IOException whose message says what is in the way and what to do
     */
    int run(List<String> words, Surroundings here) throws Exception;
}
