package dev.trunkline.router.numbers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trunkline.router.directory.AnnouncementChoice;
import java.util.Optional;

/**
 * A number to be added.
 *
 * @param organisation the organisation that has it from the start, by name; empty for an idle number
 */
record NewNumber(
        String phoneNumber,
        Optional<String> organisation,
        String label,
        boolean active,
        ObjectNode configOverride,
        int maxConcurrentCalls,
        Optional<NumberView.Rate> callerRate,
        Optional<AnnouncementChoice> announcement) {}
