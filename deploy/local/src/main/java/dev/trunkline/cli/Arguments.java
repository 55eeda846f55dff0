package dev.trunkline.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The words after a command: options with values ({@code --to NUMBER}, {@code --to=NUMBER}), flags, and the rest in
 * their order.
 */
public final class Arguments {
    private final Map<String, List<String>> options = new LinkedHashMap<>();
    private final List<String> rest = new ArrayList<>();

    private Arguments() {}

    /**
     * @param flags options without a value
     * @param valued options with one, each perhaps several times
     * @throws UsageException that says which word is wrong
     */
    public static Arguments parse(List<String> words, Set<String> flags, Set<String> valued) {
        var arguments = new Arguments();
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            String name = word.replaceFirst("=.*", "");
            if (!word.startsWith("--")) {
                arguments.rest.add(word);
            } else if (flags.contains(word)) {
                arguments.options.put(word, List.of());
            } else if (!valued.contains(name)) {
                throw new UsageException("there is no option " + name);
            } else if (word.contains("=")) {
                arguments.add(name, word.substring(name.length() + 1));
            } else if (i + 1 < words.size()) {
                arguments.add(name, words.get(++i));
            } else {
                throw new UsageException(name + " wants a value");
            }
        }
        return arguments;
    }

    private void add(String option, String value) {
        options.computeIfAbsent(option, name -> new ArrayList<>()).add(value);
    }

    public boolean has(String option) {
        return options.containsKey(option);
    }

    /** The values of an option that may stand several times, in their order. */
    public List<String> all(String option) {
        return List.copyOf(options.getOrDefault(option, List.of()));
    }

    /** @throws UsageException if the option stands twice */
    public Optional<String> one(String option) {
        List<String> values = all(option);
        if (values.size() > 1) {
            throw new UsageException(option + " stands twice");
        }
        return values.stream().findFirst();
    }

    /** @throws UsageException if the option is missing */
    public String required(String option) {
        return one(option).orElseThrow(() -> new UsageException(option + " is missing"));
    }

    /**
     * The one word that belongs to no option.
     *
     * @param what it is, for example {@code a file}
     */
    public String only(String what) {
        if (rest.size() != 1) {
            throw new UsageException(rest.isEmpty() ? what + " is missing" : "one at a time: " + rest.get(1));
        }
        return rest.getFirst();
    }

    /** @throws UsageException if any word belongs to no option */
    public void nothingElse() {
        if (!rest.isEmpty()) {
            throw new UsageException("\"" + rest.getFirst() + "\" belongs to no option");
        }
    }
}
