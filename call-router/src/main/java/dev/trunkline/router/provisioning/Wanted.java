package dev.trunkline.router.provisioning;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * What an item of LiveKit's would be in the directory.
 *
 * @param form in the canonical form of a directory file, which can be compared
 * @param notes fields that have no meaning here, or a different one
 */
record Wanted(LiveKitItem item, String organisation, ObjectNode form, List<Fact> notes) {}
