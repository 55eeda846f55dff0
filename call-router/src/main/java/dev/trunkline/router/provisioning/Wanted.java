package dev.trunkline.router.provisioning;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * What an item of LiveKit's would be in the directory.
 *
 * @param form as a directory file has it, in the one form that can be compared
 * @param notes fields that have no meaning here, or another
 */
record Wanted(LiveKitItem item, String organisation, ObjectNode form, List<Fact> notes) {}
