package dev.trunkline.router.routing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.router.routing.NumberOverlaps.Overlap;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A pattern of organisation {@code bakery}, and the numbers of organisation {@code cinema} within it. */
class NumberOverlapsTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "+3225550*    | +3225550100",
        "+3225550*    | +32255501*",
        "+32*         | +32*@pbx",
        "+32*@pbx     | +3225550*",
        "10*          | 1001",
        "10*          | 1001@pbx",
        "10*@pbx      | 1001",
        "/1\\d{3}/   | 1001",
        "/1\\d{3}/@pbx | 1001",
        "/\\+322\\d+/ | +3225550100",
        "*@pbx        | 1001",
        "*@pbx        | reception",
        "*@pbx        | *97",
    })
    void whatLiesInSomebodyElsesPatternIsToldWithWhoGetsTheCalls(String pattern, String other) {
        Exchange exchange = exchange(List.of(pattern), List.of(other));

        List<Overlap> overlaps = NumberOverlaps.find(exchange.directory(), number -> true, 10);

        assertThat(overlaps).singleElement().satisfies(overlap -> {
            assertThat(overlap.pattern().phoneNumber()).isEqualTo(pattern);
            assertThat(overlap.sentence()).startsWith(
                    "%s of organisation bakery matches %s of organisation cinema: calls to it go to cinema".formatted(pattern, other));
        });
    }

    /** The reported winner is the one that a call reaches. */
    @ParameterizedTest
    @CsvSource({
        "+3225550*, +3225550100, +3225550100", "+32*, +32*@pbx, +3225550100", "+32*@pbx, +3225550*, +3225550100",
        "10*, 1001, 1001", "10*@pbx, 1001, 1001", "/1\\d{3}/@pbx, 1001, 1001", "*@pbx, reception, reception",
    })
    void whoIsSaidToGetTheCallsGetsThem(String pattern, String other, String dialled) {
        Exchange exchange = exchange(List.of(pattern), List.of(other));

        Decision.Route route = (Decision.Route) exchange.call("pbx", dialled);

        assertThat(route.organisation().name()).isEqualTo("cinema");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "+3225550*    | +3225551100",
        "10*@pbx      | 1001@other",
        "10*@pbx      | 10*@other",
        "*@pbx        | *@other",
        "*@pbx        | 1001@pbx",
        "*@pbx        | +3225550100",
        "*@pbx        | +32*",
        "/1\\d{3}/   | 10001",
        "1001@pbx     | 1001@other",
        "1001@pbx     | 1001",
    })
    void whatDoesNotMeetIsNotTold(String pattern, String other) {
        assertThat(NumberOverlaps.find(exchange(List.of(pattern), List.of(other)).directory(), number -> true, 10)).isEmpty();
    }

    @Test
    void oneLineTellsOfAllNumbersOfAnOrganisation() {
        List<String> cinema = Stream.iterate(0, i -> i + 1).limit(500).map("+3225550%03d"::formatted).toList();
        Exchange exchange = exchange(List.of("+3225550*", "+3225*"), cinema);

        List<Overlap> overlaps = NumberOverlaps.find(
                exchange.directory(), number -> number.phoneNumber().equals("+3225550*"), 10);

        assertThat(overlaps).singleElement().satisfies(overlap -> assertThat(overlap.sentence())
                .contains("+3225550000, +3225550001, +3225550002 and 497 more of organisation cinema: calls to them go to cinema"));
    }

    @Test
    void onlyWhatIsWrittenNowIsTold() {
        Exchange exchange = exchange(List.of("+32*"), List.of("+3225550100"));

        assertThat(NumberOverlaps.find(exchange.directory(), number -> false, 10)).isEmpty();
        assertThat(NumberOverlaps.find(exchange.directory(), number -> number.phoneNumber().equals("+3225550100"), 10))
                .singleElement()
                .satisfies(overlap -> assertThat(overlap.written().phoneNumber()).isEqualTo("+3225550100"));
    }

    @Test
    void anOrganisationMayHaveNumbersInItsOwnPatterns() {
        assertThat(NumberOverlaps.find(exchange(List.of("+32*", "+3225550100", "*@pbx", "1001"), List.of()).directory(), number -> true, 10))
                .isEmpty();
    }

    private static Exchange exchange(List<String> bakery, List<String> cinema) {
        return Exchange.of("""
                organisations:
                  - {name: bakery, numbers: [%s]}
                  - {name: cinema, numbers: [%s]}
                trunks: [{name: pbx}, {name: other}]
                rules: [{name: r, wildcard: true, type: direct, room_name: a}]
                """.formatted(listed(bakery), listed(cinema)));
    }

    private static String listed(List<String> numbers) {
        return numbers.stream().map("{phone_number: '%s'}"::formatted).collect(Collectors.joining(", "));
    }
}
