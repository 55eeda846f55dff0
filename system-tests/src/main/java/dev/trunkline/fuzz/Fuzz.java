package dev.trunkline.fuzz;

import dev.trunkline.local.RunningSuite;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * {@code ./trunkline fuzz}: sends damaged SIP and RTP to the suite that runs here. Exit code 0 if the call beside it was never
 * affected, 1 if it was or if the run could not be made, 2 for an invalid command line.
 */
public final class Fuzz {
    private Fuzz() {}

    public static void main(String[] args) {
        System.exit(run(args));
    }

    private static int run(String... args) {
        if (List.of(args).contains("--help") || List.of(args).contains("-h")) {
            System.out.println(FuzzOptions.USAGE);
            return 0;
        }
        try {
            Path root = Path.of(System.getProperty("trunkline.root", "")).toAbsolutePath();
            Path state = Optional.ofNullable(System.getenv("TRUNKLINE_STATE")).map(Path::of).orElse(root.resolve(".trunkline"));
            FuzzOptions options = FuzzOptions.parse(System.currentTimeMillis() % Integer.MAX_VALUE, args);
            FuzzFigures figures = new FuzzRun(options, RunningSuite.load(state)).run();
            System.out.println(figures.text());
            return figures.complaints().isEmpty() ? 0 : 1;
        } catch (IllegalArgumentException e) {
            System.err.println("trunkline fuzz: " + e.getMessage() + "\n\n" + FuzzOptions.USAGE);
            return 2;
        } catch (IOException | IllegalStateException e) {
            System.err.println("trunkline fuzz: " + e.getMessage());
            return 1;
        } catch (InterruptedException e) {
            return 1;
        }
    }
}
