package dev.trunkline.system.alerts;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.Label;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Puts into a running service what its own code does not have: a memory leak, or a bug that throws once. It is loaded into the service's
 * JVM as an agent, and needs nothing but the JDK there.
 */
public final class Saboteur {
    /** Fills the heap until this share of it stays in use: {@code leak 0.95}. */
    static final String LEAK = "leak";
    /** Lets go of what was leaked. */
    static final String MEND = "mend";
    /** Makes a method throw the next time it is called: {@code bug com.example.Name method}. */
    static final String BUG = "bug";

    /** Set while the bug has yet to strike. */
    private static final String PENDING = "dev.trunkline.system.alerts.bug";
    private static final int PIECE = 128 * 1_024;
    private static final int ROUNDS = 3;
    private static final ClassDesc SYSTEM = ClassDesc.of("java.lang.System");
    private static final ClassDesc EXCEPTION = ClassDesc.of("java.lang.IllegalStateException");

    private static final List<byte[]> LEAKED = new ArrayList<>();

    private Saboteur() {}

    /** Called by the JVM that the agent was loaded into. */
    public static void agentmain(String what, Instrumentation instrumentation) throws Exception {
        String[] words = what.split(" ");
        switch (words[0]) {
            case LEAK -> leak(Double.parseDouble(words[1]));
            case MEND -> LEAKED.clear();
            case BUG -> plant(words[1], words[2], instrumentation);
            default -> throw new IllegalArgumentException(what);
        }
    }

    private static void leak(double share) {
        Runtime runtime = Runtime.getRuntime();
        // More than once: what the service can do without, it lets go of only when there is little left.
        for (int round = 0; round < ROUNDS; round++) {
            System.gc();
            long wanted = (long) (share * runtime.maxMemory()) - (runtime.totalMemory() - runtime.freeMemory());
            for (long left = wanted; left > 0; left -= PIECE) {
                LEAKED.add(new byte[PIECE]);
            }
        }
    }

    private static void plant(String type, String method, Instrumentation instrumentation) throws Exception {
        Class<?> target = List.of(instrumentation.getAllLoadedClasses()).stream()
                .filter(loaded -> loaded.getName().equals(type))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no class " + type + " is loaded"));
        var transformer = new Transformer(target, method);
        instrumentation.addTransformer(transformer, true);
        try {
            instrumentation.retransformClasses(target);
        } finally {
            instrumentation.removeTransformer(transformer);
        }
        if (transformer.failure.isPresent()) {
            throw new IllegalStateException(transformer.failure.get());
        }
        System.setProperty(PENDING, "true");
    }

    /** Puts this at the beginning of a method: {@code if (System.clearProperty(PENDING) != null) throw new IllegalStateException(…)}. */
    private static final class Transformer implements ClassFileTransformer {
        private final Class<?> target;
        private final String method;
        private Optional<Throwable> failure = Optional.empty();

        Transformer(Class<?> target, String method) {
            this.target = target;
            this.method = method;
        }

        @Override
        public byte[] transform(
                ClassLoader loader, String name, Class<?> redefined, ProtectionDomain domain, byte[] octets) {
            if (redefined != target) {
                return null;
            }
            try {
                return buggy(loader, octets);
            } catch (Throwable fault) {
                // The JVM would ignore it.
                failure = Optional.of(fault);
                return null;
            }
        }

        private byte[] buggy(ClassLoader loader, byte[] octets) {
            ClassFile file = ClassFile.of(ClassHierarchyResolverOption.of(
                    ClassHierarchyResolver.ofClassLoading(loader).orElse(ClassHierarchyResolver.defaultResolver())));
            ClassModel model = file.parse(octets);
            return file.transformClass(model, ClassTransform.transformingMethodBodies(
                    candidate -> candidate.methodName().equalsString(method), new Throwing()));
        }
    }

    private static final class Throwing implements CodeTransform {
        @Override
        public void atStart(CodeBuilder code) {
            Label unhurt = code.newLabel();
            code.ldc(PENDING)
                    .invokestatic(SYSTEM, "clearProperty", MethodTypeDesc.of(ConstantDescs.CD_String, ConstantDescs.CD_String))
                    .ifnull(unhurt)
                    .new_(EXCEPTION)
                    .dup()
                    .ldc("a bug that a test has put here")
                    .invokespecial(EXCEPTION, "<init>", MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_String))
                    .athrow()
                    .labelBinding(unhurt);
        }

        @Override
        public void accept(CodeBuilder code, CodeElement element) {
            code.with(element);
        }
    }
}
