package dev.trunkline.router.numbers;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.trunkline.router.live.LiveCalls;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Some numbers, in their order. */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record NumberPage(
        List<NumberView> numbers,
        @Schema(description = "Where the next page begins: repeat the request with after=…; omitted on the last page.")
        Optional<String> next,
        @JsonProperty("calls_read_at")
        @Schema(description = "The time of the numbers' calls, a second ago or less while Kafka is read.")
        Optional<Instant> callsReadAt) {

    /** Creates a page of numbers without their calls. */
    NumberPage(List<NumberView> numbers, Optional<String> next) {
        this(numbers, next, Optional.empty());
    }

    /** @param found at most one more than the limit */
    static NumberPage of(List<NumberView> found, int limit) {
        if (found.size() <= limit) {
            return new NumberPage(found, Optional.empty());
        }
        List<NumberView> page = found.subList(0, limit);
        return new NumberPage(List.copyOf(page), Optional.of(page.getLast().phoneNumber()));
    }

    /** Returns the same page with how many calls each number has. */
    NumberPage with(LiveCalls.OnNumbers live) {
        return new NumberPage(
                numbers.stream().map(number -> number.withCalls(live.of(number.phoneNumber()))).toList(), next,
                Optional.of(live.readAt()));
    }
}
