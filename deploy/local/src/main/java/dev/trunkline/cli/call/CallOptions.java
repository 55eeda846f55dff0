package dev.trunkline.cli.call;

/** What the command line says. */
record CallOptions(String number, String from, int seconds) {

    /** @throws IllegalArgumentException that says what is wrong with the command line */
    static CallOptions parse(String... args) {
        String number = "";
        String from = "+32470000001";
        int seconds = 8;
        for (int i = 0; i < args.length; i++) {
            switch (args[i]) {
                case "--from" -> from = number(value(args, ++i, "--from"));
                case "--seconds" -> seconds = seconds(value(args, ++i, "--seconds"));
                default -> {
                    if (!number.isEmpty()) {
                        throw new IllegalArgumentException("one number at a time: " + args[i]);
                    }
                    number = number(args[i]);
                }
            }
        }
        if (number.isEmpty()) {
            throw new IllegalArgumentException("which number?");
        }
        return new CallOptions(number, from, seconds);
    }

    private static String value(String[] args, int index, String option) {
        if (index >= args.length) {
            throw new IllegalArgumentException(option + " wants a value");
        }
        return args[index];
    }

    private static String number(String text) {
        if (!text.matches("\\+?[0-9*#]{1,20}")) {
            throw new IllegalArgumentException("\"" + text + "\" is not a number that can be dialled");
        }
        return text;
    }

    private static int seconds(String text) {
        if (!text.matches("\\d{1,4}") || Integer.parseInt(text) < 1) {
            throw new IllegalArgumentException("--seconds wants a number from 1 to 9999");
        }
        return Integer.parseInt(text);
    }
}
