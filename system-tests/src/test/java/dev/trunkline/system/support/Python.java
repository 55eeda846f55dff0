package dev.trunkline.system.support;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;

/** A Python with the packages of a {@code requirements.txt}, in a virtual environment that is created once and kept. */
final class Python {
    private final Path interpreter;
    private final Path scripts;

    private Python(Path interpreter, Path scripts) {
        this.interpreter = interpreter;
        this.scripts = scripts;
    }

    /**
     * @param scripts the folder of the programs, with their requirements.txt
     * @param logs folder for the log of the installation
     * @throws IOException that says what to install
     */
    static Python prepare(Path scripts, Path logs) throws IOException, InterruptedException {
        Path requirements = scripts.resolve("requirements.txt");
        CRC32 sum = new CRC32();
        sum.update(Files.readAllBytes(requirements));
        Path home = Path.of(System.getProperty("user.home"), ".cache/trunkline/python-%08x".formatted(sum.getValue()));
        Path interpreter = home.resolve("bin/python");
        Path complete = home.resolve("complete");
        if (!Files.exists(complete)) {
            makeEnvironment(home, logs);
            Command.run(
                    "the Python packages of " + requirements + " could not be installed: is PyPI reachable?",
                    logs.resolve("pip.log"),
                    List.of(interpreter.toString(), "-m", "pip", "install", "--quiet", "--disable-pip-version-check",
                            "-r", requirements.toString()));
            Files.writeString(complete, "the packages of requirements.txt are here\n");
        }
        return new Python(interpreter, scripts);
    }

    private static void makeEnvironment(Path home, Path logs) throws IOException, InterruptedException {
        Files.createDirectories(home.getParent());
        List<String> make = List.of("python3", "-m", "venv", "--clear", home.toString());
        try {
            Command.run("python3 -m venv failed", logs.resolve("venv.log"), make);
        } catch (IOException e) {
            // On Debian, venv is in a separate package.
            DebianPackage.install("python3", logs);
            DebianPackage.install("python3-venv", logs);
            Command.run("install python3 (3.11 or later) with its venv module", logs.resolve("venv.log"), make);
        }
    }

    Path interpreter() {
        return interpreter;
    }

    /** Starts a script; its standard error goes to the log. */
    JsonProcess start(String script, Map<String, String> environment, Path log, String... arguments) throws IOException {
        Files.createDirectories(log.getParent());
        return JsonProcess.start(command(scripts.resolve(script), arguments), environment, log);
    }

    /** Returns the command that runs a script, which may be in another folder. */
    List<String> command(Path script, String... arguments) {
        List<String> command = new ArrayList<>(List.of(interpreter.toString(), "-u", script.toString()));
        command.addAll(List.of(arguments));
        return command;
    }
}
