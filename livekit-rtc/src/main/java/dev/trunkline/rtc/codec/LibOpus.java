package dev.trunkline.rtc.codec;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;

/** The functions of libopus that we call, bound once for each library found. */
final class LibOpus {

    /** The names of the library: Linux with and without the development package, macOS with Homebrew. */
    static final List<String> USUAL_NAMES = List.of(
            "libopus.so.0",
            "libopus.so",
            "libopus.0.dylib",
            "libopus.dylib",
            "/opt/homebrew/lib/libopus.dylib",
            "/usr/local/lib/libopus.dylib",
            "opus.dll");

    final MethodHandle encoderSize;
    final MethodHandle encoderInit;
    final MethodHandle encoderCtl;
    final MethodHandle encode;
    final MethodHandle decoderSize;
    final MethodHandle decoderInit;
    final MethodHandle decode;
    private final String version;

    private LibOpus(SymbolLookup library) {
        encoderSize = bind(library, "opus_encoder_get_size", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
        encoderInit = bind(library, "opus_encoder_init",
                FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT, JAVA_INT));
        // int opus_encoder_ctl(state, request, ...): the third parameter is variadic, which some platforms pass differently.
        encoderCtl = bind(library, "opus_encoder_ctl",
                FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT), Linker.Option.firstVariadicArg(2));
        encode = bind(library, "opus_encode",
                FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, JAVA_INT, ADDRESS, JAVA_INT));
        decoderSize = bind(library, "opus_decoder_get_size", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
        decoderInit = bind(library, "opus_decoder_init",
                FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT));
        decode = bind(library, "opus_decode",
                FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT));
        version = readVersion(bind(library, "opus_get_version_string", FunctionDescriptor.of(ADDRESS)));
    }

    /** Returns the first of these libraries that the system's loader finds and that has every function we call. */
    static Optional<LibOpus> find(List<String> names) {
        return names.stream().flatMap(name -> load(name).stream()).findFirst();
    }

    /** The library's own version text, such as {@code libopus 1.3.1}. */
    String version() {
        return version;
    }

    private static Optional<LibOpus> load(String name) {
        try {
            return Optional.of(new LibOpus(SymbolLookup.libraryLookup(name, Arena.global())));
        } catch (IllegalArgumentException | NoSuchElementException e) {
            return Optional.empty(); // no such library, or not Opus
        } catch (IllegalCallerException | UnsupportedOperationException e) {
            return Optional.empty(); // native access is denied, or there is no linker for this platform
        }
    }

    private static MethodHandle bind(
            SymbolLookup library, String name, FunctionDescriptor descriptor, Linker.Option... options) {
        return Linker.nativeLinker().downcallHandle(library.find(name).orElseThrow(), descriptor, options);
    }

    private static String readVersion(MethodHandle versionString) {
        try {
            MemorySegment text = (MemorySegment) versionString.invokeExact();
            return text.reinterpret(64).getString(0);
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    /** A downcall is declared to throw {@code Throwable}, but throws nothing of its own. */
    static IllegalStateException failed(Throwable e) {
        return new IllegalStateException("The call into libopus failed", e);
    }
}
