package dev.trunkline.system.support;

import dev.trunkline.system.sdks.Provision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The tools with which LiveKit's users make trunks, rules and calls. */
public enum LiveKitSdk {
    PYTHON,
    NODE,
    JAVA,
    /** The requests of the command {@code lk}. */
    LK;

    /** Returns the command that starts the program in this language. */
    List<String> command(Path module, Path logs) throws IOException, InterruptedException {
        Files.createDirectories(logs);
        Path programs = module.resolve("src/test/sdks");
        return switch (this) {
            case PYTHON -> Python.prepare(module.resolve("src/test/python"), logs).command(module.resolve("src/test/python/provision.py"));
            case LK -> Python.prepare(module.resolve("src/test/python"), logs)
                    .command(module.resolve("src/test/python/lk.py"), programs.resolve("lk").toString());
            case NODE -> List.of("node", Node.prepare(programs, logs.resolve("node")).resolve("provision.mjs").toString());
            case JAVA -> List.of(
                    Path.of(System.getProperty("java.home"), "bin/java").toString(), "-XX:TieredStopAtLevel=1",
                    "-cp", System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")), Provision.class.getName());
        };
    }
}
