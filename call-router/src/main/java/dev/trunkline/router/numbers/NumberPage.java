package dev.trunkline.router.numbers;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Some numbers, in their order. */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record NumberPage(
        List<NumberView> numbers,
        @Schema(description = "Where the next page begins: ask again with after=…; left out on the last page.")
        Optional<String> next) {

    /** @param found at most one more than the limit */
    static NumberPage of(List<NumberView> found, int limit) {
        if (found.size() <= limit) {
            return new NumberPage(found, Optional.empty());
        }
        List<NumberView> page = found.subList(0, limit);
        return new NumberPage(List.copyOf(page), Optional.of(page.getLast().phoneNumber()));
    }
}
