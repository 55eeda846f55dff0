package dev.trunkline.cli.router;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintStream;

/**
 * The router's response.
 *
 * @param json the body if it is JSON, otherwise a missing node
 */
public record RouterAnswer(int status, String body, JsonNode json) {

    public boolean good() {
        return status >= 200 && status < 300;
    }

    /**
     * Prints why the request failed, with each fault in the request on a line of its own.
     *
     * @param so the consequence
     */
    public void printProblem(String so, PrintStream err) {
        JsonNode faults = json.path("faults");
        if (faults.isArray() && !faults.isEmpty()) {
            err.printf("%s: %d %s.%n", so, faults.size(), faults.size() == 1 ? "fault" : "faults");
            faults.forEach(fault -> err.printf(
                    "  %s%s%n",
                    fault.path("path").asText().isEmpty() ? "" : fault.path("path").asText() + ": ",
                    fault.path("problem").asText()));
        } else {
            err.printf("The router answered %d: %s%n", status, json.path("detail").asText(body.isBlank() ? "nothing" : body.strip()));
        }
    }
}
