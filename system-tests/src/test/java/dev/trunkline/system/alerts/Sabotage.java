package dev.trunkline.system.alerts;

import com.sun.tools.attach.AgentInitializationException;
import com.sun.tools.attach.AgentLoadException;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** Loads {@link Saboteur} into a running service. */
record Sabotage(Path jar) {
    /** Packs the agent. @param folder for its jar */
    static Sabotage in(Path folder) throws IOException {
        var manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue("Agent-Class", Saboteur.class.getName());
        manifest.getMainAttributes().putValue("Can-Retransform-Classes", "true");
        Path jar = Files.createDirectories(folder).resolve("saboteur.jar").toAbsolutePath();
        String path = Saboteur.class.getName().replace('.', '/');
        try (var out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
            for (String suffix : List.of("", "$Transformer", "$Throwing")) {
                String entry = path + suffix + ".class";
                out.putNextEntry(new JarEntry(entry));
                try (InputStream octets = Saboteur.class.getClassLoader().getResourceAsStream(entry)) {
                    octets.transferTo(out);
                }
            }
        }
        return new Sabotage(jar);
    }

    /** Leaks until this share of the heap stays in use. */
    void leak(long pid, double share) throws IOException {
        load(pid, Saboteur.LEAK + " " + share);
    }

    /** Ends the leak. */
    void mend(long pid) throws IOException {
        load(pid, Saboteur.MEND);
    }

    /** Makes a method of a loaded class throw, once, the next time it is called. */
    void bug(long pid, String type, String method) throws IOException {
        load(pid, Saboteur.BUG + " " + type + " " + method);
    }

    private void load(long pid, String what) throws IOException {
        try {
            VirtualMachine machine = VirtualMachine.attach(Long.toString(pid));
            try {
                machine.loadAgent(jar.toString(), what);
            } finally {
                machine.detach();
            }
        } catch (AttachNotSupportedException | AgentLoadException | AgentInitializationException e) {
            throw new IOException("process " + pid + " does not take the agent for: " + what, e);
        }
    }
}
