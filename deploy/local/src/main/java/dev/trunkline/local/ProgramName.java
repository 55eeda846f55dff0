package dev.trunkline.local;

import java.util.List;
import java.util.Set;

/**
 * Names what a process runs, from its command line: the program, or an interpreter and its script, jar or class. It never
 * includes more, because arguments can contain secrets.
 */
final class ProgramName {
    /** In characters. A process can put anything into its command line. */
    private static final int LONGEST = 200;
    private static final Set<String> WITH_VALUE =
            Set.of("-cp", "-classpath", "--class-path", "-p", "--module-path", "--add-modules", "-W", "-X", "-r", "--require");
    /** The word after one of these names the program. */
    private static final Set<String> NAMES_IT = Set.of("-jar", "-m", "--module");

    private ProgramName() {}

    /** @param command not empty */
    static String of(List<String> command) {
        String program = command.getFirst();
        String name = program.substring(program.lastIndexOf('/') + 1);
        if (!name.matches("(java|python|node|ruby|perl|bash|sh|dash)[0-9.]*")) {
            return plain(program);
        }
        String script = script(command);
        return plain(script.isEmpty() ? name : name + " " + script);
    }

    private static String script(List<String> command) {
        for (int i = 1; i < command.size(); i++) {
            String word = command.get(i);
            if (NAMES_IT.contains(word)) {
                return i + 1 < command.size() ? command.get(i + 1) : "";
            }
            if (word.equals("-c") || word.equals("-e")) {
                // The program text itself follows.
                return "";
            }
            if (WITH_VALUE.contains(word)) {
                i++;
            } else if (!word.startsWith("-")) {
                return word;
            }
        }
        return "";
    }

    private static String plain(String text) {
        String line = text.replaceAll("\\p{Cntrl}", " ").strip();
        return line.length() > LONGEST ? line.substring(0, LONGEST) + "…" : line;
    }
}
