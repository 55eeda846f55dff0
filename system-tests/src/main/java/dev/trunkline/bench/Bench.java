package dev.trunkline.bench;

import dev.trunkline.bench.report.FirstMinute;
import dev.trunkline.bench.report.Report;
import dev.trunkline.local.RunningSuite;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * {@code ./trunkline bench}: measures the suite that runs here and prints the figures beside the targets of the
 * design. It passes no verdict: exit code 0 if it could measure, 1 if not, 2 for an invalid command line.
 */
public final class Bench {
    private final BenchOptions options;
    private final Path root;
    private final Path state;
    private final InstantSource clock;
    private final Notebook notebook;

    private Bench(BenchOptions options, Path root, Path state, InstantSource clock) {
        this.options = options;
        this.root = root;
        this.state = state;
        this.clock = clock;
        this.notebook = new Notebook(System.out, clock);
    }

    public static void main(String[] args) {
        int code;
        if (List.of(args).contains("--help") || List.of(args).contains("-h")) {
            System.out.println(BenchOptions.USAGE);
            return;
        }
        try {
            Path root = Path.of(System.getProperty("trunkline.root", "")).toAbsolutePath();
            Path state = Optional.ofNullable(System.getenv("TRUNKLINE_STATE")).map(Path::of).orElse(root.resolve(".trunkline"));
            BenchOptions options = BenchOptions.parse(Path.of(System.getProperty("trunkline.from", "")).toAbsolutePath(), args);
            new Bench(options, root, state, InstantSource.system()).run();
            code = 0;
        } catch (IllegalArgumentException e) {
            System.err.println("trunkline bench: " + e.getMessage() + "\n\n" + BenchOptions.USAGE);
            code = 2;
        } catch (IOException | IllegalStateException e) {
            System.err.println("trunkline bench: " + e.getMessage());
            code = 1;
        } catch (InterruptedException e) {
            code = 1;
        }
        System.exit(code);
    }

    private void run() throws IOException, InterruptedException {
        Optional<Report> before = options.files().compare().isPresent()
                ? Optional.of(ReportFiles.read(options.files().compare().get()))
                : Optional.empty();
        for (Optional<Path> file : List.of(options.files().report(), options.files().json())) {
            if (file.isPresent()) {
                ReportFiles.requireWritable(file.get());
            }
        }
        Report report = options.files().from().isPresent() ? ReportFiles.read(options.files().from().get()) : measured();
        if (before.isPresent()) {
            Beside.lines(before.get(), report).forEach(notebook::say);
        }
        if (options.files().json().isPresent()) {
            ReportFiles.json(options.files().json().get(), report);
            notebook.say("figures: " + options.files().json().get());
        }
        if (options.files().report().isPresent()) {
            ReportFiles.page(options.files().report().get(), report, before);
            notebook.say("page: " + options.files().report().get());
        }
    }

    private Report measured() throws IOException, InterruptedException {
        Optional<FirstMinute> cold = Optional.empty();
        RunningSuite suite;
        if (options.kinds().contains(Kind.COLD)) {
            suite = ColdStart.await(state, notebook);
            cold = Optional.of(new ColdStart(options, suite, RunningSuite.saidAt(state), notebook).run());
            ReportFiles.keep(state, cold.get());
        } else {
            suite = RunningSuite.load(state);
            cold = options.usual() ? ReportFiles.kept(state, RunningSuite.saidAt(state)) : Optional.empty();
        }
        return new Sitting(options, root, state, suite, clock, notebook).run(cold);
    }
}
