package dev.trunkline.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.trunkline.cli.schemas.EventSchema;
import dev.trunkline.cli.schemas.EventSchemas;
import dev.trunkline.system.support.Apicurio;
import dev.trunkline.system.support.Script;
import dev.trunkline.system.support.SuiteUnderTest;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** {@code ./trunkline schemas register} against a registry of another maker. */
@Tag("long")
class SchemaRegistryIT {
    private static final String ENDED = "dev.trunkline.call.ended.v1";
    private static final String HELD = "dev.trunkline.call.held.v1";

    private static Script.Ended register(Apicurio registry, String... options) throws Exception {
        List<String> words = new ArrayList<>(List.of("schemas", "register", registry.url()));
        words.addAll(List.of(options));
        return Script.withoutSuite(words.toArray(String[]::new));
    }

    @Test
    void schemasAreRegisteredOnce() throws Exception {
        List<String> types = EventSchemas.ofContract().stream().map(EventSchema::subject).toList();
        try (Apicurio registry = Apicurio.start()) {
            assertThat(register(registry, "--check").exitCode()).isZero();
            assertThat(registry.subjects()).isEmpty();

            Script.Ended first = register(registry, "--level", "FORWARD");
            assertThat(first.exitCode()).as(first.output()).isZero();
            assertThat(registry.subjects()).containsExactlyInAnyOrderElementsOf(types);
            Script.Ended second = register(registry);
            assertThat(second.exitCode()).as(second.output()).isZero();
            assertThat(second.output().lines().filter(line -> line.endsWith("unchanged"))).hasSameSizeAs(types);
            assertThat(types).allSatisfy(type -> assertThat(registry.versions(type)).containsExactly(1));
        }
    }

    @Test
    void whatWouldBreakAReaderIsRefusedWithItsPlaceAndNothingIsChanged() throws Exception {
        try (Apicurio registry = Apicurio.start()) {
            // To the registry, this version of the suite changes a type and loses a field. (Apicurio 3.3.3 overlooks a string that becomes a number.)
            ObjectNode ended = schema(ENDED).json().deepCopy();
            ended.withObject("/properties").putObject("durationMillis").put("type", "boolean");
            registry.force(ENDED, ended.toString(), "FORWARD");
            ObjectNode held = schema(HELD).json().deepCopy();
            held.withObject("/properties/why").put("type", "string");
            registry.force(HELD, held.toString(), "FORWARD");

            Script.Ended check = register(registry, "--check");
            assertThat(check.exitCode()).isEqualTo(1);
            assertThat(check.output()).contains(
                    "The registry refuses 2 of the schemas.",
                    "compared with version 1, /properties/durationMillis/type is \"integer\", was \"boolean\"",
                    "compared with version 1, /properties/why is gone");
            Script.Ended register = register(registry);
            assertThat(register.exitCode()).isEqualTo(1);
            assertThat(register.output()).contains("so nothing was registered");
            assertThat(registry.subjects()).containsExactlyInAnyOrder(ENDED, HELD);
            assertThat(registry.versions(ENDED)).containsExactly(1);
            assertThat(registry.versions(HELD)).containsExactly(1);
        }
    }

    /** What the contract allows is what a registry calls forward compatible, and not what it calls backward compatible. */
    @Test
    void whatTheContractHasGainedSinceItsFirstReleaseIsAcceptedAtTheLevelForward() throws Exception {
        // The first document has a pattern that seals of a suite with two seal keys never fitted.
        String document = Files.readString(SuiteUnderTest.module().resolveSibling("call-events/src/test/resources/contract/released/1/asyncapi.yaml"))
                .replace("'^v1\\.[A-Za-z0-9_-]+$'", "'^v[12]\\.[A-Za-z0-9_.-]+$'");
        try (Apicurio registry = Apicurio.start()) {
            for (EventSchema schema : EventSchemas.of(new YAMLMapper().readTree(document))) {
                registry.force(schema.subject(), schema.json().toString(), "FORWARD");
            }

            Script.Ended backward = register(registry, "--level", "BACKWARD");
            assertThat(backward.exitCode()).as(backward.output()).isEqualTo(1);
            assertThat(backward.output()).contains("compared with version 1, /properties/summary is new", "--level FORWARD sets");
            Script.Ended forward = register(registry, "--level", "FORWARD");
            assertThat(forward.exitCode()).as(forward.output()).isZero();
            assertThat(registry.versions(ENDED)).containsExactly(1, 2);
        }
    }

    private static EventSchema schema(String type) {
        return EventSchemas.ofContract().stream().filter(schema -> schema.type().equals(type)).findFirst().orElseThrow();
    }
}
