package dev.trunkline.system.support;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.zip.CRC32;

/** The packages of a {@code package.json}, installed once by npm and kept. */
final class Node {
    private Node() {}

    /**
     * Prepares a folder with the programs of another folder and the packages that its package.json requires.
     *
     * @param programs folder with package.json and {@code *.mjs}
     * @param folder created if it does not exist
     * @throws IOException that says what to install
     */
    static Path prepare(Path programs, Path folder) throws IOException, InterruptedException {
        Path description = programs.resolve("package.json");
        CRC32 sum = new CRC32();
        sum.update(Files.readAllBytes(description));
        Path home = Path.of(System.getProperty("user.home"), ".cache/trunkline/node-%08x".formatted(sum.getValue()));
        Path complete = home.resolve("complete");
        if (!Files.exists(complete)) {
            install(description, home, folder);
            Files.writeString(complete, "the packages of package.json are here\n");
        }
        Files.createDirectories(folder);
        try (var files = Files.newDirectoryStream(programs, "*.{mjs,json}")) {
            for (Path file : files) {
                Files.copy(file, folder.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        Path packages = folder.resolve("node_modules");
        Files.deleteIfExists(packages);
        Files.createSymbolicLink(packages, home.resolve("node_modules"));
        return folder;
    }

    private static void install(Path description, Path home, Path logs) throws IOException, InterruptedException {
        Files.createDirectories(home);
        Files.copy(description, home.resolve("package.json"), StandardCopyOption.REPLACE_EXISTING);
        List<String> install = List.of(
                "npm", "install", "--prefix", home.toString(), "--no-audit", "--no-fund", "--ignore-scripts");
        String failure = "the Node packages of " + description + " could not be installed: is npm's registry reachable?";
        if (!isThere("node", logs) || !isThere("npm", logs)) {
            DebianPackage.install("nodejs", logs);
            DebianPackage.install("npm", logs);
        }
        Command.run(failure, logs.resolve("npm.log"), install);
    }

    private static boolean isThere(String program, Path logs) throws InterruptedException {
        try {
            return Command.exitCode(logs.resolve(program + "-version.log"), List.of(program, "--version")) == 0;
        } catch (IOException missing) {
            return false;
        }
    }
}
