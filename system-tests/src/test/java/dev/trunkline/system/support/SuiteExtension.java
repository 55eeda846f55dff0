package dev.trunkline.system.support;

import java.util.Optional;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Provides the suite to tests: started before the first test that needs it, stopped after the last test of the run. */
public final class SuiteExtension implements BeforeEachCallback, AfterEachCallback, ParameterResolver {

    /** The suite, or the reason why there is none: the start is tried once, not again for each test. */
    private record Started(Optional<SuiteUnderTest> suite, Optional<Exception> failure) implements AutoCloseable {
        static Started now() {
            try {
                return new Started(Optional.of(SuiteUnderTest.start()), Optional.empty());
            } catch (Exception e) {
                return new Started(Optional.empty(), Optional.of(e));
            }
        }

        SuiteUnderTest get() {
            return suite.orElseThrow(() -> new IllegalStateException("the suite did not start", failure.orElseThrow()));
        }

        @Override
        public void close() {
            suite.ifPresent(SuiteUnderTest::close);
        }
    }

    @Override
    public void beforeEach(ExtensionContext context) throws Exception {
        of(context).heal();
    }

    @Override
    public void afterEach(ExtensionContext context) throws Exception {
        Attacks attacks = context.getRequiredTestClass().getAnnotation(Attacks.class);
        if (attacks != null && context.getExecutionException().isPresent()) {
            of(context).startAfreshIfUnwell(attacks.value());
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == SuiteUnderTest.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return of(context);
    }

    private static SuiteUnderTest of(ExtensionContext context) {
        return context.getRoot()
                .getStore(Namespace.create(SuiteExtension.class))
                .computeIfAbsent("suite", key -> Started.now(), Started.class)
                .get();
    }
}
